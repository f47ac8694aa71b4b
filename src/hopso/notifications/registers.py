"""Who is told what about registers and periodic reports."""

from hopso.notifications.occasions import Occasion
from hopso.operations_desk.place import find_unit
from hopso.operations_desk.place import people_of
from hopso.organisation.assignments import assignment_store
from hopso.organisation.place import unit_of


def _handed_in(event):
    receiver = find_unit(event.context.receiver or "")
    if receiver is not None:
        yield Occasion("report_submitted", event.context, people_of(receiver, "admins", "coordinators"))


def _writers(kind):
    def tell(event):
        yield Occasion(kind, event.context, people_of(unit_of(event.context), "admins", "leaders"))

    return tell


def _inspected(event):
    held = assignment_store().of_unit(event.result.concerned_unit or "", "admins", "leaders")
    yield Occasion("inspection_planned", event.result, sorted({user_id for user_id, _one in held}))


def _trained(event):
    yield Occasion("training_planned", event.result, list(event.result.people or ()))


TELLERS = {
    "report.submit": _handed_in,
    "report.return": _writers("report_returned"),
    "report.accept": _writers("report_accepted"),
    "register.plan_inspection": _inspected,
    "register.plan_training": _trained,
}
