"""401 means: log in; 403 means: you are logged in, and you may not.

plone.rest answers 401 in both cases; a client that then asks for the password
again and again would lock the account.
"""

from AccessControl import getSecurityManager
from hopso.interfaces import IHopsoLayer
from plone.rest.errors import ErrorHandling


class Refused(ErrorHandling):
    """An API request without the right to what it asked for."""

    def __call__(self):
        known = getSecurityManager().getUser().getId() is not None
        if known and IHopsoLayer.providedBy(self.request):
            # Locked: plone.rest would set 401.
            self.request.response.setStatus(403, lock=1)
        return super().__call__()
