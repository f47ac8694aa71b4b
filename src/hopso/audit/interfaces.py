"""Interfaces of the audit room."""

from zope.interface import Interface


class IAudited(Interface):
    """Marks content whose creation, change and removal are recorded."""
