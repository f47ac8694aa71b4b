"""What the body that runs the system makes of feedback: a plan for each, one letter for many (BD-11.4, TQ-P6/2)."""

from datetime import date

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.operations_desk.content import IFeedback
from hopso.operations_desk.operations.feedback import forward
from hopso.operations_desk.operations.feedback import HANDLE
from hopso.organisation.content import IUnit
from hopso.organisation.vocabularies import unit_title
from hopso.policy.register import rule
from hopso.registers.figures import span_of
from plone import api
from zope import schema
from zope.interface import Interface


OPEN = ("sent", "in_hand")


class IPlanOfFeedback(Interface):
    """What will be repaired, improved or upgraded, and until when."""

    plan = schema.Text(title=_("Plan"), max_length=20_000)
    planned_on = schema.Date(title=_("Planned for"), required=False)


class ICompilation(Interface):
    """Which feedback goes on together, to whom, by which letter."""

    category = schema.Choice(title=_("Category"), vocabulary="hopso.FeedbackCategories", required=False)
    first = schema.Date(title=_("From day"), required=False)
    last = schema.Date(title=_("To day"), required=False)
    to = schema.TextLine(title=_("Forwarded to"), required=False, default="", max_length=250)
    number = schema.TextLine(title=_("Number of the letter"), max_length=60)


@operation(
    "feedback.plan", IFeedback, title=_("Enter a plan"), permission=HANDLE,
    states=(*OPEN, "forwarded"), schema=IPlanOfFeedback, order=15,
    help=_("The sender reads it on the page."),
)  # fmt: skip
@rule("BD-11.4")
def plan(feedback, plan, planned_on):
    """Say what will be done about it and by when; the sender sees it."""
    feedback.plan, feedback.planned_on = plan, planned_on
    feedback.reindexObject()


@operation(
    "feedback.compile", IUnit, title=_("Compile feedback and take it to the committee"), permission=HANDLE,
    schema=ICompilation, order=460,
    help=_("Everything that is not answered yet goes on under one letter; senders are told."),
)  # fmt: skip
@rule("TQ-P6/2", "NA-6.4", "NT-15.3")
def compile_feedback(unit, category, first, last, to, number):
    """Forward all open feedback of *unit* (of a category, of a period) under one letter; return how many."""
    if first and last and last < first:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"last": _("The period ends before it begins.")}
        )
    query = {"portal_type": "Feedback", "path": "/".join(unit.getPhysicalPath()), "review_state": list(OPEN)}
    if first or last:
        query["created"] = span_of(first or date(2000, 1, 1), last or date(2100, 1, 1))
    found = [
        brain
        for brain in api.portal.get_tool("portal_catalog")(**query)
        if not category or brain.desk_facts["category"] == category
    ]
    if not found:
        raise errors.WrongState(_("There is no open feedback of this kind."))
    for brain in found:
        forward(brain.getObject(), to=to, number=number)
    return len(found)


def digest(unit, first: date, last: date) -> list[dict]:
    """Return feedback that the present user may see, by category and sending unit, with how many were answered."""
    catalog, rows = api.portal.get_tool("portal_catalog"), {}
    path = "/".join(unit.getPhysicalPath())
    for brain in catalog(portal_type="Feedback", path=path, created=span_of(first, last)):
        facts = brain.desk_facts
        row = rows.setdefault(
            (facts["category"], facts["from_unit"]), {"all": 0, "answered": 0, "forwarded": 0}
        )
        row["all"] += 1
        row["answered"] += facts["answered_at"] is not None
        row["forwarded"] += facts["forwarded_at"] is not None
    return [
        {"category": category, "unit": unit_title(sender or "") or sender or "", **row}
        for (category, sender), row in sorted(rows.items())
    ]
