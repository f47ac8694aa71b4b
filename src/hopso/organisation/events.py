"""What other rooms may want to follow."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PeopleHandedOver:
    """Event: a reorganisation gave what one unit held to another (both ids).

    people: user ids of the accounts that have a new home; moment: since when, UTC.
    Rooms of the house that keep records by unit subscribe to it and move the open ones.
    """

    source: str
    target: str
    people: tuple
    moment: datetime
