"""What a change changed: the fields of content as they were committed last, and as they are now.

The database itself keeps what was before; no copy is made when a form is
opened, and nothing is written by reading.
"""

from Acquisition import aq_base
from hopso.audit.describe import is_classified
from hopso.audit.describe import plain_value
from hopso.audit.describe import WITHHELD
from plone.dexterity.interfaces import IDexterityContent
from plone.dexterity.utils import iterSchemata
from plone.namedfile.interfaces import INamed
import transaction
from ZODB.POSException import POSKeyError
from ZODB.utils import z64
from zope.schema import getFieldNames


MISSING = object()
# Kept by the content itself, changed with every save.
NOISE = ("modification_date", "changeNote", "version_id", "IVersionable.changeNote")


class _Key:
    """What the states of a transaction are stored under."""


_key = _Key()


def changes_of(obj) -> dict:
    """Return field -> (before, after) as the log keeps values; empty for what is new or not ours.

    A second change within one transaction is compared with the first one.
    """
    if not IDexterityContent.providedBy(obj):
        return {}
    before = _state_before(obj)
    if before is None:
        return {}
    now = dict(aq_base(obj).__dict__)
    secret = is_classified(obj) or getattr(aq_base(obj), "confidential", False)
    found = {}
    for name in _names(obj):
        for stored in (name, f"_{name}_utc"):
            old, new = before.get(stored), now.get(stored)
            if old != new and not _same(name, old, new):
                found[name] = (WITHHELD, WITHHELD) if secret else (_plain(name, old), _plain(name, new))
    _states()[obj._p_oid] = now
    return found


def _names(obj):
    names = {name for schema in iterSchemata(obj) for name in getFieldNames(schema)}
    return sorted(names.difference(NOISE))


def _plain(name, value):
    return "" if value is None else plain_value(name, value, content=True)


def _same(name, old, new) -> bool:
    """Tell whether two values that do not compare as equal mean the same."""
    if old in (None, "", (), []) and new in (None, "", (), []):
        return True
    if getattr(old, "_p_oid", None) is not None and old._p_oid == getattr(new, "_p_oid", None):
        return True
    if isinstance(old, str) or isinstance(new, str) or INamed.providedBy(old) or INamed.providedBy(new):
        return False
    return _plain(name, old) == _plain(name, new)


def _states() -> dict:
    present = transaction.get()
    try:
        return present.data(_key)
    except KeyError:
        states: dict = {}
        present.set_data(_key, states)
        return states


def _state_before(obj):
    known = _states().get(obj._p_oid, MISSING) if obj._p_oid is not None else None
    return committed_state(obj) if known is MISSING else known


def committed_state(obj) -> dict | None:
    """Return the attributes of *obj* as they were committed last, None for what never was."""
    obj = aq_base(obj)
    jar, serial = obj._p_jar, obj._p_serial
    if jar is None or serial in (None, z64):
        return None
    try:
        return jar.oldstate(obj, serial)
    except AttributeError:
        # After a savepoint the connection reads from a file that keeps no history.
        return _elsewhere(jar, obj._p_oid)
    except POSKeyError:
        return None


def _elsewhere(jar, oid):
    other = jar.db().open(transaction_manager=transaction.TransactionManager())
    try:
        return dict(other.get(oid).__getstate__())
    except POSKeyError:
        return None
    finally:
        other.transaction_manager.abort()
        other.close()
