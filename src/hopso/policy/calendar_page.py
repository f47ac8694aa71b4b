"""/@@working-calendar: the year as offices work it, and changing a day with its consequences shown first."""

from hopso import _
from hopso.core import errors
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.organisation.names import person_names
from hopso.policy import working_days
from hopso.policy.api import current_policy
from hopso.policy.api import policy_for
from hopso.policy.effects import effects
from hopso.policy.operations import MANAGE
from hopso.policy.pages import PolicyPage
from hopso.policy.policy import Policy
from plone import api


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
CHOICES = {
    working_days.OFF: _("Day off"),
    working_days.WORKED: _("Working day"),
    working_days.NATIONAL: _("As the national calendar says"),
}


class WorkingCalendar(PolicyPage):
    """Everybody reads it; administrators change it."""

    page_title = _("Working calendar")
    preview: dict | None = None

    def __call__(self):
        form = self.request.form
        self.day, self.kind = str(form.get("day", "")).strip(), str(form.get("kind", working_days.OFF))
        self.reason = str(form.get("reason", "")).strip()
        if self.posted():
            day = read_day(self.day, None)
            if "preview" in form:
                self.attempt(lambda: self._look(day))
            elif self.attempt(lambda: self._save(day)):
                self.back(_("The working calendar was changed."), "working-calendar")
                self.request.response.redirect(f"{self.url}/@@working-calendar?year={day.year}", status=303)
                return ""
        return super().__call__()

    @property
    def year(self) -> int:
        """The year that is shown."""
        wanted = str(self.request.form.get("year", ""))
        day = read_day(self.day, None)
        year = int(wanted) if wanted.isdecimal() else day.year if day else local(now()).year
        return year if working_days.YEARS[0] <= year <= working_days.YEARS[1] else local(now()).year

    def _known(self, day):
        if day is None:
            text = _("This is not a day: write 31/12/2026.")
            raise errors.Invalid(_("Please check what you entered."), errors={"day": text})
        if self.kind not in CHOICES:
            raise errors.Invalid(_("Please check what you entered."), errors={"kind": _("Unknown.")})

    def _look(self, day):
        """Work out what the change would mean."""
        self._known(day)
        policy = current_policy()
        after = _with_day(policy, day, self.kind)
        self.preview = {
            "day": f"{WEEKDAYS[day.weekday()]} {day_text(day)}",
            "before": self._word(policy.calendar.is_working_day(day)),
            "after": self._word(after.calendar.is_working_day(day)),
            "rows": self.effect_rows(effects(lambda meeting: _with_day(policy_for(meeting), day, self.kind))),
        }

    def _save(self, day):
        self._known(day)
        working_days.set_day(self.context, day=day, kind=self.kind, reason=self.reason)

    def _word(self, worked):
        return self.say(_("Working day") if worked else _("Day off"))

    def rows(self) -> list[dict]:
        """Return the special days of the year."""
        found = working_days.special_days(self.year)
        names = person_names(one.who for one in found)
        return [
            {
                "day": day_text(one.day),
                "weekday": WEEKDAYS[one.day.weekday()],
                "name": one.name or self.say(_("Set here") if one.own else _("In exchange for another day")),
                "word": self._word(one.worked),
                "tag": "hs-tag hs-tag--acc" if one.worked else "hs-tag hs-tag--warn",
                "own": one.own,
                "reason": one.reason,
                "who": names.get(one.who, one.who),
                "when": datetime_text(one.when) if one.when else "",
            }
            for one in found
        ]

    def months(self) -> list[dict]:
        """Return the months with their numbers of working days."""
        return [
            {"title": self.say(_("Month ${number}", mapping={"number": number})), "days": days}
            for number, days in enumerate(working_days.working_days_by_month(self.year), 1)
        ]

    def total(self) -> int:
        """Return the number of working days of the year."""
        return sum(working_days.working_days_by_month(self.year))

    def neighbours(self) -> list[int]:
        """Return the years before and after."""
        return [
            one
            for one in (self.year - 1, self.year + 1)
            if working_days.YEARS[0] <= one <= working_days.YEARS[1]
        ]

    def choices(self) -> list[dict]:
        """Return what a day can be made."""
        return [
            {"value": one, "title": self.say(title), "selected": one == self.kind}
            for one, title in CHOICES.items()
        ]

    def hours(self) -> str:
        """Return the office hours."""
        return "; ".join(str(one) for one in current_policy().office_hours)

    def may_manage(self) -> bool:
        """Tell whether the reader may change days."""
        return bool(api.user.has_permission(MANAGE, obj=self.context))


def _with_day(policy: Policy, day, kind) -> Policy:
    """Return *policy* with another *day*, everything else as it is."""
    return Policy.from_dict({**policy.to_dict(), **working_days.days_with(policy, day, kind)})
