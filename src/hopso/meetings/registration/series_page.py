"""Pages of series: the table of its meetings, and making a series of a meeting."""

from datetime import date
from functools import cached_property

from hopso import _
from hopso.booking import api as booking
from hopso.core.operation import find_operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.core.text import WEEKDAYS
from hopso.meetings.registration import making
from hopso.meetings.registration import recurrence
from hopso.meetings.registration import series_operations
from hopso.meetings.registration.series import is_moved
from hopso.meetings.registration.series import occurrence_brains
from hopso.meetings.views import labels
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.organisation.names import room_names
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from plone import api
from plone.memoize.view import memoize
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


FREQUENCIES = {
    recurrence.WEEKLY: _("Every week"),
    recurrence.MONTHLY_DAY: _("Every month, on the same day"),
    recurrence.MONTHLY_WEEKDAY: _("Every month, on the same weekday"),
}
ON_DAYS_OFF = {
    recurrence.SKIP: _("are left out"),
    recurrence.MOVE: _("move to the next working day"),
    recurrence.KEEP: _("take place all the same"),
}
VERBS = ("register", "schedule", "extend", "change_following", "cancel_following", "end")


def language() -> str:
    """``vi`` or ``en``."""
    return "en" if (api.portal.get_current_language() or "vi").startswith("en") else "vi"


def rule_text(rule, request) -> str:
    """Return a rule in words: ``Hằng tuần: Thứ Hai; ngày nghỉ: bỏ qua``."""
    if rule is None:
        return ""
    names = WEEKDAYS[language()]
    parts = [translate(FREQUENCIES[rule.frequency], context=request)]
    if rule.frequency == recurrence.WEEKLY:
        parts.append(", ".join(names[day] for day in rule.weekdays))
    if rule.interval > 1:
        mapping = {"count": str(rule.interval)}
        parts.append(translate(_("every ${count} weeks or months", mapping=mapping), context=request))
    if rule.until:
        mapping = {"day": f"{rule.until:%d/%m/%Y}"}
        parts.append(translate(_("until ${day}", mapping=mapping), context=request))
    if rule.count:
        mapping = {"count": str(rule.count)}
        parts.append(translate(_("${count} times", mapping=mapping), context=request))
    off = translate(ON_DAYS_OFF[rule.days_off], context=request)
    parts.append(translate(_("public holidays ${what}", mapping={"what": off}), context=request))
    return " · ".join(parts)


class SeriesPage(BrowserView):
    """The meetings of a series, and what may be done with them."""

    hs_section = "meetings"
    dialogs_template = ViewPageTemplateFile("../views/templates/dialog.pt")

    @property
    def page_title(self):
        return self.context.title

    @property
    def dialog_macro(self):
        """The dialog of one operation."""
        return self.dialogs_template.macros["dialog"]

    @property
    @memoize
    def token(self) -> str:
        return createToken()

    @property
    def unit(self):
        """The unit of the series."""
        return unit_of(self.context)

    def rule(self) -> str:
        """Return the rule in words."""
        return rule_text(self.context.rule, self.request)

    def hours(self) -> str:
        """Return ``08:00, 90 phút``."""
        mapping = {"clock": self.context.clock, "minutes": str(self.context.minutes)}
        return translate(_("${clock}, ${minutes} minutes", mapping=mapping), context=self.request)

    def ended(self) -> bool:
        """Tell whether the series has ended."""
        return api.content.get_state(self.context) == "ended"

    @cached_property
    def brains(self) -> list:
        """The occurrences that the present user may see."""
        return occurrence_brains(self.context)

    def progress(self) -> dict | None:
        """Return how many occurrences are made of those wanted, while the worker is at it."""
        if self.context.rule is None:
            return None
        missing = len(making.to_make(self.context))
        if not missing:
            return None
        made = len(self.context.kept)
        return {"made": made, "all": made + missing, "percent": round(100 * made / (made + missing))}

    def rows(self) -> list[dict]:
        """Return the table: time, rooms, state, whether it was moved, what is in the way."""
        rooms = room_names({uid for one in self.brains for uid in one.rooms or ()})
        names, moment = WEEKDAYS[language()], now()
        found = []
        for one in self.brains:
            meeting = one._unrestrictedGetObject()
            start, end = local(one.meeting_start), local(one.meeting_end)
            taken = self._taken(meeting) if one.meeting_start > moment else False
            found.append(
                {
                    "url": one.getURL(),
                    "title": one.Title,
                    "day": f"{names[start.weekday()]} {start:%d/%m/%Y}",
                    "date": f"{start:%d/%m/%Y}",
                    "hours": f"{start:%H:%M}–{end:%H:%M}",
                    "rooms": ", ".join(rooms[uid] for uid in one.rooms or () if uid in rooms),
                    "tag": labels.tag(labels.STATES, one.review_state),
                    "moved": is_moved(meeting),
                    "planned": f"{local(meeting.series_slot):%d/%m/%Y %H:%M}" if meeting.series_slot else "",
                    "taken": taken,
                    "ahead": one.meeting_start > moment and one.review_state != "cancelled",
                }
            )
        return found

    def _taken(self, meeting) -> bool:
        """Tell whether what the meeting needs is taken by another one."""
        if api.content.get_state(meeting) == "cancelled":
            return False
        policy = policy_for(meeting)
        start, end = booking.with_margins(
            meeting.start, meeting.end, policy.setup_minutes, policy.teardown_minutes
        )
        needed = booking.resources_of(meeting)
        return bool(booking.conflicts(needed, start, end, meeting.UID()))

    @memoize
    def buttons(self) -> list[dict]:
        """Return what the present user may do; dialogs ask for what is needed."""
        found = []
        for verb in VERBS:
            one = find_operation(self.context, f"series.{verb}")
            if one is not None and one.allowed(self.context):
                found.append(
                    dict(button_of_quiet(one, self.context), primary=False, came_from=self.context.absolute_url())
                )  # fmt: skip
        if found and not self.ended():
            found[0]["primary"] = True
        return found

    def may(self, verb: str) -> bool:
        """Tell whether the present user may carry out ``series.<verb>`` now."""
        return any(one["verb"] == verb for one in self.buttons())

    def fill(self, row) -> str:
        """Return what a row puts into the dialogs: its day."""
        return f'{{"since": "{row["date"]}"}}'

    def outcome(self) -> list[dict]:
        """Return what the last operation on several meetings came to."""
        urls = {one.UID: one.getURL() for one in self.brains}
        return [
            {
                "when": f"{local(one.start):%d/%m/%Y %H:%M}",
                "url": urls.get(one.uid, ""),
                "done": one.done,
                "texts": [translate(text, context=self.request) for text in one.texts],
            }
            for one in self.context.outcome or ()
        ]

    def outcome_count(self) -> dict:
        """Return how many were done, of how many."""
        found = self.context.outcome or ()
        return {"done": sum(1 for one in found if one.done), "all": len(found)}


class MakeSeries(BrowserView):
    """``<meeting>/@@make-series``: the rule, with a look at the days that it names."""

    hs_section = "meetings"
    page_title = _("Make a series")

    @property
    @memoize
    def token(self) -> str:
        return createToken()

    @property
    def first(self) -> date:
        """The day of the meeting."""
        return local(self.context.start).date()

    def possible(self) -> bool:
        """Tell whether a series can be made of the meeting now."""
        one = find_operation(self.context, "meeting.make_series")
        return one is not None and one.allowed(self.context)

    def why_not(self):
        """Return why no series can be made of it."""
        if self.context.time_proposed:
            return _("Choose the time of the meeting first; the series begins with it.")
        if self.context.series_id:
            return _("The meeting belongs to a series already.")
        return _("Only those who register meetings of the unit make series, before the invitations are out.")

    def value(self, name: str, default="") -> str:
        """Return what was typed for the preview."""
        found = self.request.form.get(name, default)
        return found if isinstance(found, str) else default

    def frequencies(self) -> list[dict]:
        """Return how often a series may take place."""
        return self._options(FREQUENCIES, "frequency")

    def days_off(self) -> list[dict]:
        """Return what may happen on public holidays."""
        return self._options(ON_DAYS_OFF, "days_off")

    def _options(self, titles, name) -> list[dict]:
        chosen = self.value(name, next(iter(titles)))
        return [{"value": key, "title": title, "selected": key == chosen} for key, title in titles.items()]

    def weekdays(self) -> list[dict]:
        """Return the days of the week; that of the meeting is one of them."""
        chosen = self._chosen_weekdays()
        return [
            {"value": str(number), "title": name, "checked": number in chosen}
            for number, name in enumerate(WEEKDAYS[language()])
        ]

    def _chosen_weekdays(self) -> set[int]:
        sent = self.request.form.get("weekdays", ())
        sent = sent if isinstance(sent, (list, tuple)) else (sent,)
        return {int(one) for one in sent if str(one) in "0123456" and str(one)} or {self.first.weekday()}

    def horizon(self) -> str:
        """Return up to when meetings are made, as typed or by default."""
        return self.value("horizon") or f"{self.first + making.USUAL_HORIZON:%d/%m/%Y}"

    def preview(self) -> list[str] | None:
        """Return the days that the rule names, as texts; None if the rule makes no sense."""
        form = self.value
        try:
            rule = recurrence.Recurrence(
                form("frequency", recurrence.WEEKLY),
                int(form("interval", "1") or 1),
                tuple(sorted(self._chosen_weekdays())),
                self.first.day,
                series_operations._place_in_month(self.first),
                read_day(form("until")),
                int(form("count")) if form("count") else None,
                form("days_off", recurrence.SKIP),
            )
        except ValueError:
            return None
        last = making.last_day_for(rule, self.first, read_day(self.horizon()))
        names = WEEKDAYS[language()]
        return [
            f"{names[one.held.weekday()]} {one.held:%d/%m/%Y}"
            for one in recurrence.days(rule, self.first, last, policy_for(self.context).calendar)
        ]
