"""Units for other systems: ``@units``, ``@chart`` and the history of one."""

from hopso.core.parameters import parse_date
from hopso.interfaces import IHopsoLayer
from hopso.organisation import chart
from hopso.organisation import history
from hopso.organisation.confirming import confirmation_of
from hopso.organisation.content import IUnit
from hopso.organisation.listing import in_tree_order
from hopso.organisation.listing import plain
from hopso.organisation.listing import Wanted
from hopso.organisation.tree import all_units
from hopso.organisation.tree import below
from hopso.organisation.tree import is_closed
from hopso.organisation.tree import today
from plone import api
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.serializer.dxcontent import SerializeFolderToJson
from plone.restapi.services import Service
from zope.component import adapter
from zope.interface import implementer


@implementer(ISerializeToJson)
@adapter(IUnit, IHopsoLayer)
class UnitToJson(SerializeFolderToJson):
    """The fields, whether it is closed, its history and when its data were confirmed."""

    def __call__(self, *args, **kwargs):
        found = super().__call__(*args, **kwargs)
        unit, kept = self.context, confirmation_of(self.context)
        found["closed"] = is_closed(unit)
        found["confirmed_at"] = json_compatible(kept.at) if kept is not None else None
        found["former_names"] = [
            {"title": name, "until": day.isoformat()} for name, day in history.former_names(unit.getId())
        ]
        found["history"] = [plain_change(one) for one in history.changes_of(unit.getId())]
        return found


def plain_change(one) -> dict:
    """Return a change of a unit as JSON-able data."""
    return {
        "kind": one.kind,
        "effective": one.effective.isoformat(),
        "decision": one.decision,
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
        "before": {name: json_compatible(value) for name, value in one.before},
        "after": {name: json_compatible(value) for name, value in one.after},
        "others": list(one.others),
    }


class _OfDay(Service):
    """What both services share: the day asked for and the units of it below the context."""

    def day(self):
        """Return the day of ``?day=`` (ISO or dd/mm/yyyy), None for one that cannot be read."""
        text = str(self.request.form.get("day", "")).strip()
        try:
            return parse_date(text) if text else today()
        except ValueError:
            return None

    def units(self, day) -> dict:
        """Return the units of that day; today's include closed ones, for ``state=closed`` and ``all``."""
        units = all_units() if "state" in self.request.form else history.units_on(day)
        if not IUnit.providedBy(self.context):
            return units
        root = self.context.getId()
        wanted = {root, *below(units, root)}
        return {key: one for key, one in units.items() if key in wanted}

    def refused(self):
        """Answer that the day is none."""
        self.request.response.setStatus(400)
        return {"error": {"type": "BadRequest", "message": "day: yyyy-mm-dd is wanted"}}


class UnitsGet(_OfDay):
    """``GET @units?q=&sector=&level=&state=&day=``: units in the order of the tree, those below a unit there."""

    def reply(self):
        day = self.day()
        if day is None:
            return self.refused()
        wanted, base = Wanted.read(self.request.form), api.portal.get().absolute_url()
        rows = [
            plain(one, base) | {"depth": depth}
            for one, depth in in_tree_order(self.units(day))
            if day != today() or wanted.fits(one, [name for name, _until in history.former_names(one.id)])
        ]
        return {
            "@id": f"{self.context.absolute_url()}/@units",
            "day": day.isoformat(),
            "items": rows,
            "items_total": len(rows),
        }


class ChartGet(_OfDay):
    """``GET @chart?day=&levels=``: the picture as SVG, and where each unit stands in it."""

    def reply(self):
        day = self.day()
        if day is None:
            return self.refused()
        units = self.units(day)
        root = self.context.getId() if IUnit.providedBy(self.context) else ""
        text = str(self.request.form.get("levels", ""))
        levels = int(text) if text.isdigit() and int(text) > 0 else chart.levels_for(units, root)
        picture = chart.lay_out(units, root, levels)
        return {
            "@id": f"{self.context.absolute_url()}/@chart",
            "day": day.isoformat(),
            "width": picture.width,
            "height": picture.height,
            "boxes": [
                {"id": box.unit.id, "title": box.unit.title, "x": box.x, "y": box.y, "hidden": box.hidden}
                for box in picture.boxes
            ],
            "lines": [list(line) for line in picture.lines],
            "svg": chart.svg(
                picture, "Họp Số", closed={key for key, one in units.items() if one.closed(day)}
            ),
        }
