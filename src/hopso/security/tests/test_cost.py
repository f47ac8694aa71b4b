"""What rights cost: counted, not timed; benchmarks/people.py has the times."""

from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.meetings import participation
from hopso.meetings.preparation import add_participants
from hopso.meetings.preparation import remove_participants
from hopso.organisation.groups import computed_groups
from hopso.security import rights_index
from hopso.tests.counting import counted_catalog
from hopso.tests.counting import counted_writes
from plone import api
from Products.CMFCore.indexing import processQueue
from Products.PluginIndexes.KeywordIndex.KeywordIndex import KeywordIndex
import pytest
import transaction


DOCUMENTS = 12
MOST_WRITES = 5


def user(user_id):
    return api.portal.get_tool("acl_users").getUserById(user_id)


def seen(user_id, **query):
    with as_user(user_id):
        return {brain.UID for brain in api.portal.get_tool("portal_catalog")(**query)}


@pytest.fixture
def conference(functional_portal, make):
    from hopso.conftest import House

    house = House(functional_portal)
    house.documents = [make.create_document(house.meeting, f"Tài liệu {n}") for n in range(DOCUMENTS)]
    house.newcomer = make.create_person("nguoimoi", "Hồ Thị Mới", house.department)
    put_in_state(house.meeting, "scheduled")
    transaction.commit()
    return house


@pytest.mark.parametrize(
    ("change", "whom"),
    [(add_participants, "nguoimoi"), (add_participants, "duthay"), (remove_participants, "daibieu")],
)
def test_a_change_of_participants_writes_little_and_indexes_nothing(conference, change, whom):
    with as_user(conference.coordinator), counted_catalog() as touched:
        change(conference.meeting, principals=(f"user:{whom}",))
        processQueue()
        with counted_writes(conference.portal._p_jar) as stored:
            transaction.commit()
    assert not touched
    assert 0 < sum(stored.values()) <= MOST_WRITES, stored


def test_a_person_is_in_no_group_of_a_meeting_however_many_invitations(house, make):
    before = set(user(house.delegate).getGroups())
    for n in range(5):
        make.create_meeting(house.office, f"Họp {n}", participants=(f"user:{house.delegate}",))
    assert set(user(house.delegate).getGroups()) == before
    assert sum(one.startswith("meeting:") for one in computed_groups(house.portal, house.delegate)) == 6


def test_the_roles_of_a_meeting_are_those_of_the_parts_in_this_meeting(house, make):
    other = make.create_meeting(house.office, "Họp khác", chair=house.delegate)
    held = user(house.delegate)
    assert "Delegate" in held.getRolesInContext(house.meeting)
    assert "Meeting Chair" not in held.getRolesInContext(house.meeting)
    assert "Meeting Chair" in held.getRolesInContext(other)
    assert "Meeting Chair" not in held.getRolesInContext(house.office)


def test_rights_end_with_the_invitation_in_the_same_request(house):
    put_in_state(house.meeting, "convened")
    uid = house.meeting.UID()
    assert uid in seen(house.delegate, portal_type="Meeting")
    house.meeting.participants = ()
    participation.synchronise(house.meeting)
    assert uid not in seen(house.delegate, portal_type="Meeting")
    assert "Delegate" not in user(house.delegate).getRolesInContext(house.meeting)


def test_leaders_of_an_invited_unit_see_the_meeting_and_its_staff_do_not(house, make):
    leader = make.create_person("phogiamdoc", "Lý Văn Phó", house.department, ("leaders",))
    unit = house.department.getId()
    meeting = make.create_meeting(house.office, "Họp liên ngành", participants=(f"unit:{unit}",))
    put_in_state(meeting, "convened")
    assert meeting.UID() in seen(leader, portal_type="Meeting")
    assert meeting.UID() not in seen(house.delegate, portal_type="Meeting")
    assert user(leader).has_permission("View", meeting)
    assert not user(house.delegate).has_permission("View", meeting)


def test_the_rights_of_a_foreign_person_are_not_found_by_naming_their_group(house):
    """Who asks for a group of a meeting by its name asks for that and nothing more."""
    put_in_state(house.meeting, "convened")
    assert house.meeting.UID() not in seen(house.outsider, portal_type="Meeting")
    assert house.meeting.UID() not in seen(
        house.outsider, portal_type="Meeting", allowedRolesAndUsers=[f"user:{house.delegate}"]
    )


def test_the_index_keeps_what_the_one_before_it_knew(house):
    catalog = house.portal.portal_catalog
    put_in_state(house.meeting, "convened")
    assert type(catalog._catalog.indexes[rights_index.NAME]) is rights_index.RightsIndex
    rights_index.uninstall(house.portal)
    assert type(catalog._catalog.indexes[rights_index.NAME]) is KeywordIndex
    assert house.meeting.UID() not in seen(house.delegate, portal_type="Meeting")
    rights_index.install(house.portal)
    assert house.meeting.UID() in seen(house.delegate, portal_type="Meeting")


def test_answers_of_two_substitutes_leave_one_right(house):
    """Whoever was named first has no right once somebody else is named."""
    record = participation.record_of(house.meeting, house.delegate)
    for substitute in (house.substitute, house.outsider):
        record = participation.put_record(
            house.meeting, record, answer=participation.SUBSTITUTED, substitute=substitute
        )
    given = participation.parts_since(house.meeting)
    assert "delegates" in given[f"user:{house.outsider}"]
    assert f"user:{house.substitute}" not in given
    assert f"user:{house.delegate}" not in given
    house.meeting.participants = ()
    participation.synchronise(house.meeting)
    assert f"user:{house.outsider}" not in participation.parts_since(house.meeting)
