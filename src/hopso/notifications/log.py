"""Who was told what, through which channel, when, and with what result.

One key a notice and recipient under an annotation of the site; keys are
digests, so that jobs which run at once write to different places.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
import hashlib

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.notifications"
EMAIL, QLVB = "email", "qlvb"
SENT, NOT_SENT, FAILED, SKIPPED = "sent", "not_sent", "failed", "skipped"
RESULTS = (SENT, NOT_SENT, FAILED, SKIPPED)


@dataclass(frozen=True)
class Notice:
    """One notice to one person.

    kind: of ``messages.KINDS``; uid: of the object; stamp: which occasion (an ISO
    moment); who: user id; channel: EMAIL or QLVB (the document-management system, by
    hand: ``who`` recorded it); address; when: aware, UTC, of the last try; result:
    of RESULTS; reason: why it was not sent; number, dated: of the letter in QLVB.
    """

    kind: str
    uid: str
    stamp: str
    who: str
    channel: str = EMAIL
    address: str = ""
    when: datetime | None = None
    result: str = SENT
    reason: str = ""
    number: str = ""
    dated: date | None = None

    @property
    def key(self) -> str:
        """The digest of what makes it one and the same notice."""
        return notice_key(self.kind, self.uid, self.stamp, self.who)


def notice_key(kind: str, uid: str, stamp: str, who: str) -> str:
    """Return the digest for a notice to a person on an occasion."""
    return hashlib.sha256("|".join((kind, uid, stamp, who)).encode()).hexdigest()[:40]


class NotificationLog(Persistent):
    """All notices of the site."""

    def __init__(self):
        self.notices = OOBTree()  # key -> Notice
        self.by_object = OOBTree()  # uid -> OOTreeSet of keys

    def get(self, key: str) -> Notice | None:
        """Return a notice by its key."""
        return self.notices.get(key)

    def put(self, notice: Notice, **changes) -> Notice:
        """Write down the result of a try, now."""
        notice = replace(notice, when=now(), **changes)
        self.notices[notice.key] = notice
        if notice.uid not in self.by_object:
            self.by_object[notice.uid] = OOTreeSet()
        self.by_object[notice.uid].insert(notice.key)
        return notice

    def of_object(self, uid: str) -> list[Notice]:
        """Return the notices about an object, the latest first."""
        found = [self.notices[key] for key in self.by_object.get(uid, ())]
        return sorted(found, key=lambda one: one.when, reverse=True)


def ensure_log(portal) -> NotificationLog:
    """Make the log if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = NotificationLog()
    return annotations[KEY]


def notification_log() -> NotificationLog:
    """Return the log of the present site (made by the installation)."""
    return ensure_log(api.portal.get())


def notices_of(obj) -> list[Notice]:
    """Return who was told about *obj*, the latest first; checks no right."""
    found = IAnnotations(api.portal.get()).get(KEY)
    return found.of_object(obj.UID()) if found is not None else []
