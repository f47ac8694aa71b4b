"""The browser layer of the add-on."""

from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IHopsoLayer(IDefaultBrowserLayer):
    """Marks the requests of a site on which Họp Số is installed."""
