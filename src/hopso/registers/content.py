"""Entries of registers, and periodic reports.

An entry says what was planned, for whom, and what came of it; which of its
fields are used depends on its book (``books.py``).  Only operations change one.
"""

from hopso import _
from hopso.core.moments import Moment
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


def words(title, vocabulary=None, *, many=False):
    """Return a field of one value or of many, of a vocabulary if one is named."""
    one = schema.Choice(title=title, vocabulary=vocabulary, required=False) if vocabulary else None
    if not many:
        return one or schema.TextLine(title=title, required=False)
    return schema.Tuple(
        title=title,
        value_type=one or schema.TextLine(title=title),
        required=False,
        default=(),
        missing_value=(),
    )


class IRegisterEntry(model.Schema):
    """One line of a register.

    ``book`` is a key of ``books.BOOKS``.  Sites are UIDs, people user ids, units
    unit ids; ``amount`` is in đồng; ``months`` the interval of something recurring.
    """

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    book = schema.TextLine(title=_("Register"))
    kind = words(_("Kind"))
    year = schema.Int(title=_("Year"), required=False)
    planned_on = schema.Date(title=_("Planned for"), required=False)
    content = schema.Text(title=_("Content"), required=False)
    responsible = words(_("Responsible"), "hopso.People")
    sites = words(_("Sites"), "hopso.Sites", many=True)
    concerned_unit = words(_("Unit concerned"), "hopso.Units")
    people = words(_("People"), "hopso.People", many=True)
    trainer = words(_("Trainer"))
    amount = schema.Int(title=_("Amount (VND)"), required=False)
    months = schema.Int(title=_("Repeated every (months)"), required=False)
    submitted_to = words(_("Submitted to"))
    document_number = words(_("Number of the letter"))
    submitted_on = schema.Date(title=_("Submitted on"), required=False)
    outcome = words(_("Outcome"))
    decision_number = words(_("Number of the decision"))
    decided_on = schema.Date(title=_("Date of the decision"), required=False)
    done_on = schema.Date(title=_("Done on"), required=False)
    result = schema.Text(title=_("Result"), required=False)
    attended = words(_("Took part"), "hopso.People", many=True)
    follow_up_due = schema.Date(title=_("To be carried out by"), required=False)
    followed_up_on = schema.Date(title=_("Carried out on"), required=False)
    follow_up = schema.Text(title=_("How it was carried out"), required=False)


@implementer(IRegisterEntry)
class RegisterEntry(Item):
    """An entry, in the folder of its unit and year."""


class IPeriodicReport(model.Schema):
    """The report of a unit on a period: figures from the data, an assessment and proposals by people.

    ``figures`` are frozen when it is handed in; until then the page shows the present ones.
    """

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    actor = schema.TextLine(title=_("Who reports"))
    months = schema.Int(title=_("Length of the period (months)"))
    first = schema.Date(title=_("From day"))
    last = schema.Date(title=_("To day"))
    due = schema.Date(title=_("To be handed in by"))
    rule = schema.TextLine(title=_("Provision"), required=False)
    assessment = schema.Text(title=_("Assessment"), required=False)
    proposals = schema.Text(title=_("Proposals"), required=False)
    receiver = words(_("Receiver"), "hopso.Units")
    number = words(_("Number of the report"))
    submitted_at = schema.Datetime(title=_("Handed in"), required=False)
    submitted_by = words(_("Handed in by"))
    comment = schema.Text(title=_("Comment"), required=False)


@implementer(IPeriodicReport)
class PeriodicReport(Item):
    """A periodic report, in the folder of the unit that writes it."""

    submitted_at = Moment()
    figures = None  # dict of whole numbers, from the day of handing in
