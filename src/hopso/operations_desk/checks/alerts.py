"""Who is told of a missed check and of faults: registrar, operator, host's officer, the site itself."""

from hopso import _
from hopso.core.text import datetime_text
from hopso.notifications import recipients
from hopso.notifications.occasions import Occasion
from hopso.operations_desk import place as desk
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.checks.records import check_store
from hopso.organisation.assignments import assignment_store
from plone import api
from plone.uuid.interfaces import IUUID


def _of_unit(unit_id: str, *functions: str) -> list[str]:
    return [user_id for user_id, _one in assignment_store().of_unit(unit_id, *functions)] if unit_id else []


def concerned(meeting, unit_id: str) -> list[str]:
    """Return the user ids of those who must know that a site is not ready."""
    operator = desk.operator_unit()
    running = operator.getId() if operator is not None else ""
    return recipients.unique(
        recipients.registrars(meeting),
        _of_unit(running, "admins", "technicians", "registrars"),
        [meeting.host_contact or ""],
        _of_unit(unit_id, "admins", "technicians"),
    )


def check_missed(event):
    """Tell those concerned, with the place and the time; most of them may not read the meeting."""
    meeting, place = event.context, event.params["place"]
    record = check_store().get(IUUID(meeting), place)
    title = place_titles([place]).get(place, "")
    text = _("${place}, due ${due}", mapping={"place": title, "due": datetime_text(record.due)})
    yield Occasion(
        "check_missed",
        meeting,
        concerned(meeting, record.unit),
        stamp=f"{place}:{record.due:%Y%m%dT%H%M}",
        comment=api.portal.translate(text, lang=api.portal.get_default_language()[:2]),
    )


TELLERS = {"meeting.miss_check": check_missed}
