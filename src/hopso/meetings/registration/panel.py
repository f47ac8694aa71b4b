"""What stands beside the steps of the guide: where one is, what is missing, which deadlines run."""

from datetime import timedelta
from functools import cached_property

from hopso import _
from hopso.core.parameters import parse_datetime
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.core.text import WEEKDAYS
from hopso.meetings.agenda import children
from hopso.meetings.registration import steps
from hopso.meetings.registration.clocks import clocks
from hopso.meetings.registration.clocks import first_start
from hopso.meetings.registration.completeness import completeness_of
from hopso.meetings.registration.recommended import hints_for
from hopso.policy.api import current_policy
from hopso.policy.api import policy_for
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Panel:
    """Data for the template of the guide; ``meeting`` is None before the first step is saved."""

    def __init__(self, meeting, request, step):
        self.meeting = meeting
        self.request = request
        self.step = step

    @property
    def is_new(self) -> bool:
        """Tell whether nothing was saved yet."""
        return self.meeting is None

    @cached_property
    def policy(self):
        """The policy in force for the meeting."""
        return policy_for(self.meeting) if self.meeting is not None else current_policy()

    # ---- steps ----

    def steps(self) -> list[dict]:
        """Return the bar of steps: number, title, class, the button that leads there, or the address."""
        here = steps.STEPS.index(self.step)
        lacking = self._lacking_steps()
        found = []
        for number, one in enumerate(steps.STEPS):
            complete = self.meeting is not None and number < 4 and one.name not in lacking
            style = "is-now" if number == here else "is-done" if complete else ""
            found.append(
                {
                    "name": one.name,
                    "number": number + 1,
                    "title": one.title,
                    "class": style,
                    "current": "step" if number == here else None,
                    "complete": complete,
                    "button": f"form.buttons.to_{one.name}" if number != here and self.meeting is not None else "",
                    "url": f"{self.meeting.absolute_url()}/@@guide-{one.name}" if self.meeting is not None else "",
                }
            )  # fmt: skip
        return found

    def _lacking_steps(self) -> set[str]:
        lacking = {part["step"] for part in self.parts() if not part["there"]}
        if self.meeting is not None and self.meeting.time_proposed:
            lacking.add("when")
        return lacking

    def progress(self):
        """Return ``Step 2 of 5``."""
        mapping = {"number": steps.STEPS.index(self.step) + 1, "count": len(steps.STEPS)}
        return _("Step ${number} of ${count}", mapping=mapping)

    # ---- completeness ----

    @cached_property
    def completeness(self):
        """How complete the registration is, None before there is one."""
        return None if self.meeting is None else completeness_of(self.meeting)

    def parts(self) -> list[dict]:
        """Return what the regulation asks for, each with the step in which it is entered."""
        if self.completeness is None:
            return []
        url = self.meeting.absolute_url()
        found = []
        for part in self.completeness.parts:
            step = steps.PLACES.get(part.name, "what")
            found.append(
                {
                    "title": part.title,
                    "there": part.there,
                    "article": part.article,
                    "step": step,
                    "url": f"{url}/@@guide-{step}",
                }
            )
        return found

    # ---- deadlines and hints ----

    def shows_clocks(self) -> bool:
        """Tell whether the deadlines belong on this page."""
        return self.meeting is not None and self.step in (steps.WHEN, steps.REVIEW)

    @cached_property
    def start(self):
        """The start that is looked at."""
        return self.meeting.start

    @cached_property
    def urgent(self) -> bool:
        """Whether the meeting is looked at as an urgent one."""
        return bool(self.meeting.urgent)

    @cached_property
    def moment(self):
        """Now; the whole page agrees on it."""
        return now()

    def clock_rows(self) -> list[dict]:
        """Return the deadlines for the start, as texts."""
        return [
            {
                "title": one.title,
                "deadline": datetime_text(one.deadline),
                "late": one.late,
                "left": left_text(one.left),
                "article": one.article,
                "source": one.source,
            }
            for one in clocks(self.start, self.moment, self.policy, self.urgent)
        ]

    def is_late(self) -> bool:
        """Tell whether one of the deadlines is over."""
        return any(row["late"] for row in self.clock_rows())

    def earliest(self) -> dict | None:
        """Return the first day that keeps both clocks, at the chosen time of the day."""
        found = first_start(self.moment, self.policy, local(self.start).time())
        if found is None or self.urgent:
            return None
        language = "en" if str(self.request.get("LANGUAGE", "vi")).startswith("en") else "vi"
        return {
            "text": f"{WEEKDAYS[language][found.weekday()]} {datetime_text(found)}",
            "date": f"{found:%d/%m/%Y}",
            "time": f"{found:%H:%M}",
        }

    def urgent_path(self):
        """Return what the regulation asks of an urgent meeting instead, "" if it knows none."""
        policy = self.policy
        if policy.lead_time_urgent is None and not policy.urgent_approver_role:
            return ""
        if policy.urgent_approver_role:
            return _(
                "Or mark the meeting as urgent: with the reason and the decision of whom the regulation names."
            )
        return _("Or mark the meeting as urgent: with the reason, and a telephone call that is recorded.")

    def hints(self) -> list:
        """Return the advice about the meeting as it is planned now."""
        shown = self.meeting is not None and self.step in (steps.WHEN, steps.REVIEW)
        return hints_for(self.meeting) if shown else []

    # ---- documents ----

    def papers(self) -> dict:
        """Return how many agenda items and documents there are, and their titles."""
        brains = children(self.meeting)
        return {
            "items": [one.Title for one in brains if one.portal_type == "AgendaItem"],
            "documents": [
                {"title": one.Title, "url": one.getURL()}
                for one in brains
                if one.portal_type == "MeetingDocument"
            ],
        }

    def span(self) -> str:
        """Return the time of the meeting for people."""
        return span_text(self.meeting.start, self.meeting.end, str(self.request.get("LANGUAGE", "vi")))


def left_text(left: timedelta):
    """Return how long there still is: days, hours or minutes, or how long ago it was."""
    seconds = abs(left.total_seconds())
    late = left < timedelta(0)
    for size, ahead, over in (
        (86400, _("${count} days left"), _("${count} days ago")),
        (3600, _("${count} hours left"), _("${count} hours ago")),
        (60, _("${count} minutes left"), _("${count} minutes ago")),
    ):
        if seconds >= size or size == 60:
            return _with(over if late else ahead, int(seconds // size))
    raise AssertionError("minutes are the last")


def _with(text, count: int):
    from zope.i18nmessageid import Message

    return Message(text, mapping={"count": str(count)})


class Clocks(BrowserView):
    """``@@guide-clocks?start=30/11/2026 08:00&urgent=1``: the panel of deadlines for a start, as HTML (read only)."""

    clocks_template = ViewPageTemplateFile("templates/clocks.pt")

    @cached_property
    def panel(self):
        """Return the panel for what is typed; nonsense is taken for what is saved."""
        panel = Panel(self.context, self.request, steps.WHEN)
        try:
            panel.start = parse_datetime(str(self.request.form.get("start", "")).strip())
        except (ValueError, TypeError, OverflowError):
            panel.start = self.context.start
        panel.urgent = self.request.form.get("urgent") == "1"
        return panel

    @property
    def clocks_macro(self):
        """The deadlines, as the guide shows them."""
        return self.clocks_template.macros["clocks"]

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()
