"""The matrix as people live it: through groups, places and the plug-in."""

from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.meetings.content import IMeeting
from hopso.security import matrix
from plone import api
import pytest
from zope.schema import ValidationError


# person of the house -> roles she has on its meeting by unit or part
ROLES = {
    "admin": {matrix.UNIT_ADMIN},
    "coordinator": {matrix.COORDINATOR},
    "leader": {matrix.LEADER},
    "archivist": {matrix.ARCHIVIST},
    "chair": {matrix.CHAIR},
    "secretary": {matrix.SECRETARY, matrix.MEMBER},
    "approver": {matrix.APPROVER, matrix.MEMBER},
    "delegate": {matrix.DELEGATE},
    "substitute": set(),
    "outsider": set(),
}


@pytest.mark.parametrize("portal_type", ["Meeting", "MeetingDocument", "Minutes", "ConclusionNotice"])
def test_each_person_has_what_her_roles_have(house, make, portal_type):
    thing = house.meeting if portal_type == "Meeting" else make.add(house.meeting, portal_type, title="Một")
    [(flow_id, flow)] = [one for one in matrix.WORKFLOWS.items() if portal_type in one[1].types]
    wrong = []
    for state in flow.states:
        put_in_state(thing, state)
        for permission in flow.permissions:
            allowed = set(matrix.roles_for(flow_id, state, permission))
            for person, roles in ROLES.items():
                with as_user(getattr(house, person)):
                    has = bool(api.user.has_permission(permission, obj=thing))
                if has != bool(allowed & roles):
                    wrong.append((state, permission, person, has))
    assert wrong == []


def found_by(person, **query):
    with as_user(person):
        return {brain.getPath() for brain in api.portal.get_tool("portal_catalog")(**query)}


def test_a_new_participant_finds_at_once_and_a_former_one_no_more(house, make):
    document = make.create_document(house.meeting, "Báo cáo")
    put_in_state(house.meeting, "convened")
    put_in_state(document, "published")
    path = "/".join(document.getPhysicalPath())
    assert path in found_by(house.delegate, portal_type="MeetingDocument")
    assert path not in found_by(house.substitute, portal_type="MeetingDocument")

    change(house.meeting, participants=(f"user:{house.substitute}",))
    assert path not in found_by(house.delegate, portal_type="MeetingDocument")
    assert path in found_by(house.substitute, portal_type="MeetingDocument")


def test_an_invited_unit_is_its_leaders_and_coordinators(house):
    put_in_state(house.meeting, "convened")
    change(house.meeting, participants=(f"unit:{house.department.getId()}",))
    with as_user(house.outsider):  # coordinator of the department
        assert api.user.has_permission("View", obj=house.meeting)
    with as_user(house.delegate):  # a member like others
        assert not api.user.has_permission("View", obj=house.meeting)


def test_units_are_closed_to_units_above_but_for_administrators(house, make):
    above = make.create_person("daumoi_tinh", unit=house.committee, functions=("coordinators",))
    admin = make.create_person("quantri_tinh", unit=house.committee, functions=("admins",))
    put_in_state(house.meeting, "registered")
    with as_user(above):
        assert not api.user.has_permission("View", obj=house.meeting)
    with as_user(admin):
        assert api.user.has_permission("View", obj=house.meeting)


def test_a_system_administrator_reads_no_closed_meeting(house, make):
    admin = make.create_person("hethong")
    api.user.grant_roles(username=admin, roles=["System Administrator", "Manager"])
    for state in matrix.MEETING_STATES:
        put_in_state(house.meeting, state)
        with as_user(admin):
            assert not api.user.has_permission("View", obj=house.meeting), state


@pytest.mark.rule("BD-3.5")
def test_the_preparer_prepares_this_meeting_and_no_other(house, make):
    preparer = make.create_person("chuanbi", unit=house.department)
    other = make.create_meeting(house.office, "Cuộc họp khác")
    may = {"hopso: Register meeting", "hopso: Prepare meeting", "Modify portal content", "View"}
    with as_user(preparer):
        assert {one for one in may if api.user.has_permission(one, obj=house.meeting)} == set()
    change(house.meeting, preparer=preparer)
    with as_user(preparer):
        assert {one for one in may if api.user.has_permission(one, obj=house.meeting)} == may
        assert {one for one in may if api.user.has_permission(one, obj=other)} == set()
    change(house.meeting, preparer=house.coordinator)
    with as_user(preparer):
        assert {one for one in may if api.user.has_permission(one, obj=house.meeting)} == set()


@pytest.mark.rule("BD-3.6")
def test_a_person_or_a_unit_takes_part_and_nothing_else(house):
    field = IMeeting["participants"].bind(house.meeting)
    field.validate((f"user:{house.delegate}", f"unit:{house.department.getId()}"))
    for stranger in ("user:khongco", "unit:khongco", "group:moi-nguoi", house.delegate):
        with pytest.raises(ValidationError):
            field.validate((stranger,))
    put_in_state(house.meeting, "convened")
    with as_user(house.outsider):  # who speaks for the department
        assert not api.user.has_permission("View", obj=house.meeting)
    change(house.meeting, participants=(f"user:{house.substitute}", f"unit:{house.department.getId()}"))
    for person in (house.substitute, house.outsider):
        with as_user(person):
            assert api.user.has_permission("View", obj=house.meeting)
    with as_user(house.delegate):  # named no more, and a member of the unit like others
        assert not api.user.has_permission("View", obj=house.meeting)
