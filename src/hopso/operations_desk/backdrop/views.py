"""The page of a backdrop and its files; the sites get it once it was released."""

from hopso import _
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import WEEKDAYS
from hopso.operations_desk.backdrop import operations
from hopso.operations_desk.backdrop import records
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.vocabularies import unit_title
from plone.memoize.view import memoize
from plone.namedfile.utils import set_headers
from plone.namedfile.utils import stream_data
from zExceptions import NotFound


TITLES = {
    "png": _("PNG 1920 × 1080"),
    "png4k": _("PNG 3840 × 2160"),
    "pdf": _("PDF"),
}


class BackdropPage(DeskPage):
    """``<meeting>/@@backdrop``: preview, files, and the form for those who prepare the meeting."""

    hs_section = ""
    page_title = _("Backdrop")

    @property
    @memoize
    def reads(self) -> bool:
        """Whether the reader may read the meeting itself."""
        return self.may("View")

    @property
    @memoize
    def backdrop(self):
        """The backdrop that the reader may see: before its release only who reads the meeting."""
        found = records.backdrop_of(self.context)
        if found is None or (found.released_at is None and not self.reads):
            return None
        return found

    @property
    def may_make(self) -> bool:
        return operations.make_backdrop.allowed(self.context)

    @property
    def may_release(self) -> bool:
        found = self.backdrop
        return (
            found is not None
            and found.ready
            and found.released_at is None
            and operations.release_backdrop.allowed(self.context)
        )

    def back(self) -> str:
        return self.url if self.reads else f"{self.url}/@@service"

    def about(self) -> dict:
        """Return what is known of the backdrop."""
        found = self.backdrop
        names = person_names([found.made_by, found.released_by])
        return {
            "ready": found.ready,
            "problem": found.problem,
            "made": when(found.made_at),
            "who": names.get(found.made_by, ""),
            "released": when(found.released_at),
            "releaser": names.get(found.released_by, ""),
            "files": [
                {
                    "title": TITLES[name],
                    "url": f"{self.url}/@@backdrop-file?kind={name}",
                    "digest": found.digests[name],
                    "size": f"{found.files[name].getSize() / 1024:.0f} KB",
                }
                for name in records.FILES
                if name in found.files
            ],
            "preview": f"{self.url}/@@backdrop-file?kind=png&d={found.spec.digest}",
            "text": f"{found.spec.upper}\n{found.spec.title}\n{found.spec.lower}",
        }

    def fields(self) -> dict:
        """Return what the form begins with: the present backdrop, else host, title, place and day."""
        found = records.backdrop_of(self.context)
        if found is not None:
            spec = found.spec
            return {"upper": spec.upper, "title": spec.title, "lower": spec.lower, "colours": spec.colours}
        meeting = self.context
        secret = (meeting.classification or "none") != "none"
        day = local(meeting.start)
        rooms = room_names(meeting.rooms)
        place = next((rooms[uid] for uid in meeting.rooms or () if uid in rooms), "")
        date = f"{WEEKDAYS['vi'][day.weekday()]}, ngày {day:%d/%m/%Y}"
        return {
            "upper": unit_title(meeting.host_unit or "") or "",
            "title": self.t(_("MEETING")) if secret else meeting.title,
            "lower": ", ".join(part for part in (place, date) if part),
            "colours": "red",
        }

    def colours(self) -> list[dict]:
        """Return the choice of colours."""
        chosen = self.fields()["colours"]
        return [
            {"value": one.value, "title": one.title, "selected": "selected" if one.value == chosen else None}
            for one in records.BackdropColours(None)
        ]

    def state(self) -> str:
        return state_of(self.context)


class BackdropFile(BackdropPage):
    """``<meeting>/@@backdrop-file?kind=png|png4k|pdf``."""

    def __call__(self):
        kind, found = self.request.form.get("kind", ""), self.backdrop
        if found is None or kind not in found.files:
            raise NotFound(self.context, "@@backdrop-file", self.request)
        file = found.files[kind]
        inline = kind == "png" and self.request.form.get("d")
        set_headers(file, self.request.response, filename=None if inline else file.filename)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return stream_data(file)
