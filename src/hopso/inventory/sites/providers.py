"""Providers of lines and power: how they are reached round the clock, and under which contracts they work.

A provider is a unit of the sector ``provider``.  Contracts are kept by the
operator; contacts by the provider itself or by the operator (NA-8).
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from secrets import token_hex

from hopso import _
from hopso.core import errors
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.operation import operation
from hopso.core.text import day_text
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.inventory.sites.bodies import is_operator
from hopso.inventory.sites.bodies import people_with
from hopso.inventory.sites.bodies import SUPPLYING
from hopso.inventory.sites.store import sites_store
from hopso.organisation.content import IUnit
from hopso.organisation.tree import all_units
from hopso.organisation.tree import today
from hopso.policy.register import finding
from hopso.policy.register import rule
from hopso.security.logistics import Contact
from plone import api
from zope import schema
from zope.interface import Interface


# A contract is spoken of that many days before its end.
WARNED = timedelta(days=60)


@dataclass(frozen=True)
class Contract:
    """A contract with a provider; since, until: first and last day; target: percent of time, None if open.

    sites: UIDs of the sites whose lines it covers, none: all; kept_at is UTC.
    """

    provider: str
    number: str
    since: date
    until: date
    service: str = "line"
    sites: tuple = ()
    target: float | None = None
    note: str = ""
    kept_at: datetime | None = None
    kept_by: str = ""
    ended: str = ""  # why it ended before its day

    def holds(self, day: date) -> bool:
        """Tell whether it is in force on *day*."""
        return self.since <= day <= self.until


@dataclass(frozen=True)
class ProviderContact:
    """Somebody, or a desk, of a provider; always: reached day and night."""

    provider: str
    name: str
    phone: str
    mail: str = ""
    service: str = "line"
    always: bool = True


class IContract(Interface):
    """A contract with a provider."""

    number = schema.TextLine(title=_("Number of the contract"), max_length=100)
    service = schema.Choice(title=_("Service"), vocabulary="hopso.ProviderServices", default="line")
    since = schema.Date(title=_("From day"))
    until = schema.Date(title=_("Until day"))
    target = schema.Float(
        title=_("Availability agreed (percent)"),
        description=_("As 99.5."),
        required=False,
        min=0.0,
        max=100.0,
    )
    sites = schema.Tuple(
        title=_("Sites covered"),
        description=_("Left empty: all."),
        value_type=schema.Choice(vocabulary="hopso.Sites"),
        required=False,
        default=(),
        missing_value=(),
    )
    note = schema.Text(title=_("Service level"), required=False, default="", max_length=2000)


class IContractEnd(Interface):
    """A contract that ends before its day."""

    contract = schema.TextLine(title=_("Number of the contract"), max_length=80)
    until = schema.Date(title=_("Until day"), required=False)
    reason = schema.TextLine(title=_("Reason"), max_length=500)


class IContactFacts(Interface):
    """How a provider is reached."""

    name = schema.TextLine(title=_("Name or desk"), max_length=120)
    phone = schema.TextLine(title=_("Telephone"), max_length=40)
    mail = schema.TextLine(title=_("E-mail"), required=False, default="", max_length=120)
    service = schema.Choice(title=_("Service"), vocabulary="hopso.ProviderServices", default="line")
    always = schema.Bool(title=_("Reached day and night"), required=False, default=True)


class IWhichContact(Interface):
    """A contact that is not to be used any more."""

    contact = schema.TextLine(title=_("Contact"), max_length=80)


def providers() -> list:
    """Return the living units that are service providers (UnitFacts), by name."""
    found = [one for one in all_units().values() if one.sector == "provider" and not one.closed()]
    return sorted(found, key=lambda one: name_key(one.title))


def contracts_of(provider: str = "") -> list[tuple[str, Contract]]:
    """Return (id, Contract) of a provider, of all if none is named; those that end first stand first."""
    found = [pair for pair in sites_store().contracts.items() if not provider or pair[1].provider == provider]
    return sorted(found, key=lambda pair: (pair[1].until, pair[1].number))


def contact_records(provider: str) -> list[tuple[str, ProviderContact]]:
    """Return (id, ProviderContact) of a provider, those reached day and night first."""
    found = [pair for pair in sites_store().contacts.items() if pair[1].provider == provider]
    return sorted(found, key=lambda pair: (not pair[1].always, name_key(pair[1].name)))


def contacts_of_provider(provider: str) -> list[Contact]:
    """Return how a provider is reached, for the sheet of a meeting (NA-8.2/1)."""
    return [Contact(one.name, one.phone, one.mail) for _id, one in contact_records(provider)]


@rule("NA-8.1")
def contracts_in_force(provider: str, contracts, day: date) -> list[Finding]:
    """Warn when no contract with *provider* (a name) is in force on *day*, or one ends soon."""
    now_in_force = [one for one in contracts if one.holds(day)]
    if not now_in_force:
        text = _("No contract with ${provider} is in force.", mapping={"provider": provider})
        return [finding("NA-8.1", WARN, text)]
    found = []
    for one in now_in_force:
        followed = any(
            other.since <= one.until + timedelta(days=1) and other.until > one.until for other in contracts
        )
        if one.until - day <= WARNED and not followed:
            text = _(
                "Contract ${number} with ${provider} ends on ${day}.",
                mapping={"number": one.number, "provider": provider, "day": day_text(one.until)},
            )
            found.append(finding("NA-8.1", WARN, text))
    return found


@rule("NA-8.2/1")
def contacts_given(provider: str, contacts) -> list[Finding]:
    """Warn when *provider* (a name) has not said how it is reached day and night."""
    if any(one.always and one.phone for one in contacts):
        return []
    text = _("${provider} has not said how it is reached day and night.", mapping={"provider": provider})
    return [finding("NA-8.2/1", WARN, text)]


def provider_findings(unit) -> list[Finding]:
    """Return what the rules say about a provider (a unit or its facts) today."""
    unit_id = unit.getId() if hasattr(unit, "getId") else unit.id
    contracts = [one for _id, one in contracts_of(unit_id)]
    contacts = [one for _id, one in contact_records(unit_id)]
    return [*contracts_in_force(unit.title, contracts, today()), *contacts_given(unit.title, contacts)]


def _me() -> str:
    return api.user.get_current().getId() or "system"


def is_provider(unit) -> bool:
    """Tell whether a unit is a service provider."""
    return getattr(unit, "sector", "") == "provider"


def keeps_contracts(unit) -> bool:
    """Tell whether the present user keeps the contracts of a provider: people of the operator do."""
    return is_provider(unit) and is_operator(_me())


def keeps_contacts(unit) -> bool:
    """Tell whether the present user keeps the contacts of a provider: it does itself, and the operator."""
    return is_provider(unit) and (is_operator(_me()) or _me() in people_with(unit.getId(), *SUPPLYING))


def _check(unit, allowed) -> None:
    if not is_provider(unit):
        raise errors.WrongState(_("This unit is no service provider."))
    if not allowed:
        raise errors.Denied()


def _new_id() -> str:
    return f"{now().timestamp():017.3f}-{token_hex(4)}"


@operation(
    "provider.add_contract", IUnit, title=_("Add a contract"), permission="hopso: Use the site",
    schema=IContract, order=350, when=keeps_contracts,
    help=_("The unit that runs the system keeps the contracts with providers."),
)  # fmt: skip
def add_contract(unit, **values):
    """Keep a contract with a provider."""
    _check(unit, keeps_contracts(unit))
    if values["until"] < values["since"]:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"until": _("This day lies before the first one.")}
        )
    values["sites"] = tuple(values["sites"] or ())
    values["note"] = values["note"] or ""
    sites_store().contracts[_new_id()] = Contract(unit.getId(), **values, kept_at=now(), kept_by=_me())


@operation(
    "provider.end_contract", IUnit, title=_("End a contract"), permission="hopso: Use the site",
    schema=IContractEnd, order=351, when=keeps_contracts, danger=True,
)  # fmt: skip
def end_contract(unit, contract, reason, until=None):
    """End a contract before its day; it stays on record."""
    _check(unit, keeps_contracts(unit))
    kept, until = sites_store().contracts.get(contract), until or today()
    if kept is None or kept.provider != unit.getId() or not kept.since <= until <= kept.until:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"contract": _("There is no such contract to end.")}
        )
    sites_store().contracts[contract] = replace(kept, until=until, ended=reason, kept_at=now(), kept_by=_me())


@operation(
    "provider.add_contact", IUnit, title=_("Add a contact"), permission="hopso: Use the site",
    schema=IContactFacts, order=352, when=keeps_contacts,
    help=_("It stands on the sheets of meetings at the sites that this provider connects."),
)  # fmt: skip
@rule("NA-8.2/1")
def add_contact(unit, **values):
    """Keep how a provider is reached."""
    _check(unit, keeps_contacts(unit))
    values["mail"] = values["mail"] or ""
    values["always"] = bool(values["always"])
    sites_store().contacts[_new_id()] = ProviderContact(unit.getId(), **values)


@operation(
    "provider.remove_contact", IUnit, title=_("Remove a contact"), permission="hopso: Use the site",
    schema=IWhichContact, order=353, when=keeps_contacts,
)  # fmt: skip
def remove_contact(unit, contact):
    """Do not use a contact any more; the audit log keeps that it was there."""
    _check(unit, keeps_contacts(unit))
    kept = sites_store().contacts.get(contact)
    if kept is None or kept.provider != unit.getId():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"contact": _("There is no such contact.")}
        )
    del sites_store().contacts[contact]
