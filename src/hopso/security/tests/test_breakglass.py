"""Emergency access: open, limited, on record."""

from datetime import timedelta

from AccessControl import getSecurityManager
from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.policy.policy import Policy
from hopso.security import breakglass
from hopso.security import grants
from hopso.security import matrix
from hopso.security.pages import find_meeting
from hopso.security.pages import glass_lines
from hopso.tasks.testing import waiting
from plone import api
from plone.uuid.interfaces import IUUID
import pytest


WHY = "Biên bản không mở được, lỗi trong tệp"


@pytest.fixture
def admin(house, make):
    user_id = make.create_person("hethong", "Vũ Đức Thành")
    api.user.grant_roles(username=user_id, roles=[matrix.SYSTEM])
    return user_id


def do(name, meeting, **params):
    return find_operation(meeting, name)(meeting, **params)


def sees(user_id, obj, permission="View"):
    with as_user(user_id):
        return bool(getSecurityManager().checkPermission(permission, obj))


@pytest.fixture
def clock(monkeypatch):
    """A clock that can be put on: ``clock(minutes)``."""
    start = now()

    def put(minutes):
        moment = start + timedelta(minutes=minutes)
        for module in (
            "hopso.security.grants",
            "hopso.organisation.groups",
            "hopso.organisation.assignments",
        ):
            monkeypatch.setattr(f"{module}.now", lambda: moment)

    return put


@pytest.mark.rule("BD-3.3")
@pytest.mark.parametrize("state", list(matrix.MEETING_STATES))
def test_breaking_the_glass_gives_reading_and_nothing_else(house, make, admin, state):
    document = make.create_document(house.meeting)
    minutes = make.add(house.meeting, "Minutes", title="Biên bản")
    things = (house.meeting, document, minutes)
    put_in_state(house.meeting, state)
    assert not any(sees(admin, one) for one in things)
    with as_user(admin):
        do("break_glass", house.meeting, reason=WHY)
    assert all(sees(admin, one) for one in things)
    forbidden = {matrix.MODIFY, matrix.DELETE, matrix.ADD_ITEM, matrix.ADD_DOCUMENT, matrix.ADD_RECORD}
    assert not any(sees(admin, one, name) for one in things for name in forbidden)
    assert not sees(admin, make.create_meeting(house.office, "Cuộc họp khác"))
    [entry] = entries(operation="meeting.break_glass")
    assert (entry.who, entry.uid, entry.details["reason"]) == (admin, IUUID(house.meeting), WHY)


def test_the_glass_mends_itself(house, admin, clock):
    with as_user(admin):
        do("break_glass", house.meeting, reason=WHY)
    clock(59)
    assert sees(admin, house.meeting)
    clock(61)
    assert not sees(admin, house.meeting)
    assert breakglass.open_glass(admin) == []


def test_the_time_is_the_policys(house, admin, monkeypatch):
    monkeypatch.setattr(breakglass, "policy_for", lambda meeting: Policy(break_glass_minutes=15))
    with as_user(admin):
        do("break_glass", house.meeting, reason=WHY)
    [one] = grants.grant_store().of_user(admin)
    assert one.until - one.since == timedelta(minutes=15)


@pytest.mark.parametrize("reason", ["", "   ", "gấp", "a         b"])
def test_a_reason_is_needed(house, admin, reason):
    with as_user(admin), pytest.raises(errors.Invalid):
        do("break_glass", house.meeting, reason=reason)
    assert not sees(admin, house.meeting)
    assert entries(operation="meeting.break_glass") == []


@pytest.mark.parametrize("person", ["admin", "leader", "chair", "outsider"])
def test_nobody_else_breaks_it(house, person):
    with as_user(getattr(house, person)), pytest.raises(errors.Denied):
        do("break_glass", house.meeting, reason=WHY)
    assert grants.grant_store().history(IUUID(house.meeting)) == []


def test_an_invited_administrator_has_no_need(house, admin, make):
    make.change(house.meeting, participants=(f"user:{admin}",))
    put_in_state(house.meeting, "convened")
    with as_user(admin), pytest.raises(errors.WrongState):
        do("break_glass", house.meeting, reason=WHY)


@pytest.mark.parametrize("person", ["chair", "admin"])
def test_the_chair_and_the_units_administrator_see_and_end_it(house, admin, person):
    put_in_state(house.meeting, "convened")
    with as_user(admin):
        do("break_glass", house.meeting, reason=WHY)
    with as_user(getattr(house, person)):
        [line] = glass_lines(house.meeting)
        assert (line["name"], line["reason"], line["current"]) == ("Vũ Đức Thành", WHY, True)
        do("end_break_glass", house.meeting, user=admin)
        assert not glass_lines(house.meeting)[0]["current"]
        with pytest.raises(errors.WrongState):
            do("end_break_glass", house.meeting)
    assert not sees(admin, house.meeting)
    with as_user(house.delegate):
        assert glass_lines(house.meeting) == []


def test_they_are_told_at_once(house, admin):
    from hopso.notifications.messages import compose

    with as_user(admin):
        do("break_glass", house.meeting, reason=WHY)
    told = {
        arguments["recipient"] for _name, arguments in waiting() if arguments.get("kind") == "glass_broken"
    }
    assert told == {house.chair, house.admin}
    mail = compose("glass_broken", house.meeting, "http://x", language="vi", comment=WHY, closed=True)
    assert WHY in mail.text and house.meeting.title not in mail.text + mail.subject


def test_a_meeting_is_named_exactly_and_never_searched(house):
    url = house.meeting.absolute_url()
    for reference in (IUUID(house.meeting), url, f" {url}/@@people ", f"{url}/view", f"{url}?x=1"):
        assert find_meeting(reference) == house.meeting, reference
    for reference in (
        "",
        house.meeting.title,
        house.meeting.getId(),
        house.office.absolute_url(),
        "http://x/y",
    ):
        assert find_meeting(reference) is None, reference
