"""Blocks that were lifted with a reason: kept apart from the log, so that they are counted without reading it.

One entry an act, in a tree that counts time backwards; written in the transaction
of the act, together with the entry of the log.  Nothing here changes an entry.
"""

from collections.abc import Iterator
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
import secrets

from BTrees.LOBTree import LOBTree
from hopso.audit.describe import current_user_id
from hopso.audit.describe import title_of
from hopso.audit.log import key_range
from hopso.audit.log import LOT_BITS
from hopso.core.findings import BLOCK
from hopso.core.moments import to_utc
from hopso.core.text import now
from hopso.meetings.place import meeting_of
from hopso.organisation.place import unit_of
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.policy.overrides"


@dataclass(frozen=True)
class Override:
    """One act that rules forbade and somebody entitled carried out nevertheless.

    when: aware, UTC; who: user id; operation: its name; rules: ids of the rules
    that were lifted; articles: where they stand; texts: what they said; reason: as
    given; uid, title, path: of the meeting, or of what it was about; unit: id of
    the unit in which that stands, "" for none.
    """

    when: datetime
    who: str
    operation: str
    rules: tuple[str, ...]
    reason: str
    articles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    uid: str = ""
    title: str = ""
    path: str = ""
    unit: str = ""


def overrides(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    rule: str = "",
    units: frozenset | None = None,
) -> Iterator[Override]:
    """Yield overrides, the latest first; checks no right.

    since, until: aware, the end not included; rule: id; units: ids of the units
    within the reader's reach, None for all.
    """
    tree = IAnnotations(api.portal.get()).get(KEY)
    if tree is None:
        return
    low, high = key_range(since, until)
    for plain in tree.values(low, high):
        one = Override(**plain)
        if (not rule or rule in one.rules) and (units is None or one.unit in units):
            yield one


def counts(found) -> dict[str, int]:
    """Return rule id -> how often it was lifted."""
    numbers: dict[str, int] = {}
    for one in found:
        for rule_id in one.rules:
            numbers[rule_id] = numbers.get(rule_id, 0) + 1
    return numbers


def keep_override(done) -> None:
    """Keep what *done* (OperationDone) lifted; subscriber."""
    lifted = [one for one in done.findings if one.level == BLOCK]
    if not lifted or not done.override_reason.strip():
        return
    about = meeting_of(done.context)
    about = done.context if about is None else about
    unit = unit_of(about)
    _append(
        Override(
            when=to_utc(now()),
            who=current_user_id(),
            operation=done.operation.name,
            rules=tuple(dict.fromkeys(one.rule for one in lifted)),
            reason=done.override_reason.strip(),
            articles=tuple(dict.fromkeys(one.article for one in lifted)),
            texts=tuple(api.portal.translate(one.text, lang="vi") for one in lifted),
            uid=IUUID(about, "") or "",
            title=title_of(about),
            path="/".join(about.getPhysicalPath()),
            unit=unit.getId() if unit is not None else "",
        )
    )


def ensure_store(portal) -> LOBTree:
    """Make the store if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = LOBTree()
    return annotations[KEY]


def _append(one: Override) -> None:
    tree = ensure_store(api.portal.get())
    low, _high = key_range(None, one.when.astimezone(UTC))
    plain = asdict(one)
    # Two acts of one microsecond are told apart by lot.
    while not tree.insert(low - (1 << LOT_BITS) + secrets.randbelow(1 << LOT_BITS), plain):
        continue
