"""Providers: contracts kept by the operator, contacts by the provider itself (NA-8)."""

from datetime import date
from datetime import timedelta

from hopso.core import errors
from hopso.factories import as_user
from hopso.inventory.sites import providers
from hopso.inventory.sites.providers import Contract
from hopso.inventory.sites.providers import ProviderContact
from hopso.organisation.tree import today
import pytest


DAY = date(2026, 11, 20)
TERMS = {"number": "15/HĐ-VT", "service": "line", "target": 99.5, "note": "Khắc phục trong 2 giờ"}


def add(points, **changed):
    values = {**TERMS, "since": today() - timedelta(days=10), "until": today() + timedelta(days=355)}
    providers.add_contract(points.telecom, **{**values, **changed})


def test_the_operator_keeps_contracts(points):
    for user in (points.supplier, points.owner, points.house.leader):
        with as_user(user), pytest.raises(errors.Denied):
            add(points)
    with as_user(points.operator):
        add(points, sites=(points.point.UID(),))
        with pytest.raises(errors.Invalid):
            add(points, until=today() - timedelta(days=11))
        with pytest.raises(errors.WrongState):
            providers.add_contract(points.house.department, **TERMS, since=today(), until=today())
    [(_key, one)] = providers.contracts_of(points.telecom.getId())
    assert (one.number, one.sites, one.kept_by) == ("15/HĐ-VT", (points.point.UID(),), points.operator)


def test_a_contract_ends_before_its_day_and_stays(points):
    with as_user(points.operator):
        add(points)
        [(key, _one)] = providers.contracts_of()
        with as_user(points.supplier), pytest.raises(errors.Denied):
            providers.end_contract(points.telecom, contract=key, reason="x")
        providers.end_contract(points.telecom, contract=key, reason="Chấm dứt trước hạn")
        with pytest.raises(errors.Invalid):
            providers.end_contract(points.telecom, contract="none", reason="x")
        with pytest.raises(errors.WrongState):
            providers.end_contract(points.house.office, contract=key, reason="x")
    [(_key, one)] = providers.contracts_of()
    assert (one.until, one.ended) == (today(), "Chấm dứt trước hạn")


@pytest.mark.rule("NA-8.2/1")
def test_the_provider_says_itself_how_it_is_reached(points):
    telecom = points.telecom
    assert "NA-8.2/1" in [one.rule for one in providers.provider_findings(telecom)]
    for user in (points.owner, points.house.leader, points.technician):
        with as_user(user), pytest.raises(errors.Denied):
            providers.add_contact(telecom, name="x", phone="1")
    with as_user(points.supplier):
        providers.add_contact(telecom, name="Trực ca", phone="1800 1166", always=True)
        with pytest.raises(errors.WrongState):
            providers.add_contact(points.house.department, name="x", phone="1")
    assert "NA-8.2/1" not in [one.rule for one in providers.provider_findings(telecom)]
    [(key, one)] = providers.contact_records(telecom.getId())
    assert (one.name, one.phone, one.always) == ("Trực ca", "1800 1166", True)
    with as_user(points.owner), pytest.raises(errors.Denied):
        providers.remove_contact(telecom, contact=key)
    with as_user(points.operator):
        providers.remove_contact(telecom, contact=key)
        with pytest.raises(errors.Invalid):
            providers.remove_contact(telecom, contact=key)
        with pytest.raises(errors.WrongState):
            providers.remove_contact(points.house.office, contact=key)


def test_contacts_that_are_not_reached_at_night_are_not_enough():
    assert providers.contacts_given("VT", [ProviderContact("vt", "a", "1", always=False)])
    assert not providers.contacts_given("VT", [ProviderContact("vt", "a", "1")])


@pytest.mark.rule("NA-8.1")
@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([], 1),
        ([(-400, -1)], 1),
        ([(-10, 400)], 0),
        ([(-10, 30)], 1),
        ([(-10, 30), (31, 400)], 0),
        ([(-10, 30), (40, 400)], 1),
    ],
)
def test_a_contract_is_in_force_and_its_end_is_told_in_time(spans, found):
    contracts = [
        Contract("vt", "1", DAY + timedelta(days=begin), DAY + timedelta(days=end)) for begin, end in spans
    ]
    told = providers.contracts_in_force("VT", contracts, DAY)
    assert len(told) == found and all((one.rule, one.level) == ("NA-8.1", "warn") for one in told)
