"""``<unit>/@@week``: the work calendar of a week, its file for calendars, its paper."""

from functools import cached_property
from urllib.parse import urlencode

from hopso import _
from hopso.calendars.api import events_between
from hopso.calendars.events import MEETING
from hopso.calendars.ical import calendar_of
from hopso.calendars.views.feeds import send
from hopso.calendars.views.page import unit_url
from hopso.calendars.weekly import operations
from hopso.calendars.weekly import papers
from hopso.calendars.weekly import weeks
from hopso.calendars.weekly.api import Names
from hopso.calendars.weekly.api import span_of
from hopso.calendars.weekly.api import week_of
from hopso.calendars.weekly.weeks import Week
from hopso.core.links import add_link
from hopso.core.text import collation_key
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import WEEKDAYS
from hopso.organisation.assignments import units_of
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.tree import all_units
from plone import api
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


SESSIONS = {weeks.MORNING: _("Morning"), weeks.AFTERNOON: _("Afternoon"), weeks.EVENING: _("Evening")}
# What has become of a line -> class of the tag, word.
MARKS = {
    weeks.ADDED: ("hs-tag--acc", _("Added to the week")),
    weeks.CHANGED: ("hs-tag--warn", _("Adjusted")),
    weeks.MOVED: ("hs-tag--warn", _("Moved away")),
    weeks.OFF: ("hs-tag--bad", _("Does not take place")),
    weeks.PLANNED: ("hs-tag--warn", _("Planned, not confirmed")),
}
# So many participants are named; of the rest their number is told.
NAMED = 8
# A dash at which no line ends.
DASH = "\u2060–\u2060"
add_link("unit", "hopso: Use the site", _("Work calendar of the week"), "@@week", order=20)


def read_week(form) -> Week:
    """Return the week that a form names, else the present one."""
    try:
        return Week.parse(form.get("week", ""))
    except (ValueError, AttributeError):
        return Week.of(local(now()).date())


class WeekTable:
    """The lines of a week as a table."""

    # From the views: context, request, week
    @cached_property
    def found(self):
        """The week as the present user may see it."""
        return week_of(self.context.getId(), self.week)

    @cached_property
    def names(self) -> Names:
        return Names(self.found)

    def t(self, text) -> str:
        """Return *text* in the language of the page."""
        return translate(text, context=self.request)

    def rows(self) -> list[dict]:
        """Return the rows; ``day`` and ``session`` with the number of rows they span, only in the first one."""
        rows = [self._row(one) for one in self.found.told]
        for name in ("day", "session"):
            key = ("day",) if name == "day" else ("day", "session")
            for number, row in enumerate(rows):
                same = [one for one in rows if all(one[each] == row[each] for each in key)]
                row[f"{name}_span"] = len(same) if same[0] is row else 0
                row["number"] = number
        return rows

    def _row(self, told) -> dict:
        line, names = told.line, self.names
        start, end = local(line.start), local(line.end)
        language = "vi" if (self.request.get("LANGUAGE") or "vi").startswith("vi") else "en"
        style, word = MARKS.get(told.mark, ("", ""))
        return {
            "day": f"{WEEKDAYS[language][start.weekday()]} {start:%d/%m/%Y}",
            "session": self.t(SESSIONS[weeks.session_of(line.start)]),
            "time": f"{start:%H:%M}{DASH}{end:%H:%M}"
            if start.date() == end.date()
            else f"{start:%H:%M} – {datetime_text(end)}",
            "title": line.title,
            "url": self.found.urls.get(line.uid, ""),
            "chair": names.people.get(line.chair, "") if line.chair else "",
            "people": self._people(line.uid),
            "place": names.place(line),
            "mode": self.t(names.modes[line.mode]) if line.mode in names.modes else "",
            "unit": names.units.get(line.preparing, ""),
            "mark": self.t(word) if word else "",
            "tag": f"hs-tag {style}".strip(),
            "before": self._before(told),
            "off": told.mark in (weeks.OFF, weeks.MOVED),
        }

    def _people(self, uid) -> str:
        keys = self.found.people.get(uid, ())
        named = [self.names.invited[key] for key in keys[:NAMED]]
        if len(keys) > NAMED:
            named.append(self.t(_("${count} more", mapping={"count": len(keys) - NAMED})))
        return ", ".join(named)

    def _before(self, told) -> str:
        """Return what was published, or where it has gone."""
        if told.before is None:
            return ""
        old, new = told.before, told.line
        if told.mark == weeks.MOVED:
            # ``before`` is how the meeting stands now.
            return (
                self.t(_("now ${when}", mapping={"when": datetime_text(old.start)}))
                if old.state != "registered"
                else ""
            )
        if told.mark == weeks.OFF:
            return ""
        changes = []
        if (old.start, old.end) != (new.start, new.end):
            changes.append(f"{datetime_text(old.start)}–{local(old.end):%H:%M}")
        if old.title != new.title:
            changes.append(f"“{old.title}”")
        if old.chair != new.chair:
            changes.append(self.names.people.get(old.chair, "") or "–")
        if (old.rooms, old.sites) != (new.rooms, new.sites):
            changes.append(self.names.place(old) or "–")
        if old.mode != new.mode and old.mode in self.names.modes:
            changes.append(self.t(self.names.modes[old.mode]))
        return self.t(_("before: ${what}", mapping={"what": "; ".join(changes)}))

    def heading(self) -> str:
        """Return which week it is."""
        return self.t(_("Work calendar, week ${number}", mapping={"number": self.week.number}))

    def days(self) -> str:
        """Return from when until when."""
        values = {"first": f"{self.week.first:%d/%m/%Y}", "last": f"{self.week.last:%d/%m/%Y}"}
        return self.t(_("From ${first} to ${last}", mapping=values))

    def published(self) -> str:
        """Return when and by whom the week was published, "" if it was not."""
        one = self.found.published
        if one is None:
            return ""
        name = person_names([one.by]).get(one.by, one.by)
        return self.t(_("Published ${when} by ${who}", mapping={"when": datetime_text(one.at), "who": name}))


class WeekPage(WeekTable, BrowserView):
    """The week on the screen."""

    hs_section = "calendar"

    @property
    def page_title(self):
        return f"{self.heading()} · {self.context.title}"

    @cached_property
    def week(self) -> Week:
        """Which week is asked for."""
        return read_week(self.request.form)

    @cached_property
    def token(self) -> str:
        return createToken()

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@week"

    def link(self, week=None, view: str = "week") -> str:
        """Return the address of a week, or of another view of it."""
        return f"{self.context.absolute_url()}/@@{view}?{urlencode({'week': str(week or self.week)})}"

    def steps(self) -> dict:
        """Return the addresses of the weeks around, and of the present one."""
        return {
            "before": self.link(self.week.moved(-1)),
            "after": self.link(self.week.moved(1)),
            "now": self.link(Week.of(local(now()).date())),
        }

    def may_publish(self) -> bool:
        """Tell whether to offer publishing the week."""
        return operations.publish_week.allowed(self.context) and self.week.last >= local(now()).date()

    def units(self) -> list[dict]:
        """Return the units to switch to, the own ones first."""
        own = units_of(api.user.get_current().getId())
        known = [one for one in all_units().values() if not one.closed()]
        ordered = sorted(known, key=lambda one: (one.id not in own, collation_key(one.title)))
        return [
            {"value": one.id, "title": one.title, "selected": one.id == self.context.getId()}
            for one in ordered
        ]

    def switch_url(self) -> str:
        """Return where the switch of units leads."""
        return f"{api.portal.get().absolute_url()}/@@week"

    def calendar_url(self) -> str:
        """Return the same week as a drawn calendar."""
        query = {
            "kind": "unit",
            "key": self.context.getId(),
            "view": "week",
            "date": self.week.first.isoformat(),
        }
        return f"{api.portal.get().absolute_url()}/@@calendar?{urlencode(query)}"


class WeekSwitch(BrowserView):
    """``@@week`` of the site: leads to the week of a unit (``unit``), else of one's own."""

    def __call__(self):
        form = self.request.form
        asked = form.get("unit", "")
        own = units_of(api.user.get_current().getId())
        wanted = [asked, *own] if isinstance(asked, str) else own
        known = all_units()
        top = sorted(one.id for one in known.values() if not one.parent and not one.closed())
        unit = next((one for one in [*wanted, *top] if one in known), None)
        query = urlencode({"week": str(read_week(form))})
        target = (
            f"{unit_url(unit, '@@week')}?{query}" if unit else f"{self.context.absolute_url()}/@@calendar"
        )
        self.request.response.redirect(target)
        return ""


class WeekFile(WeekPage):
    """``@@week.ics``: the week for other calendars."""

    def __call__(self):
        events = events_between("unit", self.context.getId(), *span_of(self.week))
        shown = [one for one in events if one.kind == MEETING]
        data = calendar_of(shown, f"{self.heading()} · {self.context.title}", self.request)
        return send(self.request, data, f"lich-cong-tac-{self.week}.ics")


class WeekPaper(WeekTable):
    """What the paper holds: the same lines, as an office sends them out."""

    template = ViewPageTemplateFile("templates/week_paper.pt")

    def __init__(self, context, request, week):
        self.context, self.request, self.week = context, request, week

    def html(self) -> str:
        """Return the page to be set."""
        return self.template()

    def above(self) -> str:
        """Return the name of the unit above, for the head of the paper."""
        unit = unit_of(self.context.__parent__)
        return unit.title if unit is not None else ""


class WeekPdfPage(WeekPage):
    """``@@week-pdf``: how far the paper is, and where it is to be had."""

    @cached_property
    def paper(self):
        """The paper with what the present user may see now, None if nobody asked for it."""
        return papers.find(papers.html_of(self.context, self.week))

    @property
    def state(self) -> str:
        """Return waiting, ready, failed, missing, or "" before it was asked for."""
        return self.paper.state if self.paper is not None else ""


class WeekPdf(WeekPdfPage):
    """``@@week.pdf``: the file; as long as it is not there, the page that tells of it."""

    def __call__(self):
        response = self.request.response
        if self.state != papers.READY:
            response.redirect(self.link(view="week-pdf"))
            return ""
        response.setHeader("Content-Type", "application/pdf")
        response.setHeader(
            "Content-Disposition",
            f'attachment; filename="lich-cong-tac-{self.week}-{self.context.getId()}.pdf"',
        )
        response.setHeader("Cache-Control", "private, no-store")
        return self.paper.file.data
