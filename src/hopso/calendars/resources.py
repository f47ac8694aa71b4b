"""Who has a room, a site or the bridge when."""

from datetime import datetime

from hopso.inventory import slots


try:
    from hopso.booking.api import bookings_between
except ImportError:
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class _Booking:
        start: datetime
        end: datetime
        holder: str
        kind: str = "meeting"
        note: str = ""

    def bookings_between(resource: str, start: datetime, end: datetime) -> list:
        """Return the bookings of a room (``room:<UID>``) in a range."""
        kind, _colon, key = resource.partition(":")
        room = slots.room_of(key) if kind == "room" else None
        taken = slots.slots_of(room) if room is not None else ()
        return [_Booking(one.start, one.end, one.meeting) for one in taken if one.overlaps(start, end)]
