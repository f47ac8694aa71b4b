"""The two clocks of a registration: that of the regulation and that of the national rule.

Pure functions of moments and a policy; moments are aware datetimes.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso import _
from hopso.core.text import local
from hopso.policy.register import article_of
from hopso.policy.timing import at
from hopso.policy.timing import deadline_before


# The rules that say how long ahead a meeting is registered, by the rule set of the policy.
REGISTERED_BY = (("BD", "BD-6.1/1"), ("NA", "NA-3.1/1"))
URGENT_BY = (("BD", "BD-6.1/2"), ("NT", "NT-6.5"))
NATIONAL_RULE = _("Decision 45/2018/QĐ-TTg")
# A meeting is proposed no further ahead than this.
FURTHEST_DAYS = 120


@dataclass(frozen=True)
class Clock:
    """One deadline: ``deadline`` is the last moment in time, ``left`` the time until then (negative: late)."""

    name: str
    title: object
    deadline: datetime
    left: timedelta
    article: str = ""
    source: object = ""

    @property
    def late(self) -> bool:
        """Tell whether the deadline is over."""
        return self.left < timedelta(0)


def _article(policy, rules) -> str:
    """Return the article of the first rule of a set that is in force, "" if none is."""
    for rule_set, rule_id in rules:
        if not policy.rule_sets or rule_set in policy.rule_sets:
            return article_of(rule_id)
    return ""


def clocks(start: datetime, moment: datetime, policy, urgent: bool = False) -> list[Clock]:
    """Return the deadlines of a meeting that starts at *start*, seen at *moment*.

    The regulation's comes first: registration, or the call of an urgent meeting; then
    the national rule (invitations), which urgent meetings need not keep.
    """
    found = []
    if urgent and policy.lead_time_urgent is not None:
        title = (
            _("Tell the operator of the central point")
            if policy.urgent_notice_channel == "operator"
            else _("Tell the units by telephone")
        )
        found.append(_clock("urgent", title, start, policy.lead_time_urgent, moment, policy, URGENT_BY))
    elif not urgent and policy.lead_time_normal is not None:
        title = _("Hand in the registration")
        found.append(
            _clock("registration", title, start, policy.lead_time_normal, moment, policy, REGISTERED_BY)
        )
    if not urgent and policy.invitation_lead_time is not None:
        deadline = deadline_before(start, policy.invitation_lead_time, policy.calendar)
        title = _("Send invitations and documents")
        found.append(Clock("invitation", title, deadline, deadline - moment, "", NATIONAL_RULE))
    return found


def _clock(name, title, start, lead, moment, policy, rules) -> Clock:
    deadline = deadline_before(start, lead, policy.calendar)
    return Clock(name, title, deadline, deadline - moment, _article(policy, rules), policy.title)


def first_start(moment: datetime, policy, clock: time = time(8)) -> datetime | None:
    """Return the first working day, at *clock* (Viet Nam), for which no clock has run out; None if there is none soon."""
    day = local(moment).date()
    for _number in range(FURTHEST_DAYS):
        start = at(day, clock)
        if (
            start > moment
            and policy.calendar.is_working_day(day)
            and not any(one.late for one in clocks(start, moment, policy))
        ):
            return start
        day += timedelta(days=1)
    return None
