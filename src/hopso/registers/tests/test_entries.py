"""Entries of registers: planned, done, decided; who sees them."""

from datetime import date
from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.registers.operations import entries
from hopso.registers.results import results_of
from hopso.tasks.testing import waiting
from plone import api
import pytest


def mails(kind):
    found = [kwargs for name, kwargs in waiting() if name == "notifications.send_mail"]
    return sorted(one["recipient"] for one in found if one["kind"] == kind)


def facts_of(entry):
    (brain,) = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=entry.UID())
    return brain.desk_facts


@pytest.fixture
def sites(house, make):
    return [make.create_site(house.office, f"Điểm cầu {number}").UID() for number in (1, 2)]


def plan(house, sites=(), **fields):
    wanted = {"title": "Kiểm tra quý IV", "planned_on": date(2026, 11, 20), "sites": tuple(sites), **fields}
    with as_user(house.admin):
        return entries.plan_maintenance(house.office, **wanted)


@pytest.mark.rule("TQ-P5/4")
@pytest.mark.rule("NA-5.1/1")
def test_a_check_has_a_result_at_every_site_and_is_planned_again(house, sites):
    entry = plan(house, sites, months=3)
    with as_user(house.admin):
        entries.record_site(entry, site=sites[0], outcome="faults", note="Thay dây mạng")
        with pytest.raises(errors.Invalid):
            entries.complete(entry, result="Đã kiểm tra")
        assert state_of(entry) == "planned"
        entries.record_site(entry, site=sites[1], outcome="good")
        following = entries.complete(entry, result="Đã kiểm tra", done_on=date(2026, 11, 24))
    found = results_of(entry)
    assert (state_of(entry), found[sites[0]].note, found[sites[0]].by) == (
        "done",
        "Thay dây mạng",
        house.admin,
    )
    assert (following.planned_on, following.sites, state_of(following)) == (
        date(2027, 2, 24),
        entry.sites,
        "planned",
    )
    assert results_of(following) == {}


@pytest.mark.rule("NA-6.2/2")
def test_checks_of_safety_are_recorded_at_the_site(house, sites):
    entry = plan(house, sites[:1], title="An toàn kỹ thuật, PCCC", kind="safety")
    with as_user(house.admin):
        entries.record_site(entry, site=sites[0], outcome="broken", note="Bình chữa cháy hết hạn")
        assert entries.complete(entry, result="Đề nghị thay bình") is None
    facts = facts_of(entry)
    assert (facts["kind"], facts["problems"], facts["book"]) == ("safety", 1, "maintenance")


def test_a_site_outside_of_the_plan_and_a_day_to_come_are_refused(house, sites):
    entry = plan(house, sites[:1])
    with as_user(house.admin):
        with pytest.raises(errors.Invalid):
            entries.record_site(entry, site=sites[1], outcome="good")
        entries.record_site(entry, site=sites[0], outcome="good")
        with pytest.raises(errors.Invalid):
            entries.complete(entry, result="x", done_on=entries.today() + timedelta(days=1))
    assert state_of(entry) == "planned"


def test_entries_of_a_unit_are_seen_there_and_nowhere_else(house):
    entry = plan(house)
    for user, sees in ((house.coordinator, True), (house.approver, True), (house.outsider, False)):
        with as_user(user):
            assert bool(api.user.has_permission("View", obj=entry)) is sees, user
            assert bool(api.content.find(UID=entry.UID())) is sees, user


@pytest.mark.rule("TQ-P3")
@pytest.mark.rule("TQ-P6/3")
def test_training_is_planned_for_people_and_says_who_took_part(house):
    with as_user(house.admin):
        entry = entries.plan_training(
            house.office, title="Tập huấn sử dụng hệ thống", trainer="Sở Khoa học và Công nghệ",
            planned_on=date(2026, 12, 1), people=(house.delegate, house.approver),
        )  # fmt: skip
        assert mails("training_planned") == sorted([house.delegate, house.approver])
        entries.hold(entry, attended=(house.approver, house.approver), done_on=date(2026, 11, 20))
    assert (state_of(entry), entry.attended, entry.done_on) == ("done", (house.approver,), date(2026, 11, 20))


@pytest.mark.rule("NA-5.3/1")
@pytest.mark.rule("NT-15.2")
def test_an_inspection_is_known_to_the_unit_and_followed_up_by_it(house, make):
    leader = make.create_person("gd_snv", "Hồ Giám Đốc", house.department, ("leaders",))
    with as_user(house.admin):
        entry = entries.plan_inspection(
            house.office, title="Kiểm tra Quy chế", concerned_unit=house.department.getId(),
            planned_on=date(2026, 11, 20),
        )  # fmt: skip
        assert mails("inspection_planned") == [leader]
        with pytest.raises(errors.Invalid):
            entries.finish(entry, result="Tốt", recommendations="Bổ sung cán bộ kỹ thuật")
        entries.finish(
            entry, result="Chưa cử cán bộ", recommendations="Bổ sung cán bộ", follow_up_due=date(2026, 12, 1)
        )
    with as_user(house.outsider):
        assert not api.user.has_permission("View", obj=entry)
    with as_user(leader):
        assert api.user.has_permission("View", obj=entry)
        entries.follow_up(entry, follow_up="Đã cử ông A")
    assert (state_of(entry), entry.follow_up) == ("closed", "Đã cử ông A")


def test_without_recommendations_there_is_nothing_to_follow_up(house):
    with as_user(house.admin):
        entry = entries.plan_inspection(
            house.office,
            title="Kiểm tra",
            concerned_unit=house.department.getId(),
            planned_on=date(2026, 11, 20),
        )
        entries.finish(entry, result="Thực hiện tốt")
        assert not entries.follow_up.allowed(entry)


@pytest.mark.rule("HN-R/4.1")
def test_a_plan_is_submitted_and_decided(house):
    with as_user(house.admin):
        entry = entries.draft_plan(
            house.office, title="Kế hoạch thiết bị 2027", kind="purchase", year=2027, content="Thuê 2 bộ",
            amount=450_000_000,
        )  # fmt: skip
        entries.submit(entry, submitted_to="Sở Tài chính", document_number="12/TTr-VP")
        with pytest.raises(errors.WrongState):
            entries.submit(entry, submitted_to="Sở Tài chính", document_number="13/TTr-VP")
        entries.decide(entry, outcome="partly", decision_number="45/QĐ-UBND", amount=300_000_000)
    assert (state_of(entry), entry.outcome, entry.amount) == ("decided", "partly", 300_000_000)
    facts = facts_of(entry)
    assert (facts["year"], facts["decision_number"]) == (2027, "45/QĐ-UBND")


def test_a_commendation_names_somebody(house):
    with as_user(house.leader):
        with pytest.raises(errors.Invalid):
            entries.commend(house.office, title="Khen", content="Tốt", decision_number="1/QĐ")
        entry = entries.commend(
            house.office, title="Khen thưởng 2026", content="Sử dụng tốt", decision_number="1/QĐ-UBND",
            people=(house.coordinator,),
        )  # fmt: skip
    assert state_of(entry) == "done"
    with as_user(house.coordinator), pytest.raises(errors.Denied):
        entries.commend(house.office, title="x", content="y", decision_number="z", people=(house.admin,))


def test_what_will_not_take_place_is_cancelled_with_a_reason(house):
    entry = plan(house)
    with as_user(house.admin):
        entries.cancel(entry, reason="Hoãn do bão")
        with pytest.raises(errors.WrongState):
            entries.complete(entry, result="x")
    assert (state_of(entry), entry.result) == ("cancelled", "Hoãn do bão")
