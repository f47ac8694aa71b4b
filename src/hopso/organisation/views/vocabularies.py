"""``/@@vocabularies``: the values that administrators keep."""

from hopso import _
from hopso.core.text import date_text
from hopso.organisation import managed
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from zope.i18n import translate


def listing(kind: str, request) -> list[dict]:
    """Return the values of a kind as plain data: id, title, uses, retired (aware datetime or None)."""
    counted, by_title = managed.uses(kind), managed.KINDS[kind].by_title
    found = []
    for one in managed.values_of(kind):
        title = translate(one.title, context=request)
        found.append(
            {
                "id": one.id,
                "title": title,
                "uses": counted.get(title if by_title else one.id, 0),
                "retired": one.retired_at,
                "online": one.online_recommended,
                "basis": one.basis,
            }
        )
    return found


class ManagedVocabularies(BrowserView):
    """One vocabulary at a time; ``kind`` says which."""

    page_title = _("Vocabularies")
    helps = {
        "positions": _(
            "Positions of people in units. Positions of former days that are no value stay readable."
        ),
        "meeting_types": _("Types of meetings, chosen at the registration."),
        "document_kinds": _("Kinds of documents, chosen when they are put before a meeting."),
        "issuing_bodies": _(
            "Bodies that are proposed as issuers of documents; the units are proposed as well."
        ),
    }

    @property
    def kind(self) -> str:
        """The vocabulary asked for."""
        wanted = self.request.form.get("kind", "")
        return wanted if wanted in managed.KINDS else "positions"

    def kinds(self) -> list[dict]:
        """Return the vocabularies to choose from."""
        url = f"{self.context.absolute_url()}/@@vocabularies"
        return [
            {
                "title": managed.KINDS[name].title,
                "url": f"{url}?kind={name}",
                "current": "page" if name == self.kind else None,
            }
            for name in self.helps
        ]

    def title(self):
        """Name of the vocabulary."""
        return managed.KINDS[self.kind].title

    def help(self):
        """What the vocabulary is for."""
        return self.helps[self.kind]

    def has_online(self) -> bool:
        """Tell whether values of this vocabulary may be recommended for holding online."""
        return self.kind == "meeting_types"

    def values(self) -> list[dict]:
        """Return the rows, each with the orders that its arrows ask for."""
        rows = listing(self.kind, self.request)
        ids = [row["id"] for row in rows]
        for number, row in enumerate(rows):
            row["retired_on"] = date_text(row["retired"]) if row["retired"] else ""
            row["up"] = _swapped(ids, number - 1) if number else None
            row["down"] = _swapped(ids, number) if number + 1 < len(ids) else None
        return rows

    def here(self) -> str:
        """Return the address of this page."""
        return f"{self.context.absolute_url()}/@@vocabularies?kind={self.kind}"

    def token(self) -> str:
        """Return the token of forms."""
        return createToken()


def _swapped(ids, number) -> list[str]:
    found = list(ids)
    found[number], found[number + 1] = found[number + 1], found[number]
    return found
