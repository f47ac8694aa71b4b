"""“Phục vụ kỹ thuật”: everything for those who keep a meeting going, on one page; and one's own duties."""

from datetime import timedelta

from hopso import _
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.operations_desk.backdrop.records import backdrop_of
from hopso.operations_desk.checks.api import checks_of
from hopso.operations_desk.checks.places import may_serve
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.checks.places import places_of
from hopso.operations_desk.checks.places import SERVE
from hopso.operations_desk.checks.views import tag
from hopso.operations_desk.console import operations as _console  # noqa: F401  (they register themselves)
from hopso.operations_desk.console import records as console
from hopso.operations_desk.duty import operations
from hopso.operations_desk.duty.api import duties_of
from hopso.operations_desk.duty.api import duty_findings
from hopso.operations_desk.duty.records import duty_store
from hopso.operations_desk.duty.records import DutyRoles
from hopso.operations_desk.personal import plain
from hopso.operations_desk.runofshow.records import show_of
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.organisation.names import person_names
from hopso.organisation.views.units import term
from hopso.security.report import closed_title
from plone import api
from plone.memoize.view import memoize
from plone.restapi.services import Service
from plone.uuid.interfaces import IUUID


# What goes wrong during a meeting, in one click: kind of incident, cause, words.
QUICK = (
    ("network", "line", _("Line lost")),
    ("sound", "device", _("Sound lost")),
    ("picture", "device", _("Picture lost")),
    ("power", "power", _("Power lost")),
)


def duty_line(duty, names: dict) -> dict:
    """Return a duty as texts."""
    return {
        "id": duty.id,
        "name": names.get(duty.user_id, "") or duty.name or duty.user_id,
        "phone": duty.phone,
        "role": term(DutyRoles, duty.role),
        "span": "" if duty.whole else f"{local(duty.begins):%H:%M}–{local(duty.ends):%H:%M}",
        "present": when(duty.present_at),
        "user": duty.user_id,
    }


class ServicePage(DeskPage):
    """``<meeting>/@@service``: checks, people on duty, tasks of the sites, incidents, notes."""

    hs_section = ""
    page_title = _("Technical service")

    @property
    @memoize
    def places(self) -> list:
        return places_of(self.context)

    @property
    @memoize
    def state(self) -> str:
        return state_of(self.context)

    def heading(self) -> str:
        """Return the title of the meeting to those who may read it, its unit and day to others."""
        return self.context.title if self.may("View") else self.t(closed_title(self.context))

    def span(self) -> str:
        """Return when the meeting is."""
        return span_text(self.context.start, self.context.end, (self.request.get("LANGUAGE") or "vi")[:2])

    def back(self) -> str:
        """Return where one comes from: the meeting, or its logistics."""
        return self.url if self.may("View") else f"{self.url}/@@logistics"

    @property
    def bridge(self) -> str:
        """What is written about other systems."""
        return (self.context.external_bridge or "").strip()

    @property
    @memoize
    def open(self) -> bool:
        """Whether people are put on duty now."""
        return self.may(SERVE) and self.state in operations.STATES

    @property
    @memoize
    def mine(self) -> set[str]:
        """UIDs of the places that the present user serves."""
        return {one.uid for one in self.places if may_serve(self.context, one.uid, one.unit)}

    @memoize
    def rows(self) -> list[dict]:
        """Return the places with check, people on duty and what may be done."""
        checks = {one.site_uid: one for one in checks_of(self.context)}
        duties = duties_of(self.context)
        names = person_names(one.user_id for one in duties)
        found = []
        for place in self.places:
            check = checks.get(place.uid)
            here = [one for one in duties if one.place == place.uid]
            lines = [duty_line(one, names) for one in here]
            for line in lines:
                line["may_confirm"] = (
                    self.open
                    and not line["present"]
                    and (place.uid in self.mine or line["user"] == self.user_id)
                )
                line["may_change"] = self.open and place.uid in self.mine
            found.append(
                {
                    "uid": place.uid,
                    "title": place.title,
                    "tag": tag(check) if check else None,
                    "url": f"{self.url}/@@check?place={place.uid}",
                    "duties": sorted(lines, key=lambda one: name_key(one["name"])),
                    "may_assign": self.open and place.uid in self.mine,
                }
            )
        return found

    def missing(self) -> list[dict]:
        """Return who is missing at which place."""
        return [{"text": one.text, "article": one.article} for one in duty_findings(self.context)]

    def roles(self) -> list[dict]:
        """Return the choice of roles."""
        return [{"value": one.value, "title": one.title} for one in DutyRoles(None)]

    def quick(self) -> list[dict]:
        """Return one row of buttons for each place, while the meeting runs or is about to."""
        if self.state not in ("convened", "in_session") or not self.may("hopso: Report incident"):
            return []
        return [
            {
                "title": place.title,
                "site": place.uid if place.kind == "site" else "",
                "room": place.uid if place.kind == "room" else "",
                "buttons": [
                    {
                        "kind": kind,
                        "cause": cause,
                        "title": words,
                        "what": f"{self.t(words)}: {place.title}",
                    }
                    for kind, cause, words in QUICK
                ],
            }
            for place in self.places
            if place.uid in self.mine
        ]

    @memoize
    def incidents(self) -> list[dict]:
        """Return the incidents of the meeting that the reader may see, open ones first."""
        from hopso.operations_desk.views import labels

        catalog = api.portal.get_tool("portal_catalog")
        uid = IUUID(self.context)
        found = [
            one
            for one in catalog(
                portal_type="Incident",
                created={"query": self.context.created(), "range": "min"},
                sort_on="created",
            )
            if isinstance(one.desk_facts, dict) and one.desk_facts.get("meeting") == uid
        ]
        return [
            {
                "title": one.Title,
                "url": one.getURL(),
                "tag": labels.tag("Incident", one.review_state),
                "when": when(one.desk_facts["occurred_at"]),
                "open": one.review_state != "resolved",
            }
            for one in sorted(found, key=lambda one: one.review_state == "resolved")
        ]

    @memoize
    def notes(self) -> list[dict]:
        """Return the notes of the operators, the latest first."""
        notes = console.notes_of(self.context)
        names, titles = person_names(one.by for one in notes), place_titles(one.place for one in notes)
        return [
            {
                "time": f"{local(one.at):%H:%M:%S}",
                "text": one.text,
                "parameter": one.parameter,
                "place": titles.get(one.place, ""),
                "who": names.get(one.by, ""),
            }
            for one in reversed(notes)
        ]

    def may_note(self) -> bool:
        """Tell whether notes are taken now."""
        return self.may(SERVE) and self.state in ("convened", "in_session", "ended")

    def tasks(self) -> list[dict]:
        """Return what the host asks of the sites, with the receipt of each."""
        tasks = console.tasks_of(self.context)
        names = person_names(one.by for one in tasks)
        found = []
        for task in tasks:
            sites = []
            for place in self.places:
                if task.places and place.uid not in task.places:
                    continue
                receipt = console.receipt_of(self.context, task.id, place.uid)
                state = "done" if receipt and receipt.done_at else "received" if receipt else "open"
                sites.append(
                    {
                        "uid": place.uid,
                        "title": place.title,
                        "state": state,
                        "may": self.open and place.uid in self.mine and state != "done",
                    }
                )
            found.append(
                {
                    "id": task.id,
                    "text": task.text,
                    "who": names.get(task.by, ""),
                    "when": when(task.at),
                    "sites": sites,
                }
            )
        return found

    def may_tell(self) -> bool:
        """Tell whether the present user gives tasks to the sites."""
        return self.may("hopso: Prepare meeting") and self.state in operations.STATES

    def links(self) -> list[dict]:
        """Return what else there is for those who serve the meeting."""
        found = []
        if show_of(self.context) is not None:
            found.append({"title": _("Run-of-show"), "url": f"{self.url}/@@run-of-show"})
        backdrop = backdrop_of(self.context)
        if backdrop is not None and (backdrop.released_at is not None or self.may("View")):
            found.append({"title": _("Backdrop"), "url": f"{self.url}/@@backdrop"})
        return found


class MyDutiesPage(DeskPage):
    """``/@@my-duties``: where one is on duty, from yesterday on."""

    hs_section = ""
    page_title = _("My duties")

    @property
    @memoize
    def rows(self) -> list[dict]:
        return my_duties(self.user_id)


def my_duties(user_id: str, limit: int = 100) -> list[dict]:
    """Return the duties of a person from yesterday on, with their place and meeting."""
    duties = duty_store().of_person(user_id, now() - timedelta(days=1))[:limit]
    if not duties:
        return []
    titles = place_titles(one.place for one in duties)
    catalog = api.portal.get_tool("portal_catalog")
    uids = list({one.meeting for one in duties})
    urls = {b.UID: b.getURL() for b in catalog.unrestrictedSearchResults(UID=uids)}
    return [
        {
            **duty_line(one, {}),
            "title": titles.get(one.place, "–"),
            "time": f"{local(one.begins):%H:%M}",
            "day": f"{local(one.begins):%d/%m}",
            "when": span_text(one.begins, one.ends),
            "url": f"{urls[one.meeting]}/@@service",
        }
        for one in duties
        if one.meeting in urls
    ]


class DutyGet(Service):
    """``GET <meeting>/@duty``: who is on duty where, and who is missing."""

    def reply(self):
        duties = duties_of(self.context)
        titles, names = place_titles(one.place for one in duties), person_names(one.user_id for one in duties)
        return {
            "@id": f"{self.context.absolute_url()}/@duty",
            "items": [
                {
                    **plain({k: v for k, v in vars(one).items() if k != "reason"}),
                    "name": names.get(one.user_id, "") or one.name,
                    "place_title": titles.get(one.place, ""),
                }
                for one in duties
            ],
            "missing": [
                {"rule": one.rule, "text": api.portal.translate(one.text)}
                for one in duty_findings(self.context)
            ],
        }
