"""The sheet itself, to write and to print; without titles for technicians unless they were released."""

import json

from hopso import _
from hopso.core.text import local
from hopso.core.text import span_text
from hopso.meetings.agenda import item_ids
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.runofshow import operations
from hopso.operations_desk.runofshow import records
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.views.units import term
from hopso.security.report import closed_title
from plone.memoize.view import memoize


class RunOfShow(DeskPage):
    """``<meeting>/@@run-of-show``."""

    hs_section = ""
    page_title = _("Run-of-show")

    @property
    @memoize
    def show(self):
        return records.show_of(self.context)

    @property
    @memoize
    def titles_shown(self) -> bool:
        """Whether the reader reads the titles of the items."""
        return self.may("View") or (self.show is not None and self.show.released_at is not None)

    @property
    def may_write(self) -> bool:
        return operations.set_cue.allowed(self.context)

    def released(self) -> bool:
        return self.show is not None and self.show.released_at is not None

    def heading(self) -> str:
        """Return the title of the meeting to those who may read it, its unit and day to others."""
        return self.context.title if self.may("View") else self.t(closed_title(self.context))

    def span(self) -> str:
        """Return when the meeting is."""
        return span_text(self.context.start, self.context.end, (self.request.get("LANGUAGE") or "vi")[:2])

    def back(self) -> str:
        return self.url if self.may("View") else f"{self.url}/@@service"

    def rows(self) -> list[dict]:
        """Return the lines of the sheet."""
        meeting, show = self.context, self.show
        items = {name: meeting._getOb(name) for name in item_ids(meeting)}
        cues = dict(show.cues) if show is not None else {}
        lines = records.clock(
            meeting.started_at or meeting.start,
            [(name, item.duration or 0) for name, item in items.items()],
            cues,
        )
        sites = place_titles(one.cue.site for one in lines)
        return [
            {
                "number": one.number,
                "title": items[one.item].title if self.titles_shown else "",
                "begins": f"{local(one.begins):%H:%M}",
                "ends": f"{local(one.ends):%H:%M}",
                "minutes": round((one.ends - one.begins).total_seconds() / 60),
                "site": sites.get(one.cue.site, ""),
                "layout": term(records.Layouts, one.cue.layout),
                "sound": term(records.Sounds, one.cue.sound),
                "note": one.cue.note,
                "set": one.item in cues,
                "fill": json.dumps(
                    {
                        "agenda_item": one.item,
                        "site": one.cue.site,
                        "layout": one.cue.layout,
                        "sound": one.cue.sound,
                        "minutes": "" if one.cue.minutes is None else one.cue.minutes,
                        "note": one.cue.note,
                    },
                    ensure_ascii=False,
                ),
            }
            for one in lines
        ]

    def sites(self) -> list[dict]:
        """Return the sites of the meeting."""
        titles = place_titles(self.context.sites or ())
        return [{"value": uid, "title": titles[uid]} for uid in self.context.sites or () if uid in titles]

    def layouts(self) -> list[dict]:
        return [{"value": one.value, "title": one.title} for one in records.Layouts(None)]

    def sounds(self) -> list[dict]:
        return [{"value": one.value, "title": one.title} for one in records.Sounds(None)]
