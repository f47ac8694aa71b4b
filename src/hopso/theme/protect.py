"""plone.protect without a second pass over pages that carry their own tokens.

plone.protect checks each request for writes and then parses the whole page to
put a token into every form.  On pages of ours the check stays; the forms have
their tokens already, and searches must not carry any in their address.
"""

from hopso.interfaces import IHopsoLayer
from plone.protect.auto import ProtectTransform
from zope.component import adapter
from zope.interface import Interface


LIGHT = "hopso.light_page"


@adapter(Interface, IHopsoLayer)
class LightProtectTransform(ProtectTransform):
    """The same checks; leaves light pages as they are."""

    def transform(self, result, encoding):
        if self.request.get(LIGHT):
            return None
        return super().transform(result, encoding)
