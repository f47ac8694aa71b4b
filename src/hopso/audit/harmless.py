"""Writing an entry while a page is only read.

plone.protect refuses requests that write without a token: links on foreign
pages must not change anything.  An entry of the log may be written by them.
"""

from contextlib import contextmanager

from plone.protect.utils import safeWrite
from zope.component.hooks import getSite
from zope.globalrequest import getRequest


@contextmanager
def harmless_write():
    """Tell the protection against forged requests that these few writes, and no others, are ours."""
    jar, request = getattr(getSite(), "_p_jar", None), getRequest()
    known = _written(jar)
    yield
    if request is None:
        return
    for obj in _written(jar).values():
        if obj._p_oid not in known:
            safeWrite(obj, request)


def _written(jar):
    return {obj._p_oid: obj for obj in getattr(jar, "_registered_objects", ()) if obj._p_oid}
