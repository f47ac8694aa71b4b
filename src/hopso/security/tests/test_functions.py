"""Every permission for every function and part, on things of every kind, and for as long as it lasts."""

from datetime import timedelta

from AccessControl import getSecurityManager
from AccessControl.PermissionRole import rolesForPermissionOn
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.meetings import participation
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.interfaces import FUNCTIONS
from hopso.security import explain
from hopso.security import matrix
import pytest


GIVEN = {name: set(roles) for name, roles in matrix.STATIC.items() if roles}


def has(user_id, permission, obj) -> bool:
    with as_user(user_id):
        return bool(getSecurityManager().checkPermission(permission, obj))


@pytest.fixture
def things(house, make):
    minutes = make.add(house.meeting, "Minutes", title="Biên bản")
    return [
        house.office,
        house.office["hop"],
        house.room,
        house.meeting,
        make.create_item(house.meeting),
        make.create_document(house.meeting),
        minutes,
    ]


def test_every_static_permission_has_its_roles_on_everything(things):
    wrong = []
    for thing in things:
        flows = [flow for flow in matrix.WORKFLOWS.values() if thing.portal_type in flow.types]
        by_state = {name for flow in flows for name in flow.permissions}
        for permission, roles in (matrix.STATIC | matrix.ROOT).items():
            if permission in by_state or (
                thing.portal_type == "AgendaItem" and permission in matrix.MEETING.permissions
            ):
                continue
            found = set(rolesForPermissionOn(permission, thing)) - {"Shared"}
            if roles and found != set(roles):
                wrong.append((thing.portal_type, permission, found ^ set(roles)))
    assert wrong == []


@pytest.mark.rule("BD-3.3")
@pytest.mark.rule("BD-3.4")
def test_a_function_gives_its_permissions_in_its_unit_and_nowhere_else(house, make):
    below = make.create_unit("Phòng Tổng hợp", "TH", parent=house.office)
    wrong = []
    for function in FUNCTIONS:
        person = make.create_person(f"f_{function}", unit=house.office, functions=(function,))
        roles = {*matrix.UNIT_FUNCTION_ROLES[function], "Authenticated", "Member"}
        reaching = roles if function in matrix.INHERITED_FUNCTIONS else {"Authenticated", "Member"}
        for permission, allowed in GIVEN.items():
            for unit, held in (
                (house.office, roles),
                (below, reaching),
                (house.committee, {"Authenticated", "Member"}),
                (house.department, {"Authenticated", "Member"}),
            ):
                if has(person, permission, unit) != bool(allowed & held):
                    wrong.append((function, permission, unit.title))
    assert wrong == []


@pytest.mark.rule("BD-3.5")
def test_a_preparer_prepares_one_meeting(house, make):
    person = make.create_person("soanthao", unit=house.department)
    other = make.create_meeting(house.office, "Cuộc họp khác")
    make.change(house.meeting, preparer=person)
    for permission in ("hopso: Register meeting", "hopso: Prepare meeting", "Modify portal content"):
        assert has(person, permission, house.meeting), permission
        assert not has(person, permission, other), permission
    make.change(house.meeting, preparer=house.coordinator)
    assert not has(person, "hopso: Register meeting", house.meeting)


@pytest.mark.rule("BD-3.6")
def test_a_participant_is_a_person_or_a_unit(house, make):
    put_in_state(house.meeting, "convened")
    make.change(house.meeting, participants=(f"user:{house.delegate}", f"unit:{house.department.getId()}"))
    assert has(house.delegate, "View", house.meeting) and has(house.outsider, "View", house.meeting)
    make.change(house.meeting, participants=())
    assert not has(house.delegate, "View", house.meeting) and not has(house.outsider, "View", house.meeting)


@pytest.fixture
def clock(monkeypatch):
    """A clock that can be put on: ``clock(hours)``."""
    start = now()

    def put(hours):
        moment = start + timedelta(hours=hours)
        for module in (
            "hopso.security.grants",
            "hopso.organisation.groups",
            "hopso.organisation.assignments",
        ):
            monkeypatch.setattr(f"{module}.now", lambda: moment)

    return put


@pytest.mark.rule("BD-12.3.c")
def test_an_acting_head_acts_for_as_long_as_it_was_given(house, make, clock):
    person, begin = make.create_person("quyen", "Lê Quyền", house.office), now() + timedelta(hours=1)
    assignment_store().assign(
        person,
        Assignment(
            house.office.getId(), "leaders", "Quyền Chánh Văn phòng", begin, begin + timedelta(hours=8)
        ),
    )
    put_in_state(house.meeting, "registered")
    for hours, expected in ((0, False), (2, True), (8.9, True), (9.1, False)):
        clock(hours)
        assert has(person, "View", house.meeting) is expected, hours
        assert explain.may_see(house.meeting, person) is expected, hours
        if expected:
            [row] = [one for one in explain.who_can_see(house.meeting) if one.user_id == person]
            assert (row.since, row.until) == (begin, begin + timedelta(hours=8))
            assert row.cause.mapping["function"] == "Quyền Chánh Văn phòng"


def test_who_speaks_for_a_unit_for_a_time_reads_its_meetings_for_that_time(house, make, clock):
    person = make.create_person("tamthoi", unit=house.department)
    end = now() + timedelta(hours=5)
    assignment_store().assign(person, Assignment(house.department.getId(), "coordinators", "", None, end))
    make.change(house.meeting, participants=(f"unit:{house.department.getId()}",))
    put_in_state(house.meeting, "convened")
    for hours, expected in ((0, True), (4.9, True), (5.1, False)):
        clock(hours)
        assert has(person, "View", house.meeting) is expected, hours
        assert explain.may_see(house.meeting, person) is expected, hours


def test_a_substitute_is_one_until_the_answer_changes(house):
    put_in_state(house.meeting, "convened")
    record = participation.records(house.meeting)[f"user:{house.delegate}"]
    record = participation.put_record(
        house.meeting, record, answer=participation.SUBSTITUTED, substitute=house.substitute
    )
    assert has(house.substitute, "View", house.meeting) and not has(house.delegate, "View", house.meeting)
    participation.put_record(house.meeting, record, answer=participation.ATTENDING, substitute="")
    assert not has(house.substitute, "View", house.meeting) and has(house.delegate, "View", house.meeting)
