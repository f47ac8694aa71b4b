"""What a reorganisation would do, told to people before it is done."""

from hopso import _
from hopso.organisation import effects
from hopso.organisation.names import person_names
from hopso.organisation.tree import all_units
from zope.i18n import translate


LISTED = 200  # names of a list before "and … more"


class Preview:
    """The effects of a draft, as people read them."""

    def __init__(self, draft, request):
        self.draft = draft
        self.request = request
        self.units = all_units()
        for effect in draft.effects:
            if isinstance(effect, effects.Create):
                self.units[effect.facts.id] = effect.facts
        users = {
            user for one in self._hand_overs() for user in (*one.people, *(u for u, _f in one.functions))
        }
        self.names = person_names(users)

    def _hand_overs(self):
        return [one for one in self.draft.effects if isinstance(one, effects.HandOver)]

    def title(self, unit_id: str) -> str:
        """Return the name of a unit, also of one that is still to be made."""
        if not unit_id:
            return translate(_("the province itself"), context=self.request)
        one = self.units.get(unit_id)
        return f"{one.title} ({one.code})" if one is not None else unit_id

    def problems(self) -> list[dict]:
        """Return what stands in the way; the number of the step is 0 for the whole."""
        return [
            {"step": one.step, "text": translate(one.text, context=self.request)}
            for one in self.draft.problems
        ]

    def totals(self) -> list[dict]:
        """Return how much of what would move or change."""
        given = self._hand_overs()
        kinds = [type(one).__name__ for one in self.draft.effects]
        rows = (
            (_("New units"), kinds.count("Create")),
            (_("Units that end"), kinds.count("Close")),
            (_("Units that move"), kinds.count("Move")),
            (_("Units with another name or code"), kinds.count("Rename")),
            (_("People with a new home unit"), len({user for one in given for user in one.people})),
            (_("Functions given anew"), sum(len(one.functions) for one in given)),
            (_("Open meetings that move"), sum(len(one.meetings) for one in given)),
            (_("Rooms that move"), sum(len(one.rooms) for one in given)),
            (_("Devices that move"), sum(len(one.devices) for one in given)),
            (_("Invitations handed on"), sum(len(one.invitations) for one in given)),
        )
        return [{"title": title, "count": count} for title, count in rows if count]

    def lines(self) -> list[dict]:
        """Return each effect: what happens, and the lists of what moves."""
        return [getattr(self, f"_{type(one).__name__.lower()}")(one) for one in self.draft.effects]

    def _line(self, text, *lists) -> dict:
        shown = [
            {
                "title": title,
                "count": len(names),
                "names": names[:LISTED],
                "more": max(0, len(names) - LISTED),
            }
            for title, names in lists
            if names
        ]
        return {"text": translate(text, context=self.request), "lists": shown}

    def _create(self, one):
        mapping = {"title": self.title(one.facts.id), "parent": self.title(one.facts.parent)}
        return self._line(_("Founded: ${title}, below ${parent}", mapping=mapping))

    def _rename(self, one):
        new = f"{one.title} ({one.code})"
        return self._line(
            _("Renamed: ${old} becomes ${new}", mapping={"old": self.title(one.unit), "new": new})
        )

    def _move(self, one):
        mapping = {"title": self.title(one.unit), "parent": self.title(one.parent)}
        return self._line(_("Moved: ${title} goes below ${parent}", mapping=mapping))

    def _close(self, one):
        names = ", ".join(self.title(unit_id) for unit_id in one.successors)
        if not names:
            return self._line(_("Closed: ${title}", mapping={"title": self.title(one.unit)}))
        mapping = {"title": self.title(one.unit), "successors": names}
        return self._line(_("Closed: ${title}, followed by ${successors}", mapping=mapping))

    def _handover(self, one):
        mapping = {"source": self.title(one.source), "target": self.title(one.target)}
        people = sorted(self.names.get(user, user) for user in one.people)
        functions = sorted({self.names.get(user, user) for user, _function in one.functions})
        return self._line(
            _("${source} hands over to ${target}", mapping=mapping),
            (_("People"), people),
            (_("Whose functions go along"), functions),
            (_("Open meetings"), [title for _uid, title in one.meetings]),
            (_("Rooms"), [title for _uid, title in one.rooms]),
            (_("Devices"), [title for _uid, title in one.devices]),
            (_("Invitations to meetings"), [title for _uid, title in one.invitations]),
            (_("Meetings in preparation"), [title for _uid, title in one.preparing]),
        )
