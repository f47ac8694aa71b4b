"""Parameters of the operations on registers and reports."""

from hopso import _
from zope import schema
from zope.interface import Interface


LONG = 20_000


def sites(required=False):
    return schema.Tuple(
        title=_("Sites"), value_type=schema.Choice(vocabulary="hopso.Sites"), required=required, default=()
    )


def people(title, required=False):
    return schema.Tuple(
        title=title,
        value_type=schema.Choice(vocabulary="hopso.People"),
        required=required,
        default=None if required else (),
        min_length=1 if required else 0,
    )


class IMaintenancePlan(Interface):
    """What is to be checked, maintained or extended, when, by whom."""

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    kind = schema.Choice(title=_("Kind"), vocabulary="hopso.MaintenanceKinds", default="periodic_check")
    planned_on = schema.Date(title=_("Planned for"))
    sites = sites()
    responsible = schema.Choice(title=_("Responsible"), vocabulary="hopso.People", required=False)
    content = schema.Text(title=_("Content"), required=False, default="", max_length=LONG)
    months = schema.Int(
        title=_("Repeated every (months)"),
        description=_("When it is done, the next one is planned by itself. Empty: once."),
        required=False,
        min=1,
        max=60,
    )


class ISiteResult(Interface):
    """What was found at one site."""

    site = schema.Choice(title=_("Site"), vocabulary="hopso.Sites")
    outcome = schema.Choice(title=_("Outcome"), vocabulary="hopso.SiteOutcomes", default="good")
    note = schema.TextLine(title=_("Note"), required=False, default="", max_length=1000)


class IDone(Interface):
    """How it ended."""

    result = schema.Text(title=_("Result"), max_length=LONG)
    done_on = schema.Date(title=_("Done on"), description=_("Left empty: today."), required=False)


class ITrainingPlan(Interface):
    """A class, or the need of one."""

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    planned_on = schema.Date(title=_("Planned for"), required=False)
    trainer = schema.TextLine(title=_("Trainer"), required=False, default="", max_length=250)
    people = people(_("People"))
    content = schema.Text(title=_("Content"), required=False, default="", max_length=LONG)


class IHeld(Interface):
    """Who took part in a class."""

    attended = people(_("Took part"), required=True)
    result = schema.Text(title=_("Result"), required=False, default="", max_length=LONG)
    done_on = schema.Date(title=_("Done on"), description=_("Left empty: today."), required=False)


class IInspectionPlan(Interface):
    """Whom an inspection is about, and when."""

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    concerned_unit = schema.Choice(title=_("Unit concerned"), vocabulary="hopso.Units")
    planned_on = schema.Date(title=_("Planned for"))
    responsible = schema.Choice(title=_("Responsible"), vocabulary="hopso.People", required=False)
    content = schema.Text(title=_("Content"), required=False, default="", max_length=LONG)


class IFindings(Interface):
    """What an inspection found and recommends."""

    result = schema.Text(title=_("Findings"), max_length=LONG)
    recommendations = schema.Text(title=_("Recommendations"), required=False, default="", max_length=LONG)
    follow_up_due = schema.Date(title=_("To be carried out by"), required=False)
    done_on = schema.Date(title=_("Done on"), description=_("Left empty: today."), required=False)


class IFollowUp(Interface):
    """How recommendations were carried out."""

    follow_up = schema.Text(title=_("How it was carried out"), max_length=LONG)


class IPlanDraft(Interface):
    """A yearly plan or a budget."""

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    kind = schema.Choice(title=_("Kind"), vocabulary="hopso.PlanKinds", default="upkeep")
    year = schema.Int(title=_("Year"), min=2000, max=2100)
    content = schema.Text(title=_("Content"), max_length=LONG)
    amount = schema.Int(title=_("Amount (VND)"), required=False, min=0, max=10**15)


class ISubmission(Interface):
    """To whom a plan was submitted, by which letter."""

    submitted_to = schema.TextLine(title=_("Submitted to"), max_length=250)
    document_number = schema.TextLine(title=_("Number of the letter"), max_length=60)
    submitted_on = schema.Date(title=_("Submitted on"), description=_("Left empty: today."), required=False)


class IPlanDecision(Interface):
    """What was decided about a plan."""

    outcome = schema.Choice(title=_("Outcome"), vocabulary="hopso.PlanOutcomes", default="approved")
    decision_number = schema.TextLine(title=_("Number of the decision"), max_length=60)
    decided_on = schema.Date(title=_("Date of the decision"), required=False)
    amount = schema.Int(title=_("Amount granted (VND)"), required=False, min=0, max=10**15)


class ICommendation(Interface):
    """Who is commended for what."""

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    concerned_unit = schema.Choice(title=_("Unit concerned"), vocabulary="hopso.Units", required=False)
    people = people(_("People"))
    content = schema.Text(title=_("Achievement"), max_length=LONG)
    decision_number = schema.TextLine(title=_("Number of the decision"), max_length=60)
    decided_on = schema.Date(title=_("Date of the decision"), required=False)


class IReason(Interface):
    """A reason that must be given."""

    reason = schema.Text(title=_("Reason"), max_length=5000)


class INewReport(Interface):
    """Which report: the last day of the period, and its length."""

    actor = schema.TextLine(title=_("Who reports"), default="units", max_length=60)
    months = schema.Int(title=_("Length of the period (months)"), min=1, max=12, default=12)
    last = schema.Date(title=_("Last day of the period"))


class IReportText(Interface):
    """What people say in a report."""

    assessment = schema.Text(title=_("Assessment"), required=False, default="", max_length=LONG)
    proposals = schema.Text(title=_("Proposals"), required=False, default="", max_length=LONG)


class IHandIn(Interface):
    """Under which number a report is handed in."""

    number = schema.TextLine(title=_("Number of the report"), required=False, default="", max_length=60)


class IComment(Interface):
    """A comment that must be given."""

    comment = schema.Text(title=_("Comment"), max_length=5000)
