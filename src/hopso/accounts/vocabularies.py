"""Short lists of the accounts room."""

from hopso import _
from hopso.accounts.records import EMPLOYMENT_KINDS
from hopso.accounts.records import EVENTS
from hopso.organisation.interfaces import FUNCTION_TITLES
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


# BD-2.2: cán bộ, công chức, viên chức, người lao động; BD-2.3: guests.
EMPLOYMENT_TITLES = {
    "cadre": _("Cadre"),
    "civil_servant": _("Civil servant"),
    "public_employee": _("Public employee"),
    "worker": _("Contract worker"),
    "guest": _("Guest"),
}
EVENT_TITLES = {
    "recruitment": _("Recruitment"),
    "appointment": _("Appointment"),
    "rotation": _("Rotation"),
    "transfer": _("Transfer"),
    "change": _("Change of data"),
    "retirement": _("Retirement"),
    "leave": _("Leaving"),
    "return": _("Return"),
    "other": _("Other"),
}
# What a decision can be about, by what is done with the account.
JOINING = ("recruitment", "appointment", "rotation", "transfer", "other")
CHANGING = ("appointment", "rotation", "change", "other")
MOVING = ("transfer", "rotation", "appointment")
LEAVING = ("retirement", "leave", "other")
STAFF_KINDS = tuple(kind for kind in EMPLOYMENT_KINDS if kind != "guest")

assert set(EVENT_TITLES) == set(EVENTS)


def listed(titles: dict, names=None):
    """Return a vocabulary factory of some *names* (default: all) of *titles*."""

    @provider(IVocabularyFactory)
    def factory(context):
        wanted = titles if names is None else names
        return SimpleVocabulary([SimpleTerm(name, name, titles[name]) for name in wanted])

    return factory


EmploymentKinds = listed(EMPLOYMENT_TITLES)
StaffKinds = listed(EMPLOYMENT_TITLES, STAFF_KINDS)
Functions = listed(FUNCTION_TITLES)
JoiningEvents = listed(EVENT_TITLES, JOINING)
ChangingEvents = listed(EVENT_TITLES, CHANGING)
MovingEvents = listed(EVENT_TITLES, MOVING)
LeavingEvents = listed(EVENT_TITLES, LEAVING)
