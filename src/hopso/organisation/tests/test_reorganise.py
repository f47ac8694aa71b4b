"""Reorganising units: who may, what moves, what stays."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.accounts.records import account_store
from hopso.audit.log import entries
from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.meetings import participation
from hopso.organisation import history
from hopso.organisation import plans
from hopso.organisation import records
from hopso.organisation import reorganise
from hopso.organisation.assignments import assignment_store
from hopso.organisation.jobs import carry_out_due
from hopso.organisation.tree import all_units
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import is_closed
from hopso.organisation.tree import today
from hopso.tasks.testing import run_all
from plone import api
import pytest


@pytest.fixture
def system(house, make):
    """A system administrator."""
    person = make.create_person("hethong", "Quản trị hệ thống", house.committee)
    with make.as_system():
        api.user.grant_roles(username=person, roles=["System Administrator"])
    return person


def decided(**changes):
    return {
        "decision": "12/QĐ-UBND",
        "decided_on": today() - timedelta(days=3),
        "effective": today(),
        "reason": "Sắp xếp tổ chức bộ máy",
    } | changes


def fresh(unit):
    return find_unit(unit.getId())


def thing(uid):
    """Return content by its UID, whoever asks."""
    [brain] = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=uid)
    return brain._unrestrictedGetObject()


def last_entry(operation):
    return entries(operation=operation, limit=1)


# ---- every operation: denied, wrong state ----

CALLS = {
    "rename": {"title": "Tên mới"},
    "move": {"parent": ""},
    "merge": {"into": "SNV"},
    "split": {"parts": ({"title": "Một", "code": "M1"}, {"title": "Hai", "code": "M2"})},
    "close": {"successor": "SNV"},
}


@pytest.mark.parametrize("name", CALLS)
def test_administrators_of_units_reorganise_nothing(house, name):
    before = all_units()
    with as_user(house.admin), pytest.raises(errors.Denied):
        getattr(reorganise, name)(house.office, **CALLS[name], **decided())
    assert all_units() == before
    assert last_entry(f"unit.{name}") == []


@pytest.mark.parametrize("name", CALLS)
def test_a_closed_unit_is_not_reorganised(house, system, name):
    house.office.valid_to = today() - timedelta(days=10)
    house.office.reindexObject()
    with as_user(system), pytest.raises(errors.WrongState):
        getattr(reorganise, name)(house.office, **CALLS[name], **decided())
    assert last_entry(f"unit.{name}") == []


def test_a_decision_of_tomorrow_is_no_decision(house, system):
    with as_user(system), pytest.raises(errors.Invalid):
        reorganise.rename(house.office, title="Mới", **decided(decided_on=today() + timedelta(days=1)))


# ---- rename ----


def test_a_renamed_unit_keeps_its_old_name_for_what_was(house, system):
    with as_user(system):
        reorganise.rename(house.office, title="Văn phòng tỉnh", **decided(effective=date(2025, 7, 1)))
    assert house.office.title == "Văn phòng tỉnh"
    unit_id = house.office.getId()
    assert history.name_at(unit_id, datetime(2024, 5, 1, tzinfo=UTC)) == "Văn phòng"
    assert (
        history.name_at(unit_id, datetime(2025, 6, 30, 17, tzinfo=UTC)) == "Văn phòng tỉnh"
    )  # midnight here
    assert history.name_at(unit_id, datetime(2025, 6, 30, 16, tzinfo=UTC)) == "Văn phòng"
    assert history.former_names(unit_id) == [("Văn phòng", date(2025, 6, 30))]
    [entry] = last_entry("unit.rename")
    assert (entry.who, entry.uid) == (system, house.office.UID())


def test_a_code_is_not_given_twice(house, system):
    with as_user(system), pytest.raises(errors.Invalid):
        reorganise.rename(house.office, code="snv", **decided())
    assert house.office.code == "VP"


# ---- move ----


def test_a_moved_unit_answers_to_the_administrators_above(house, system, make):
    above = make.create_person("qt_ubnd", "Quản trị tỉnh", house.committee, ("admins",))
    other = make.create_person("qt_snv", "Quản trị sở", house.department, ("admins",))
    put_in_state(house.meeting, "registered")
    uid = house.meeting.UID()
    with as_user(system):
        moved = reorganise.move(house.office, parent="SNV", **decided())
    assert moved.getPhysicalPath()[:-1] == house.department.getPhysicalPath()
    meeting = thing(uid)
    with as_user(other):
        assert api.user.has_permission("View", obj=meeting)
        assert [one.UID for one in api.portal.get_tool("portal_catalog")(portal_type="Meeting")] == [uid]
    with as_user(above):
        assert api.user.has_permission("View", obj=meeting)
    with as_user(system):
        reorganise.move(moved, parent="", **decided())
    meeting = thing(uid)
    for person in (above, other):
        with as_user(person):
            assert not api.user.has_permission("View", obj=meeting)
            assert not api.portal.get_tool("portal_catalog")(portal_type="Meeting")
    with as_user(house.admin):
        assert api.user.has_permission("View", obj=meeting)
    assert [one.kind for one in history.changes_of(house.office.getId())] == ["moved", "moved"]


# ---- merge ----


@pytest.fixture
def merged(house, system, make):
    """The office was merged into the department yesterday's way: with everything that is open."""
    old = make.create_meeting(house.office, "Họp năm ngoái", start=make.in_days(-300))
    put_in_state(old, "archived")
    put_in_state(house.meeting, "scheduled")
    house.elsewhere = make.create_meeting(
        house.committee, "Họp tỉnh", participants=(f"unit:{house.office.getId()}",)
    )
    participation.put_record(
        house.elsewhere,
        participation.records(house.elsewhere)[f"unit:{house.office.getId()}"],
        answer="attending",
    )
    house.old = old.UID()
    house.open = house.meeting.UID()
    house.office_id = house.office.getId()
    with as_user(system):
        reorganise.merge(house.office, into="SNV", **decided())
    house.office = find_unit(house.office_id)
    return house


def test_people_and_functions_go_along_and_the_old_ones_end(merged):
    target = merged.department.getId()
    account = account_store().get(merged.coordinator)
    assert account.unit == target
    assert (account.events[-1].kind, account.events[-1].decision) == ("transfer", "12/QĐ-UBND")
    assert [(one.unit, one.function) for one in assignment_store().of_user(merged.coordinator)] == [
        (target, "coordinators")
    ]
    past = assignment_store().of_user(merged.coordinator, datetime(2025, 1, 1, tzinfo=UTC))
    assert [(one.unit, one.function) for one in past] == [(merged.office_id, "coordinators")]
    assert assignment_store().of_unit(merged.office_id) == []


def test_open_meetings_move_and_those_that_are_over_stay(merged):
    moved, kept = thing(merged.open), thing(merged.old)
    assert moved.host_unit == merged.department.getId()
    assert moved.getPhysicalPath()[:4] == merged.department.getPhysicalPath()[:4]
    assert merged.department.getId() in moved.getPhysicalPath()
    assert kept.host_unit == merged.office_id
    assert merged.office_id in kept.getPhysicalPath()
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(UID=merged.open)
    assert [(one.host_unit, one.review_state) for one in found] == [(merged.department.getId(), "scheduled")]


def test_rooms_move_with_their_slots(merged):
    room = thing(merged.room.UID())
    assert merged.department.getId() in room.getPhysicalPath()


def test_the_successor_is_invited_with_the_same_answer(merged):
    meeting = thing(merged.elsewhere.UID())
    key = f"unit:{merged.department.getId()}"
    assert meeting.participants == (key,)
    assert participation.records(meeting)[key].answer == "attending"
    assert list(participation.participation_store().meetings_of(f"unit:{merged.office_id}")) == []


def test_the_closed_unit_knows_its_successor_and_the_other_way_round(merged):
    assert is_closed(merged.office)
    assert merged.office.successors == (merged.department.getId(),)
    assert merged.department.predecessors == (merged.office_id,)
    assert [one.kind for one in history.changes_of(merged.office_id)] == ["merged"]
    assert [one.kind for one in history.changes_of(merged.department.getId())] == ["absorbed"]


def test_archivists_of_the_successor_see_the_old_meetings_and_others_do_not(merged, make):
    archivist = merged.archivist  # went along
    theirs = make.create_person("vt_snv", "Văn thư sở", merged.department, ("archivists",))
    member = make.create_person("cv_snv", "Chuyên viên sở", merged.department, ("coordinators", "leaders"))
    stranger = make.create_person("vt_ubnd", "Văn thư tỉnh", merged.committee, ("archivists",))
    old = thing(merged.old)
    for person, sees in ((archivist, True), (theirs, True), (member, False), (stranger, False)):
        with as_user(person):
            assert bool(api.user.has_permission("View", obj=old)) is sees, person
            found = api.portal.get_tool("portal_catalog")(portal_type="Meeting", review_state="archived")
            assert [one.UID for one in found] == ([merged.old] if sees else []), person


def test_after_a_second_merger_the_last_successor_keeps_the_old_meetings(merged, system, make):
    with as_user(system):
        reorganise.merge(merged.department, into="UBND", **decided())
    last = make.create_person("vt_ubnd", "Văn thư tỉnh", merged.committee, ("archivists",))
    with as_user(last):
        assert api.user.has_permission("View", obj=thing(merged.old))


def test_several_units_become_a_new_one(house, system):
    with as_user(system):
        made = reorganise.merge(
            house.office, units=("SNV",), new_title="Sở Nội vụ và Văn phòng", new_code="SNVVP", **decided()
        )
    assert (made.title, made.code, made.valid_from) == ("Sở Nội vụ và Văn phòng", "SNVVP", today())
    assert set(made.predecessors) == {house.office.getId(), house.department.getId()}
    assert account_store().get(house.delegate).unit == made.getId()
    assert [one.kind for one in history.changes_of(made.getId())] == ["founded"]


# ---- split and close ----


def test_a_split_puts_people_where_they_were_put(house, system):
    parts = (
        {"title": "Văn phòng 1", "code": "VP1", "head": house.leader},
        {"title": "Văn phòng 2", "code": "VP2", "people": [house.coordinator]},
    )
    with as_user(system):
        reorganise.split(house.office, parts=parts, **decided())
    units = {one.code: one.id for one in all_units().values()}
    assert account_store().get(house.coordinator).unit == units["VP2"]
    assert account_store().get(house.admin).unit == units["VP1"]
    assert fresh(house.office).successors == (units["VP1"], units["VP2"])
    assert find_unit(units["VP1"]).head == house.leader
    [entry] = last_entry("unit.split")
    assert entry.details["decision"] == "12/QĐ-UBND"


@pytest.mark.parametrize("part", [{"title": 3}, {"name": "x"}, {"people": [1]}])
def test_a_part_that_makes_no_sense_is_refused(house, system, part):
    with as_user(system), pytest.raises(errors.Invalid):
        reorganise.split(house.office, parts=(part, {"title": "Hai", "code": "H"}), **decided())


def test_a_unit_with_people_is_closed_only_with_a_successor(house, system, make):
    empty = make.create_unit("Phòng trống", "PT", parent=house.office)
    with as_user(system):
        with pytest.raises(errors.Invalid):
            reorganise.close(house.office, **decided())
        assert not is_closed(house.office)
        reorganise.close(empty, **decided())
    assert fresh(empty).valid_to == today() - timedelta(days=1)
    [entry] = last_entry("unit.close")
    assert entry.uid == empty.UID()


def test_a_unit_closed_by_mistake_is_opened_again(house, system, make):
    unit = make.create_unit("Phòng trống", "PT", parent=house.office)
    with as_user(system):
        with pytest.raises(errors.WrongState):
            reorganise.reopen(unit, **decided())
        reorganise.close(unit, successor="VP", **decided())
    with as_user(house.admin), pytest.raises(errors.Denied):
        reorganise.reopen(fresh(unit), **decided())
    assert is_closed(fresh(unit))
    with as_user(system):
        reorganise.reopen(fresh(unit), **decided())
    assert fresh(unit).valid_to is None
    assert house.office.predecessors == ()
    assert last_entry("unit.reopen")


# ---- previews, plans, jobs ----


def test_what_was_shown_is_what_is_done(house, system, make):
    draft = plans.draft_of([reorganise.close_step(house.office, "SNV")], today())
    make.create_person("moi", "Người Mới", house.office)
    with as_user(system), pytest.raises(errors.EditConflict):
        reorganise.close(house.office, successor="SNV", seen=draft.digest, **decided())
    assert not is_closed(fresh(house.office))
    draft = plans.draft_of([reorganise.close_step(house.office, "SNV")], today())
    with as_user(system):
        reorganise.close(house.office, successor="SNV", seen=draft.digest, **decided())
    assert is_closed(fresh(house.office))


def test_a_later_day_is_planned_and_carried_out_by_the_worker(house, system, monkeypatch):
    day = today() + timedelta(days=5)
    with as_user(system):
        reorganise.close(house.office, successor="SNV", **decided(effective=day))
    [plan] = plans.plans(records.PLANNED)
    assert not is_closed(fresh(house.office))
    carry_out_due()
    run_all()
    assert not is_closed(fresh(house.office))
    for module in ("jobs", "plans", "tree"):
        monkeypatch.setattr(f"hopso.organisation.{module}.today", lambda: day)
    carry_out_due()
    run_all()
    assert is_closed(fresh(house.office))
    assert plans.plans(records.DONE)[0].id == plan.id
    [entry] = last_entry("unit.reorganised")
    assert (entry.behalf, entry.details["status"]) == (system, "done")


def test_a_plan_is_taken_back(house, system):
    with as_user(system):
        reorganise.close(house.office, successor="SNV", **decided(effective=today() + timedelta(days=5)))
        [plan] = plans.plans(records.PLANNED)
    with as_user(house.admin), pytest.raises(errors.Denied):
        reorganise.cancel_plan(house.office, plan=plan.id)
    assert plans.plans(records.PLANNED) == [plan]
    with as_user(system):
        with pytest.raises(errors.Invalid):
            reorganise.cancel_plan(house.department, plan=plan.id)
        reorganise.cancel_plan(house.office, plan=plan.id)
        with pytest.raises(errors.WrongState):
            reorganise.cancel_plan(house.office, plan=plan.id)
    assert plans.plans(records.PLANNED) == []
    assert last_entry("unit.cancel_plan")


def test_a_big_reorganisation_is_the_workers_business(house, system, monkeypatch):
    monkeypatch.setattr(plans, "AT_ONCE", 1)
    with as_user(system):
        reorganise.merge(house.office, into="SNV", **decided())
    [plan] = plans.plans(records.QUEUED)
    assert not is_closed(fresh(house.office))
    run_all()
    assert is_closed(fresh(house.office))
    progress = plans.progress_of(plan.id)
    assert progress["done"] == progress["total"] > 0
    run_all()
    assert [one.status for one in plans.plans()] == [records.DONE]


def test_a_plan_that_has_become_impossible_changes_nothing_and_says_so(house, system, monkeypatch):
    monkeypatch.setattr(plans, "AT_ONCE", 1)
    with as_user(system):
        reorganise.merge(house.office, into="SNV", **decided())
        house.meeting = put_in_state(house.meeting, "in_session")
    run_all()
    [plan] = plans.plans()
    assert plan.status == records.FAILED
    assert "Giao ban tuần 48" in plan.problem
    assert not is_closed(fresh(house.office))
    assert account_store().get(house.admin).unit == house.office.getId()


# ---- what must be true of every unit ----


def test_the_code_of_a_closed_unit_is_free(house, make):
    house.department.valid_to = today() - timedelta(days=1)
    house.department.reindexObject()
    make.create_unit("Sở khác", "SNV", parent=house.committee)


def test_a_code_is_that_of_one_unit(house, make):
    with pytest.raises(errors.Invalid):
        make.create_unit("Khác", "snv", parent=house.committee)


def test_a_code_is_not_changed_into_that_of_another_unit(house):
    with pytest.raises(errors.Invalid):
        change(house.office, code="SNV")


def test_no_unit_stands_below_a_closed_one(house, make):
    house.department.valid_to = today() - timedelta(days=1)
    with pytest.raises(errors.Invalid):
        make.create_unit("Phòng", "P1", parent=house.department)


def test_ids_of_units_are_names_of_groups_and_are_given_once(house, make):
    with pytest.raises(errors.Invalid):
        make.create_unit("Hai", "P2", id=house.office.getId())


def test_a_unit_ends_after_it_begins(house):
    house.office.valid_to = date(2019, 1, 1)
    with pytest.raises(errors.Invalid):
        change(house.office, valid_from=date(2020, 1, 1))


def test_a_unit_with_people_or_meetings_is_never_deleted(house, make):
    with make.as_system():
        for unit in (house.office, house.department):
            with pytest.raises(errors.WrongState):
                api.content.delete(unit, check_linkintegrity=False)


def test_a_unit_that_was_entered_by_mistake_is_deleted(house, make):
    mistake = make.create_unit("Nhầm", "NHAM", parent=house.committee)
    with make.as_system():
        api.content.delete(mistake, check_linkintegrity=False)
    assert "NHAM" not in {one.code for one in all_units().values()}
