"""Series of meetings: one record with its rule; its occurrences are ordinary meetings."""

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from hopso import _
from plone import api
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class ISeries(model.Schema):
    """A row of meetings after one rule; everything but the title is set by operations."""

    title = schema.TextLine(title=_("Name of the series"), max_length=500)


@implementer(ISeries)
class Series(Item):
    """What the occurrences have in common.

    rule: a Recurrence; fields: name -> value of the fields that occurrences
    get; agenda: field dicts of their agenda items; clock: ``HH:MM`` in Viet
    Nam; minutes: how long they last; until: the last day (ISO 8601) for which
    occurrences were asked.
    """

    rule = None
    first_day = ""
    clock = "08:00"
    minutes = 90
    fields = None
    agenda = ()
    until = ""
    # What the last operation on several occurrences came to: (day, ok, text) each.
    outcome = ()
    outcome_title = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Day of the rule (ISO 8601) -> UID of its meeting; writes of distant days do not meet.
        self.kept = OOBTree()


def series_of(meeting) -> Series | None:
    """Return the series of *meeting*, None if it stands alone (or its series is gone)."""
    uid = getattr(aq_base(meeting), "series_id", "")
    if not uid:
        return None
    return find_series(uid)


def find_series(uid: str) -> Series | None:
    """Return a series by its UID, whatever the present user may see; None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="MeetingSeries", UID=uid)
    return found[0]._unrestrictedGetObject() if found else None


def occurrences(series_id: str) -> list:
    """Return the meetings of a series (its UID) that the present user may see, by start."""
    series = find_series(series_id)
    if series is None:
        return []
    brains = occurrence_brains(series)
    return [one.getObject() for one in brains]


def occurrence_brains(series, unrestricted: bool = False) -> list:
    """Return the catalog's records of the occurrences, by start, in one query."""
    uids = list(series.kept.values())
    if not uids:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    search = catalog.unrestrictedSearchResults if unrestricted else catalog.searchResults
    return list(search(portal_type="Meeting", UID=uids, sort_on="meeting_start"))


def is_moved(meeting) -> bool:
    """Tell whether an occurrence has another time or other rooms than its series planned."""
    if not meeting.series_id or meeting.series_slot is None:
        return False
    return meeting.start != meeting.series_slot or tuple(meeting.rooms or ()) != tuple(meeting.series_rooms)
