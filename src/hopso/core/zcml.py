"""Reading our meta.zcml imports this module, and with it ``hopso.compat``.

The directive itself does nothing: being declared is its whole purpose.
"""

import hopso.compat  # noqa: F401
from zope.interface import Interface


class ICompatDirective(Interface):
    """``<hopso:compat />``, without attributes."""


def compat(_context):
    """Nothing is left to do once the module is imported."""
