"""Events that other rooms send so that reading leaves a trace."""

from dataclasses import dataclass
from dataclasses import field


@dataclass
class ItemRead:
    """*context* was read or fetched in a way that has to be on record.

    how: ``download``, ``view`` or ``export``; details: plain values, no content.
    """

    context: object
    how: str = "download"
    details: dict = field(default_factory=dict)
