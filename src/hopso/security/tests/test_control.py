"""The control of a session can be given away where the policy says so (HN-5.6)."""

from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.policy.policy import Policy
from hopso.security import control
from hopso.security import matrix
from hopso.security.grants import CONSOLE
from hopso.security.grants import grant_store
from plone import api
from plone.uuid.interfaces import IUUID
import pytest


def do(name, meeting, **params):
    return find_operation(meeting, name)(meeting, **params)


@pytest.fixture
def delegating(monkeypatch):
    monkeypatch.setattr(control, "policy_for", lambda meeting: Policy(delegate_control=True))


def may(user_id, permission, obj):
    with as_user(user_id):
        return bool(api.user.has_permission(permission, obj=obj))


@pytest.mark.rule("HN-5.6")
def test_the_control_is_given_until_the_session_ends(house, make, delegating):
    published, draft = make.create_document(house.meeting), make.create_document(house.meeting)
    put_in_state(published, "published")
    put_in_state(house.meeting, "convened")
    with as_user(house.outsider), pytest.raises(errors.Denied):
        do("start", house.meeting)
    with as_user(house.chair):
        do("delegate_control", house.meeting, user=house.outsider)
    assert may(house.outsider, "View", house.meeting) and may(house.outsider, "View", published)
    assert not may(house.outsider, "View", draft)
    for permission in (matrix.MODIFY, matrix.ADD_RECORD, "hopso: Decide as chair", "hopso: Conclude meeting"):
        assert not may(house.outsider, permission, house.meeting), permission
    with as_user(house.outsider):
        do("start", house.meeting)
        assert state_of(house.meeting) == "in_session"
        do("end", house.meeting)
    assert state_of(house.meeting) == "ended"
    assert not may(house.outsider, "View", house.meeting)
    assert grant_store().of_meeting(IUUID(house.meeting), CONSOLE) == []
    assert [one.who for one in entries(operation="meeting.end")] == [house.outsider]


@pytest.mark.rule("HN-5.6")
def test_the_policy_may_leave_it_with_the_chair(house):
    put_in_state(house.meeting, "convened")
    with as_user(house.chair), pytest.raises(errors.Blocked) as refused:
        do("delegate_control", house.meeting, user=house.outsider)
    [finding] = refused.value.findings
    assert (finding.rule, finding.article) == ("HN-5.6", "Điều 5, gạch đầu dòng 6")
    assert grant_store().history(IUUID(house.meeting)) == []


def test_the_chair_takes_it_back(house, delegating):
    put_in_state(house.meeting, "convened")
    with as_user(house.chair):
        with pytest.raises(errors.WrongState):
            do("revoke_control", house.meeting)
        do("delegate_control", house.meeting, user=house.outsider)
        with pytest.raises(errors.Invalid):
            do("delegate_control", house.meeting, user=house.outsider)
        do("revoke_control", house.meeting, user=house.outsider)
    assert not may(house.outsider, "View", house.meeting)
    with as_user(house.secretary), pytest.raises(errors.Denied):
        do("delegate_control", house.meeting, user=house.outsider)
