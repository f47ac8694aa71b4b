"""The channels on which a meeting was announced: official e-mail and the document system (BD-12.2.b/2)."""

from dataclasses import dataclass

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.notifications import log
from hopso.notifications import recipients
from hopso.notifications import rules
from hopso.policy.api import policy_for
from plone import api
from zope import schema
from zope.interface import Interface


INVITATION, LETTER = "invitation", "invitation_letter"


class ILetter(Interface):
    """The letter by which the document system announced a meeting."""

    number = schema.TextLine(title=_("Number and symbol in the document system"), max_length=60)
    dated = schema.Date(title=_("Date of the letter"), description=_("Left empty: today."), required=False)


@dataclass(frozen=True)
class Announcement:
    """How a meeting was announced: notices by mail (one a person), letters in the document system."""

    mails: tuple[log.Notice, ...] = ()
    letters: tuple[log.Notice, ...] = ()

    @property
    def sent(self) -> list[log.Notice]:
        """The mails that were delivered to the mail server."""
        return [one for one in self.mails if one.result == log.SENT]


def announcement_of(meeting) -> Announcement:
    """Return how *meeting* was announced so far; of several invitations to a person the latest."""
    mails, letters = {}, []
    for one in log.notices_of(meeting):
        if one.kind == INVITATION and one.channel == log.EMAIL:
            mails.setdefault(one.who, one)
        elif one.channel == log.QLVB:
            letters.append(one)
    return Announcement(tuple(mails.values()), tuple(letters))


def unofficial(people, domains) -> list[str]:
    """Return those of *people* (user ids) whose address is missing or not official."""
    return [
        user_id
        for user_id in people
        if not rules.is_official((api.user.get(userid=user_id) or _Nobody).getProperty("email", ""), domains)
    ]


class _Nobody:
    """An account that is gone has no address."""

    @staticmethod
    def getProperty(name, default=""):
        return default


def findings_of(meeting) -> list:
    """Return what the rule says of the announcement of *meeting* now."""
    policy, announced = policy_for(meeting), announcement_of(meeting)
    people = recipients.invited(meeting)
    return rules.announced(
        channels=policy.notice_channels,
        invited=len(people),
        mailed=len(announced.sent),
        unofficial=len(unofficial(people, policy.official_mail_domains)),
        letters=len(announced.letters),
    )


@operation(
    "meeting.record_qlvb", IMeeting, title=_("Record the letter in the document system"),
    permission="hopso: Prepare meeting", states=("scheduled", "convened", "in_session", "ended", "concluded"),
    schema=ILetter, order=240,
)  # fmt: skip
def record_qlvb(meeting, number, dated):
    """Record under which number the document system announced the meeting."""
    today = local(now()).date()
    dated = dated or today
    if dated > today:
        message = _("This day is still to come.")
        raise errors.Invalid(_("Please check what you entered."), errors={"dated": message})
    book = log.notification_log()
    notice = log.Notice(
        LETTER,
        meeting.UID(),
        number,
        api.user.get_current().getId(),
        channel=log.QLVB,
        number=number,
        dated=dated,
    )
    book.put(notice)
    # The clock of the rule is a column of the catalog.
    meeting.reindexObject(idxs=["meeting_uid"])


def letter_recorded_at(meeting):
    """Return when the first letter was recorded (UTC), None without any."""
    return min((one.when for one in announcement_of(meeting).letters), default=None)
