"""Parameters of the operations on accounts; days are days in Viet Nam."""

from hopso import _
from zope import schema
from zope.interface import Interface


class IPerson(Interface):
    """Whose account it is."""

    user = schema.TextLine(title=_("User name"), max_length=60)


class IDecision(Interface):
    """The decision that a change of an account carries out (BD-4.3)."""

    decision = schema.TextLine(title=_("Number of the decision"), required=False, default="", max_length=100)
    decided_on = schema.Date(title=_("Date of the decision"), required=False)
    effective_on = schema.Date(title=_("In force from"), required=False)


class INewAccount(IDecision):
    """A new account."""

    fullname = schema.TextLine(title=_("Full name"), max_length=120)
    email = schema.TextLine(title=_("Official e-mail"), max_length=200)
    phone = schema.TextLine(title=_("Telephone"), required=False, default="", max_length=40)
    user = schema.TextLine(
        title=_("User name"),
        description=_("Left empty, it is made from the name: Nguyễn Văn Bình becomes binhnv."),
        required=False,
        default="",
        max_length=40,
    )
    employment_kind = schema.Choice(
        title=_("Kind of employment"), vocabulary="hopso.StaffKinds", default="civil_servant"
    )
    function = schema.Choice(title=_("Function"), vocabulary="hopso.Functions", default="members")
    position = schema.TextLine(title=_("Position"), required=False, default="", max_length=200)
    event = schema.Choice(title=_("Personnel event"), vocabulary="hopso.JoiningEvents", required=False)
    assignment_document = schema.TextLine(
        title=_("Document of assignment"),
        description=_("Of administrators: the paper by which the unit names who keeps the account."),
        required=False,
        default="",
        max_length=100,
    )
    password = schema.TextLine(
        title=_("Temporary password"),
        description=_("Left empty, a link for choosing a password is sent by mail."),
        required=False,
        default="",
        max_length=100,
    )
    namesake = schema.Bool(
        title=_("Another person of the same name with the same telephone"), required=False, default=False
    )


class IChangedAccount(IPerson, IDecision):
    """New data of a person; what is left out stays as it is."""

    fullname = schema.TextLine(title=_("Full name"), required=False, max_length=120)
    email = schema.TextLine(title=_("Official e-mail"), required=False, max_length=200)
    phone = schema.TextLine(title=_("Telephone"), required=False, max_length=40)
    employment_kind = schema.Choice(
        title=_("Kind of employment"), vocabulary="hopso.StaffKinds", required=False
    )
    event = schema.Choice(title=_("Personnel event"), vocabulary="hopso.ChangingEvents", required=False)


class ITransfer(IPerson):
    """A person goes to another unit, by decision."""

    to_unit = schema.Choice(title=_("New unit"), vocabulary="hopso.Units")
    event = schema.Choice(title=_("Personnel event"), vocabulary="hopso.MovingEvents", default="transfer")
    decision = schema.TextLine(title=_("Number of the decision"), max_length=100)
    decided_on = schema.Date(title=_("Date of the decision"))
    effective_on = schema.Date(title=_("In force from"), required=False)
    function = schema.Choice(
        title=_("Function in the new unit"),
        description=_("Only if you look after the new unit too; else its administrator gives it."),
        vocabulary="hopso.Functions",
        required=False,
    )
    position = schema.TextLine(title=_("Position"), required=False, default="", max_length=200)


class ILeaving(IPerson):
    """A person leaves, or an account is closed for another reason (BD-4.3.b)."""

    event = schema.Choice(title=_("Personnel event"), vocabulary="hopso.LeavingEvents", default="leave")
    decision = schema.TextLine(title=_("Number of the decision"), required=False, default="", max_length=100)
    decided_on = schema.Date(title=_("Date of the decision"), required=False)
    effective_on = schema.Date(
        title=_("In force from"),
        description=_("Left empty: at once. On a later day the account is closed by itself."),
        required=False,
    )
    reason = schema.Text(title=_("Reason"), required=False, default="", max_length=2000)


class IReturning(IPerson, IDecision):
    """An account is opened again."""

    reason = schema.Text(title=_("Reason"), max_length=2000)


class IFunction(IPerson):
    """A function of a person in a unit (default: the unit itself)."""

    unit = schema.Choice(title=_("Unit"), vocabulary="hopso.Units", required=False)
    function = schema.Choice(title=_("Function"), vocabulary="hopso.Functions", default="members")


class IAssignment(IFunction):
    """A function that a person is given."""

    position = schema.TextLine(title=_("Position"), required=False, default="", max_length=200)
    since = schema.Date(title=_("From"), description=_("Left empty: from now on."), required=False)
    until = schema.Date(title=_("Until day"), description=_("The last day."), required=False)
    assignment_document = schema.TextLine(
        title=_("Document of assignment"),
        description=_("Of administrators: the paper by which the unit names who keeps the account."),
        required=False,
        default="",
        max_length=100,
    )


class IPasswordOrder(Interface):
    """Several people have to change their passwords (BD-4.5/3)."""

    users = schema.Tuple(title=_("People"), value_type=schema.TextLine(), min_length=1)
    reference = schema.TextLine(
        title=_("Reference of the order"),
        description=_("Number and date of the paper by which the competent body directs it."),
        max_length=200,
    )


class IPasswordReset(IPerson):
    """A person cannot come in any more."""

    password = schema.TextLine(
        title=_("Temporary password"),
        description=_("Left empty, a link for choosing a password is sent by mail."),
        required=False,
        default="",
        max_length=100,
    )


class IExtension(IPerson):
    """A guest stays longer."""

    expires_on = schema.Date(title=_("Last day"))


class IOnboarding(Interface):
    """The first administrator of a unit (BD-4.2)."""

    fullname = schema.TextLine(title=_("Full name"), max_length=120)
    email = schema.TextLine(title=_("Official e-mail"), max_length=200)
    phone = schema.TextLine(title=_("Telephone"), required=False, default="", max_length=40)
    user = schema.TextLine(
        title=_("User name"),
        description=_("Left empty, it is made from the name: Nguyễn Văn Bình becomes binhnv."),
        required=False,
        default="",
        max_length=40,
    )
    employment_kind = schema.Choice(
        title=_("Kind of employment"), vocabulary="hopso.StaffKinds", default="civil_servant"
    )
    position = schema.TextLine(title=_("Position"), required=False, default="", max_length=200)
    assignment_document = schema.TextLine(
        title=_("Document of assignment"),
        description=_("Of administrators: the paper by which the unit names who keeps the account."),
        max_length=100,
    )
    password = schema.TextLine(
        title=_("Temporary password"),
        description=_("Left empty, a link for choosing a password is sent by mail."),
        required=False,
        default="",
        max_length=100,
    )


class IGuest(Interface):
    """Somebody from outside who is to take part in one meeting (BD-2.3)."""

    fullname = schema.TextLine(title=_("Full name"), max_length=120)
    email = schema.TextLine(title=_("E-mail"), max_length=200)
    organisation = schema.TextLine(title=_("Organisation"), required=False, default="", max_length=200)
    phone = schema.TextLine(title=_("Telephone"), required=False, default="", max_length=40)


class IGuestOut(IPerson):
    """A guest is invited no more."""
