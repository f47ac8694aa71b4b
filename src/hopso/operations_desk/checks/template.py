"""What a technical check looks at: items by category, kept as data that the operator edits.

The regulations name some of it (NT-5.1, NT-5.2, NT-6.2 …) and leave the rest
open (TQ-P4), so the list on board is only what one begins with.  Each check
keeps the items that were in force when it was made.
"""

from dataclasses import dataclass
from functools import lru_cache
import json
from pathlib import Path

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.organisation.vocabularies import simple
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.desk.check_template"
DATA = Path(__file__).parent / "data" / "template.json"
ALWAYS, CHAIR, BRIDGE, BACKDROP, CENTRAL = "", "chair", "bridge", "backdrop", "central"

# TQ-P4, NT-5, NT-6.2, NT-7.2, HN-5.5, HN-R/1
Categories = simple(
    ("room", _("Room")),
    ("sound", _("Sound")),
    ("image", _("Image")),
    ("light", _("Light")),
    ("screen", _("Screen and camera")),
    ("link", _("Line and connection")),
    ("power", _("Power")),
    ("safety", _("Safety")),
    ("backdrop", _("Backdrop")),
    ("bridge", _("Other systems")),
    ("standard", _("Standards")),
)
Occasions = simple(
    (ALWAYS, _("At every site")),
    (CHAIR, _("At the chair's site")),
    (CENTRAL, _("At the central point and the control centre")),
    (BRIDGE, _("When other systems are connected")),
    (BACKDROP, _("When one backdrop is required")),
)


@dataclass(frozen=True)
class Item:
    """One thing to look at: *when* is one of the Occasions; *order* sorts inside of all."""

    id: str
    category: str
    text: str
    rule: str = ""
    when: str = ALWAYS
    order: int = 0
    retired: bool = False


@lru_cache(maxsize=1)
def on_board() -> tuple[Item, ...]:
    """Return the items that a new site begins with."""
    data = json.loads(DATA.read_text("utf-8"))
    return tuple(
        Item(
            one["id"],
            one["category"],
            one["text"],
            one.get("rule", ""),
            one.get("when", ALWAYS),
            10 * number,
        )
        for number, one in enumerate(data["items"], 1)
    )


class TemplateStore(Persistent):
    """What was changed of the items on board: id -> Item."""

    def __init__(self):
        self.items = OOBTree()


def ensure_store(portal) -> TemplateStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = TemplateStore()
    return annotations[KEY]


def store() -> TemplateStore:
    """Return the store of the present site."""
    return IAnnotations(api.portal.get())[KEY]


def all_items() -> list[Item]:
    """Return every item, retired ones too, in order."""
    found = {one.id: one for one in on_board()} | dict(store().items)
    return sorted(found.values(), key=lambda one: (one.order, one.id))


def items_for(occasions) -> tuple[Item, ...]:
    """Return the items in force for a place at which these *occasions* apply."""
    return tuple(
        one for one in all_items() if not one.retired and (one.when == ALWAYS or one.when in occasions)
    )
