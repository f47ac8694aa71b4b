"""Requests of people about their own data, and the decisions on them (BD-5.3)."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import now
from hopso.operations_desk import parameters
from hopso.operations_desk import place
from hopso.operations_desk.content import IDataRequest
from hopso.operations_desk.personal import erase
from hopso.operations_desk.vocabularies import DataRequestKinds
from hopso.organisation.content import IUnit
from plone import api


DECIDE = "hopso: Decide data request"


@operation(
    "data.request", IUnit, title=_("Ask for a change of my data"), permission="hopso: Use the site",
    schema=parameters.IDataWish, order=330, confidential=("what",),
    help=_("The administrators of the unit that keeps your account decide, and say why."),
)  # fmt: skip
def request_change(unit, kind, what):
    """Ask for correction or erasure of the own data, where the own account is kept; return the request."""
    user_id = api.user.get_current().getId()
    home = place.home_unit_of(user_id) or place.operator_unit()
    if home is None or home.getId() != unit.getId():
        raise errors.Denied(_("Your account is kept by another unit."))
    language = api.portal.get_default_language()[:2]
    return place.put(
        unit,
        "DataRequest",
        title=api.portal.translate(DataRequestKinds(None).getTerm(kind).title, lang=language),
        kind=kind,
        what=what,
        person=user_id,
        asked_at=now(),
    )


@operation(
    "data.grant", IDataRequest, title=_("Grant"), permission=DECIDE,
    states=("asked",), schema=parameters.IGrant, order=10, primary=True, confidential=("reason",),
    help=_("Records that the law on archives asks for stay; they name the account."),
)  # fmt: skip
def grant(request, reason, **ticked):
    """Grant the request; what is ticked is erased at once."""
    _refuse_own(request)
    parts = [name.removeprefix("erase_") for name, wanted in ticked.items() if wanted]
    if parts and request.kind != "erase":
        message = _("Erasure was not asked for.")
        raise errors.Invalid(message, errors={f"erase_{parts[0]}": message})
    request.erased = erase(request.person, parts)
    _decide(request, "grant", reason)


@operation(
    "data.refuse", IDataRequest, title=_("Refuse"), permission=DECIDE,
    states=("asked",), schema=parameters.IReason, order=20, confidential=("reason",),
)  # fmt: skip
def refuse(request, reason):
    """Refuse the request, with the reason."""
    _refuse_own(request)
    _decide(request, "refuse", reason)


def _refuse_own(request):
    if request.person == api.user.get_current().getId():
        raise errors.Denied(_("Nobody decides about the own case."))


def _decide(request, step, reason):
    request.reason = reason
    request.decided_at = now()
    request.decided_by = api.user.get_current().getId()
    transition(request, step)
    request.reindexObject()
