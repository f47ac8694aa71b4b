"""401 means: log in, or finish logging in; 403 means: you are logged in, and you may not.

plone.rest answers 401 in all cases; a client that then asks for the password
again and again would lock the account.
"""

from AccessControl import getSecurityManager
from hopso.accounts.answers import refusal
from hopso.accounts.gate import presence
from hopso.interfaces import IHopsoLayer
from plone.rest.errors import ErrorHandling


class Refused(ErrorHandling):
    """An API request without the right to what it asked for."""

    def __call__(self):
        if IHopsoLayer.providedBy(self.request) and is_known(self.request):
            # Locked: plone.rest would set 401.
            self.request.response.setStatus(403, lock=1)
        return super().__call__()

    def render_exception(self, exception):
        """Say which steps are left to do, if it is these that are missing."""
        answer = super().render_exception(exception)
        if IHopsoLayer.providedBy(self.request):
            found = presence(self.request)
            if found is not None and found.due:
                answer |= refusal(self.request, found.due)
        return answer


def is_known(request) -> bool:
    """Tell whether a request comes from somebody who is logged in.

    On the way to what one may not have nobody is logged in yet: the session that
    the request shows is asked.  A name and password are not tried a second time.
    """
    if getSecurityManager().getUser().getId() is not None:
        return True
    found = presence(request)
    return found is not None and not found.due
