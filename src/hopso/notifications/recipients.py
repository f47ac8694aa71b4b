"""Who is told: user ids, each once."""

from hopso.meetings import participation
from hopso.organisation.assignments import assignment_store
from hopso.organisation.groups import SPEAKS_FOR_UNIT


def unique(*groups) -> list[str]:
    """Return user ids in order, each once, empty ones left out."""
    return list(dict.fromkeys(user_id for group in groups for user_id in group if user_id))


def registrars(meeting) -> list[str]:
    """Return those who receive the registration by the meeting's policy (BD-6.1/1, NA-4.1/1, NT-10.2, TQ-P7/3)."""
    from hopso.meetings.approval.registrar import people_of  # which asks for meetings, and these for mails

    return unique(people_of(meeting))


def admins(meeting) -> list[str]:
    """Return the administrators of the host unit."""
    return unique(user_id for user_id, _one in assignment_store().of_unit(meeting.host_unit or "", "admins"))


def preparers(meeting) -> list[str]:
    """Return the preparer, or whoever made the meeting."""
    return unique([meeting.preparer or meeting.Creator()])


def invited(meeting) -> list[str]:
    """Return everybody who is to come: delegates, guests, those who speak for invited units, the chair …"""
    store, found = assignment_store(), []
    for principal, parts in participation.wanted_parts(meeting).items():
        sort, _colon, value = principal.partition(":")
        # Who prepares and who serves the meeting is not invited by that.
        if not parts - {"preparer", "technicians"}:
            continue
        if sort == "user":
            found.append([value])
        elif sort == "unit":
            found.append(user_id for user_id, _one in store.of_unit(value, *SPEAKS_FOR_UNIT))
    return unique(*found)
