"""The backdrop of a meeting: what stands on it, and its files once they are made; on the meeting."""

from dataclasses import dataclass
from datetime import datetime
import hashlib
import re

from hopso import _
from hopso.organisation.vocabularies import simple
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.desk.backdrop"
FILES = {
    "png": ("image/png", "phong-nen-1920x1080.png"),
    "png4k": ("image/png", "phong-nen-3840x2160.png"),
    "pdf": ("application/pdf", "phong-nen.pdf"),
}
COLOURS = {
    "red": ("#b01116", "#ffe9a8"),
    "blue": ("#0f4c81", "#ffffff"),
    "green": ("#145a3c", "#ffffff"),
    "white": ("#ffffff", "#0b3a63"),
}
BackdropColours = simple(
    ("red", _("Red, yellow letters")),
    ("blue", _("Blue, white letters")),
    ("green", _("Green, white letters")),
    ("white", _("White, blue letters")),
)


@dataclass(frozen=True)
class Spec:
    """What stands on a backdrop: the line above, the title, place and date below; colours by name."""

    upper: str
    title: str
    lower: str
    colours: str = "red"

    @property
    def background(self) -> str:
        """Colour of the ground, ``#rrggbb``."""
        return COLOURS[self.colours][0]

    @property
    def ink(self) -> str:
        """Colour of the letters, ``#rrggbb``."""
        return COLOURS[self.colours][1]

    @property
    def digest(self) -> str:
        """What tells one backdrop from another."""
        said = "\n".join((self.upper, self.title, self.lower, self.colours))
        return hashlib.sha256(re.sub(r"\s+", " ", said).encode()).hexdigest()[:16]


class Backdrop(Persistent):
    """A spec, who made it when, whether the sites get it, and the files (NamedBlobFile) by kind."""

    released_at = None
    released_by = ""
    problem = ""

    def __init__(self, spec: Spec, by: str, at: datetime):
        self.spec, self.made_by, self.made_at = spec, by, at
        self.files = {}
        self.digests = {}

    @property
    def ready(self) -> bool:
        """Whether the files are there."""
        return bool(self.files)


def backdrop_of(meeting) -> Backdrop | None:
    """Return the backdrop of *meeting*, None without one."""
    return IAnnotations(meeting).get(KEY)


def keep(meeting, backdrop: Backdrop) -> Backdrop:
    """Put a backdrop in the place of the former one."""
    IAnnotations(meeting)[KEY] = backdrop
    return backdrop
