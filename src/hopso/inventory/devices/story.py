"""What happened to a device: who did what when, and why; kept for good.

BD-12.3.d/1 forbids to change the configuration of such hardware at one's own
will: whoever may does it by operations, and what it was before stays here.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from hopso.core.text import now
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.inventory.changes"


@dataclass(frozen=True)
class Change:
    """One thing that happened to a device.

    who: user id; when: UTC; reason: as given; before, after: by the names of
    fields; kind: what was done (verb of the operation); facts: what else was
    said, by name; texts, days and numbers only.
    """

    who: str
    when: datetime
    reason: str
    before: dict
    after: dict
    kind: str = "configure"
    facts: dict = field(default_factory=dict)


def keep(device, kind: str, reason: str = "", before=None, after=None, **facts) -> str:
    """Write down that something happened to a device; return the key of the entry."""
    kept = IAnnotations(device)
    if KEY not in kept:
        kept[KEY] = OOBTree()
    moment = now()
    who = api.user.get_current().getId() or "system"
    key = f"{moment.timestamp():017.3f}-{token_hex(4)}"
    kept[KEY][key] = Change(who, moment, reason or "", before or {}, after or {}, kind, facts)
    return key


def entries_of(device, kind: str = "") -> list[tuple[str, Change]]:
    """Return (key, change) of a device, the latest first; only of one *kind* if it is given."""
    kept = IAnnotations(device).get(KEY, {})
    return [(key, kept[key]) for key in reversed(list(kept)) if not kind or kept[key].kind == kind]


def changes_of(device) -> list[Change]:
    """Return what happened to a device, the latest first."""
    return [change for _key, change in entries_of(device)]


def entry_of(device, key: str) -> Change | None:
    """Return one entry by its key, None if there is none."""
    return IAnnotations(device).get(KEY, {}).get(key)
