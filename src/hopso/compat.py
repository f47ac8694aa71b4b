"""The only place where we change other people's packages.

collective.documentviewer 6.0.3 imports ObjectEvent and IObjectEvent from
``zope.component.interfaces``, which lost them in zope.component 5; they live
in ``zope.interface.interfaces`` now.  We put both names back before the
viewer's ZCML is read (our ``meta.zcml`` imports this module, and
plone.autoinclude reads every ``meta.zcml`` before any ``configure.zcml``).

Remove this module as soon as a release of collective.documentviewer imports
the names from ``zope.interface.interfaces``; ``tests/test_compat.py`` fails on
that day and says so.
"""

from zope.component import interfaces as old_home
from zope.interface import interfaces as new_home


for name in ("ObjectEvent", "IObjectEvent"):
    if not hasattr(old_home, name):
        setattr(old_home, name, getattr(new_home, name))
