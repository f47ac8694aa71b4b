"""``@@chart``: the organisation as a picture, of a day, of the province or of one unit."""

from datetime import date

from hopso import _
from hopso.core.parameters import parse_date
from hopso.organisation import chart
from hopso.organisation import history
from hopso.organisation.content import IUnit
from hopso.organisation.names import person_names
from hopso.organisation.tree import all_units
from hopso.organisation.tree import below
from hopso.organisation.tree import children_of
from hopso.organisation.tree import today
from hopso.organisation.vocabularies import Sectors
from plone import api
from plone.memoize.view import memoize
from Products.Five.browser import BrowserView
from zope.i18n import translate


MOST_LEVELS = 12


class Chart(BrowserView):
    """The page around the picture, with the same content as a list."""

    hs_section = "units"
    wrong_day = False

    @property
    def page_title(self):
        """Title of the page."""
        return _("Organisation chart")

    @property
    @memoize
    def day(self) -> date:
        """The day that is shown; today unless another is asked for."""
        text = str(self.request.form.get("day", "")).strip()
        try:
            return parse_date(text) if text else today()
        except ValueError:
            self.wrong_day = True
            return today()

    @property
    @memoize
    def root(self) -> str:
        """Id of the unit at the root, "" for the province."""
        return self.context.getId() if IUnit.providedBy(self.context) else ""

    @property
    def with_closed(self) -> bool:
        """Tell whether units that are closed are drawn as well."""
        return bool(self.request.form.get("closed"))

    @property
    @memoize
    def units(self) -> dict:
        """The units of the picture: id -> facts."""
        on_day = history.units_on(self.day)
        if self.with_closed:
            every = all_units()
            on_day = {**{key: one for key, one in every.items() if one.closed(self.day)}, **on_day}
        if not self.root:
            return on_day
        if self.root not in on_day:
            on_day = {**on_day, self.root: all_units()[self.root]}
        wanted = {self.root, *below(on_day, self.root)}
        return {key: one for key, one in on_day.items() if key in wanted}

    @property
    def levels(self) -> int:
        """How many levels are shown."""
        text = str(self.request.form.get("levels", ""))
        if text.isdigit() and 1 <= int(text) <= MOST_LEVELS:
            return int(text)
        return chart.levels_for(self.units, self.root)

    def level_options(self) -> list[dict]:
        """Return the numbers of levels to choose from."""
        shown = self.levels
        options = [
            {"value": n, "title": str(n), "selected": "selected" if n == shown else None} for n in range(1, 7)
        ]
        everything = {
            "value": MOST_LEVELS,
            "title": translate(_("all"), context=self.request),
            "selected": "selected" if shown > 6 else None,
        }
        return [*options, everything]

    def day_text(self) -> str:
        """The day as it is written."""
        return f"{self.day:%d/%m/%Y}"

    def _address(self, one) -> str:
        base = api.portal.get().absolute_url()
        return f"{base}/{'/'.join(one.path.split('/')[2:])}"

    def _more(self, one) -> str:
        return f"{self._address(one)}/@@chart?day={self.day_text()}"

    def svg(self) -> str:
        """Return the picture."""
        picture = chart.lay_out(self.units, self.root, self.levels)
        shown = {box.unit.id: box.unit for box in picture.boxes}
        heads = person_names(one.head for one in shown.values() if one.head)
        return chart.svg(
            picture,
            translate(_("Organisation on ${day}", mapping={"day": self.day_text()}), context=self.request),
            address=self._address,
            subtitles={key: heads.get(one.head, "") for key, one in shown.items() if one.head},
            closed={key for key, one in shown.items() if one.closed(self.day)},
            more=self._more,
        )

    def legend(self) -> list[dict]:
        """Return the sectors in the picture."""
        present = {one.sector for one in self.units.values()}
        return [{"name": term.value, "title": term.title} for term in Sectors(None) if term.value in present]

    def rows(self) -> list[dict]:
        """Return the same tree as a list, for those who do not see the picture."""
        children, found = children_of(self.units), []

        def walk(one, depth):
            found.append(
                {
                    "title": one.title,
                    "url": self._address(one),
                    "css": f"hs-depth-{min(depth, 8)}",
                    "closed": one.closed(self.day),
                    "level": depth + 1,
                }
            )
            for child in children.get(one.id, ()):
                walk(child, depth + 1)

        for one in [self.units[self.root]] if self.root else children.get("", []):
            walk(one, 0)
        return found

    def download_url(self) -> str:
        """Return the address of the file."""
        closed = "&closed=1" if self.with_closed else ""
        return f"{self.context.absolute_url()}/@@chart.svg?day={self.day_text()}&levels={self.levels}{closed}"


class ChartFile(Chart):
    """``@@chart.svg``: the picture as a file."""

    def __call__(self):
        response = self.request.response
        response.setHeader("Content-Type", "image/svg+xml; charset=utf-8")
        response.setHeader("Content-Disposition", 'attachment; filename="so-do-to-chuc.svg"')
        response.setHeader("Cache-Control", "private, no-store")
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + self.svg()
