"""The people of sites: who is there, since when, who is told, how long nobody was (NT-12.2, HN-R/3)."""

from datetime import date
from datetime import timedelta

from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.inventory.sites import staff
from hopso.inventory.sites.api import readiness
from hopso.inventory.sites.api import staff_of
from hopso.inventory.sites.records import count_days
from hopso.inventory.sites.records import days_without
from hopso.inventory.sites.records import StaffChanged
from hopso.inventory.sites.records import StaffRecord
from hopso.inventory.sites.rules import read_staffing
from hopso.inventory.sites.rules import staffing
from hopso.organisation.assignments import functions_of
from hopso.organisation.tree import today
from hopso.policy.api import store_values
from hopso.policy.policy import Policy
from hopso.tasks.testing import waiting
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest
from zope import event


DAY = date(2026, 11, 1)
days = st.integers(0, 40).map(lambda n: DAY + timedelta(days=n))


@pytest.fixture
def site(house, make):
    return make.create_site(house.department, "Điểm cầu Sở Nội vụ")


@pytest.fixture
def owner(house, make):
    return make.create_person("qt_snv", "Đỗ Quản Trị", house.department, ("admins",))


@pytest.fixture
def seen():
    """The changes that the house was told of."""
    found = []

    def watch(one):
        if isinstance(one, StaffChanged):
            found.append(one)

    event.subscribers.append(watch)
    yield found
    event.subscribers.remove(watch)


@pytest.mark.rule("NA-6.2/1")
@pytest.mark.rule("TQ-P8/3")
@pytest.mark.rule("HN-R/3.1")
@pytest.mark.parametrize(
    ("sets", "wanted", "present", "rules"),
    [
        (("NA",), ("technician=1",), {}, ["NA-6.2/1"]),
        (("TQ",), ("technician=1",), {}, ["TQ-P8/3"]),
        (("TQ",), ("technician=1",), {"technician": 1}, []),
        (("HN",), ("leader=1", "technician=1"), {"technician": 1}, ["HN-R/3.1"]),
        (("HN",), ("leader=1", "technician=1"), {}, ["HN-R/3.1", "HN-R/3.1"]),
        (("HN",), ("leader=1", "technician=1"), {"leader": 1, "technician": 2}, []),
        (("BD",), (), {}, []),
    ],
)
def test_a_site_needs_the_people_that_the_policy_names(sets, wanted, present, rules):
    found = staffing("Điểm cầu", read_staffing(wanted), present, sets)
    assert [one.rule for one in found] == rules
    assert all(one.level == "warn" and one.article for one in found)


@settings(deadline=None)
@given(st.lists(st.tuples(days, days), max_size=6), days, days)
def test_days_without_anybody_are_those_that_no_record_covers(spans, first, last):
    records = [StaffRecord("a", "technician", since, until) for since, until in spans]
    records.append(StaffRecord("b", "leader", first))
    found = days_without(records, "technician", first, last)
    named = {a + timedelta(days=n) for a, b in found for n in range((b - a).days + 1)}
    every = {first + timedelta(days=n) for n in range(max(0, (last - first).days + 1))}
    assert named == {
        day for day in every if not any(one.holds(day) for one in records if one.role != "leader")
    }
    assert count_days(found) == len(named)


def test_who_still_holds_it_leaves_no_gap():
    records = [
        StaffRecord("a", "technician", DAY, DAY + timedelta(days=3)),
        StaffRecord("b", "technician", DAY + timedelta(days=5)),
    ]
    assert days_without(records, "technician", DAY, DAY + timedelta(days=30)) == [
        (DAY + timedelta(days=3), DAY + timedelta(days=4))
    ]


def test_a_unit_appoints_its_own_people(house, site, owner, seen):
    with as_user(house.outsider), pytest.raises(errors.Denied):
        staff.appoint(site, user=house.delegate, role="technician")
    with as_user(owner):
        staff.appoint(site, user=house.delegate, role="technician", phone="0905 123 456")
        for user in (house.secretary, "khong-co"):
            with pytest.raises(errors.Invalid):
                staff.appoint(site, user=user, role="technician")
        with pytest.raises(errors.Invalid):
            staff.appoint(site, user=house.delegate, role="technician")
    [one] = staff_of(site)
    assert (one.user_id, one.name, one.role, one.phone) == (
        house.delegate, "Phạm Quang", "technician", "0905 123 456",
    )  # fmt: skip
    assert [(c.appointed, c.role, c.site) for c in seen] == [(house.delegate, "technician", site.UID())]
    put_in_state(site, "withdrawn")
    with as_user(owner), pytest.raises(errors.WrongState):
        staff.appoint(site, user=house.substitute, role="technician")


@pytest.mark.rule("HN-R/3.1")
def test_a_site_without_leader_or_technician_is_not_ready(house, site, owner):
    policy = Policy(rule_sets=("HN",), site_staffing=("leader=1", "technician=1"))
    assert len(readiness(site, policy)) == 2
    with as_user(owner):
        staff.appoint(site, user=house.delegate, role="technician")
    assert [str(one.text) for one in readiness(site, policy)] == ["“${site}” has no responsible leader."]
    with as_user(owner):
        staff.appoint(site, user=house.substitute, role="leader")
    assert readiness(site, policy) == []
    site.active = False
    assert [one.rule for one in readiness(site, policy)] == ["HS-SITE"]


@pytest.mark.rule("HN-R/3.2")
def test_a_technician_leaves_and_a_substitute_comes(house, site, owner, seen):
    start = today() - timedelta(days=10)
    with as_user(owner):
        staff.appoint(site, user=house.delegate, role="technician", since=start)
        record = staff_of(site)[0].record
        with as_user(house.outsider), pytest.raises(errors.Denied):
            staff.relieve(site, record=record, reason="x")
        with pytest.raises(errors.Invalid):
            staff.relieve(site, record=record, until=start - timedelta(days=1), reason="x")
        staff.relieve(site, record=record, until=today() - timedelta(days=3), reason="Luân chuyển")
        with pytest.raises(errors.WrongState):
            staff.relieve(site, record=record, reason="x")
        assert staff_of(site) == []
        # The three days since, and today.
        assert staff.days_unstaffed(site, "technician") == 4
        staff.appoint(site, user=house.substitute, role="technician")
    assert staff.days_unstaffed(site, "technician") == 3
    assert [(one.appointed, one.relieved) for one in seen] == [
        (house.delegate, ""), ("", house.delegate), (house.substitute, ""),
    ]  # fmt: skip
    assert [one.user_id for _id, one in staff.history_of(site)] == [house.substitute, house.delegate]


def test_a_substitute_takes_over_without_a_day_between(house, site, owner, seen):
    with as_user(owner):
        staff.appoint(site, user=house.delegate, role="technician", since=today() - timedelta(days=5))
        former = staff_of(site)[0].record
        with pytest.raises(errors.Invalid):
            staff.appoint(site, user=house.substitute, role="leader", replaces=former)
        staff.appoint(site, user=house.substitute, role="technician", replaces=former)
    assert [one.user_id for one in staff_of(site)] == [house.substitute]
    assert staff.days_unstaffed(site, "technician") == 0
    assert seen[-1].relieved == house.delegate


def test_people_whose_account_is_closed_are_not_there(house, site, owner):
    from hopso.accounts.records import account_of

    with as_user(owner):
        staff.appoint(site, user=house.delegate, role="technician")
    account_of(house.delegate).status = "disabled"
    assert staff_of(site) == []


def test_how_somebody_is_reached(house, site, owner):
    with as_user(owner):
        staff.appoint(site, user=house.delegate, role="technician")
        record = staff_of(site)[0].record
        staff.reach(site, record=record, phone="0911 222 333", email="kt@example.vn")
    [one] = staff_of(site)
    assert (one.phone, one.email) == ("0911 222 333", "kt@example.vn")
    with as_user(house.outsider), pytest.raises(errors.Denied):
        staff.reach(site, record=record, phone="1")
    with as_user(owner):
        staff.relieve(site, record=record, reason="x")
        with pytest.raises(errors.WrongState):
            staff.reach(site, record=record, phone="1")
        with pytest.raises(errors.Invalid):
            staff.reach(site, record="none", phone="1")


def mailed():
    return {
        kwargs["recipient"]
        for name, kwargs in waiting()
        if name == "notifications.send_mail" and kwargs["kind"] == "site_staff_changed"
    }


@pytest.mark.rule("NT-12.2")
@pytest.mark.rule("HN-R/3.2")
def test_registrar_operator_and_the_people_of_the_site_are_told(points, make):
    registrar = make.create_person("tiepnhan", unit=points.house.office, functions=("registrars",))
    store_values({"rule_sets": ["NT"], "registrar_body": "provincial_office"})
    with as_user(points.owner):
        staff.appoint(points.point, user=points.house.delegate, role="leader")
        staff.appoint(points.point, user=points.technician, role="technician")
    assert {registrar, points.operator, points.house.admin, points.house.delegate} <= mailed()
    assert points.foreign not in mailed()


@pytest.mark.rule("TQ-P7/2")
def test_the_list_is_announced_to_all_sites(points, make):
    boss = make.create_person("qt_syt", unit=points.foreign_unit, functions=("admins",))
    with as_user(boss):
        staff.appoint(points.other, user=points.foreign, role="technician")
    store_values({"rule_sets": ["TQ"]})
    with as_user(points.owner):
        staff.appoint(points.point, user=points.technician, role="technician")
    assert points.foreign in mailed()


@pytest.mark.rule("HN-R/3.2")
def test_whose_account_is_closed_leaves_the_site_by_itself(points, seen):
    from hopso.accounts.operations import disable

    with as_user(points.owner):
        staff.appoint(points.point, user=points.technician, role="technician")
        disable(
            points.house.department,
            user=points.technician,
            event="retirement",
            decision="12/QĐ",
            decided_on=today(),
            reason="Nghỉ hưu",
        )
    [(_id, one)] = staff.history_of(points.point)
    assert one.until is not None and staff_of(points.point) == []
    assert seen[-1].relieved == points.technician


def test_a_technician_gets_the_function_with_which_she_serves(points):
    with as_user(points.owner):
        staff.appoint(points.point, user=points.house.delegate, role="technician")
    held = [one.function for one in functions_of(points.house.delegate)]
    assert sorted(held) == ["members", "technicians"]
