"""The working calendar of a year: public holidays, days of the site's own, exceptions; each with its reason."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from holidays import country_holidays
from hopso import _
from hopso.audit.describe import current_user_id
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.policy import versions
from hopso.policy.api import current_policy
from hopso.policy.operations import change_values
from hopso.policy.operations import MANAGE
from plone.base.interfaces import IPloneSiteRoot
from zope import schema
from zope.interface import Interface


OFF, WORKED, NATIONAL = "off", "worked", "national"
CHOICES = (OFF, WORKED, NATIONAL)
YEARS = (2000, 2100)


class IDay(Interface):
    """A day, what it is to be, and why."""

    day = schema.Date(title=_("Day"))
    kind = schema.Choice(title=_("What the day is"), values=CHOICES)
    reason = schema.TextLine(title=_("Reason"), max_length=300)


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not what its weekday says.

    worked: whether offices work; name: of the holiday; own: whether the site says so;
    reason, who, when: of the site's own word (who: user id, when: aware).
    """

    day: date
    worked: bool
    name: str = ""
    own: bool = False
    reason: str = ""
    who: str = ""
    when: object = None


def days_with(policy, day: date, kind: str) -> dict:
    """Return the plain values of the two keys if *day* became *kind*."""
    off, worked = set(policy.extra_days_off) - {day}, set(policy.extra_days_worked) - {day}
    if kind == OFF:
        off.add(day)
    elif kind == WORKED:
        worked.add(day)
    return {
        "extra_days_off": [one.isoformat() for one in sorted(off)],
        "extra_days_worked": [one.isoformat() for one in sorted(worked)],
    }


def special_days(year: int, policy=None) -> list[SpecialDay]:
    """Return the days of *year* off beside weekends, and the weekend days that are worked, in order."""
    policy = policy or current_policy()
    calendar, notes = policy.calendar, notes_of_days()
    names = country_holidays("VN", years=(year - 1, year, year + 1), expand=False, language="vi")
    found, day = [], date(year, 1, 1)
    while day.year == year:
        own = day in calendar.days_off or day in calendar.days_worked
        worked = calendar.is_working_day(day)
        # A holiday on a weekend is worth showing, an ordinary weekend is not.
        if own or day in names or worked != (day.weekday() < 5):
            note = notes.get(day, {}) if own else {}
            found.append(SpecialDay(day, worked, names.get(day) or "", own, **note))
        day += timedelta(days=1)
    return found


def working_days_by_month(year: int, policy=None) -> list[int]:
    """Return the number of working days of each of the twelve months."""
    calendar = (policy or current_policy()).calendar
    found, day = [0] * 12, date(year, 1, 1)
    while day.year == year:
        found[day.month - 1] += calendar.is_working_day(day)
        day += timedelta(days=1)
    return found


def notes_of_days() -> dict:
    """Return day -> reason, who, when of the days that the site has set itself."""
    store = versions.store()
    return dict(store.days) if store is not None else {}


@operation(
    "policy.set_day",
    IPloneSiteRoot,
    title=_("Change a day of the working calendar"),
    permission=MANAGE,
    schema=IDay,
)
def set_day(portal, day, kind, reason):
    """Make *day* a day off, a day that is worked, or what the national calendar says, and keep why."""
    bad = {}
    if not YEARS[0] <= day.year <= YEARS[1]:
        bad["day"] = _("This day is too far away.")
    if not (reason or "").strip():
        bad["reason"] = _("Give the reason.")
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    policy = current_policy()
    if kind != NATIONAL and policy.calendar.is_working_day(day) == (kind == WORKED):
        raise errors.WrongState(_("The day is that already."))
    if change_values(days_with(policy, day, kind), versions.CALENDAR, "", reason) is None:
        raise errors.WrongState(_("The day is that already."))
    store = versions.store()
    if kind == NATIONAL:
        if day in store.days:
            del store.days[day]
    else:
        store.days[day] = {"reason": reason.strip(), "who": current_user_id(), "when": now()}
