"""The agenda for printing."""

from datetime import timedelta

from hopso import _
from hopso.core.text import local
from hopso.meetings.views.meeting import MeetingPage
from hopso.organisation.history import name_at


class AgendaPage(MeetingPage):
    """``<meeting>/@@agenda``: the agenda with clock times, for printing."""

    @property
    def page_title(self):
        return _("Agenda: ${title}", mapping={"title": self.context.title})

    def host(self) -> str:
        return name_at(self.context.host_unit, self.context.start)

    def chair(self) -> str:
        return self.names.get(self.context.chair, "")

    def timed_rows(self) -> list[dict]:
        """Return the rows with the time at which each item is due."""
        starts = {row.id: row.starts_after for row in self.agenda.rows}
        found = []
        for row in self.rows():
            begin = local(self.context.start) + timedelta(minutes=starts[row["id"]])
            finish = begin + timedelta(minutes=row["minutes"])
            found.append(dict(row, time=f"{begin:%H:%M}–{finish:%H:%M}"))
        return found
