"""Guests of a meeting: an account for it alone, that ends by itself (BD-2.3)."""

from datetime import timedelta

from hopso.accounts import guests
from hopso.accounts import tools
from hopso.accounts.jobs import close_ended
from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.accounts.tests.conftest import logged
from hopso.core import errors
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.meetings import answers
from hopso.meetings import participation
from hopso.tasks.testing import waiting
from hopso.theme.people import forget
from hopso.theme.people import pick
from plone import api
import pytest


DATA = {"fullname": "Lưu Doanh Nhân", "email": "luu@doanhnghiep.example", "organisation": "Công ty Bến Sao"}


@pytest.fixture
def guest(staff):
    with as_user(staff.coordinator):
        return guests.invite_guest(staff.meeting, **DATA)


def may(user, permission, obj):
    with as_user(user):
        return bool(api.user.has_permission(permission, obj=obj))


@pytest.mark.rule("BD-2.3")
def test_a_guest_sees_this_meeting_and_nothing_else(staff, guest, make):
    other = make.create_meeting(staff.office, "Họp khác")
    for meeting in (staff.meeting, other):
        put_in_state(meeting, "convened")
    assert may(guest.user_id, "View", staff.meeting)
    assert not may(guest.user_id, "View", other)
    assert not may(guest.user_id, "Modify portal content", staff.meeting)
    assert account_of(guest.user_id).meetings == (staff.meeting.UID(),)
    forget()
    with as_user(guest.user_id):
        assert pick("user", "Lan") == []
        found = api.portal.get_tool("portal_catalog")(portal_type="Meeting")
        assert [brain.getPath() for brain in found] == ["/".join(staff.meeting.getPhysicalPath())]
        assert staff.office.restrictedTraverse("view").people() == []
    assert logged("meeting.invite_guest") == 1


@pytest.mark.rule("BD-2.3")
def test_the_access_ends_by_itself(staff, guest):
    assert guest.expires_at == staff.meeting.end + timedelta(days=7)
    assert guest.active(staff.meeting.end)
    assert not guest.active(staff.meeting.end + timedelta(days=7))
    name, kwargs = next(one for one in waiting() if one[0] == "accounts.invite")
    assert (name, kwargs["user"], kwargs["kind"]) == ("accounts.invite", guest.user_id, "guest")
    assert close_ended() == 0
    guest.expires_at = now() - timedelta(minutes=1)
    assert close_ended() == 1
    assert (guest.status, guest.disabled_reason) == (DISABLED, "expired")


def test_a_guest_who_comes_again_keeps_the_account(staff, guest, make):
    guest.status, guest.disabled_reason = DISABLED, "expired"
    again = make.create_meeting(staff.office, "Họp sau", coordinator=staff.coordinator)
    with as_user(staff.coordinator):
        assert guests.invite_guest(again, **DATA).user_id == guest.user_id
        with pytest.raises(errors.WrongState):
            guests.invite_guest(again, **DATA)
    assert guest.active()
    assert len(guest.meetings) == 2


@pytest.mark.parametrize("who", ["outsider", "delegate", "archivist", "system"])
def test_only_those_who_prepare_invite_guests(staff, who):
    with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
        guests.invite_guest(staff.meeting, **DATA)
    assert account_of("nhanld") is None
    assert logged("meeting.invite_guest") == 0


def test_no_guests_when_the_meeting_is_over(staff):
    put_in_state(staff.meeting, "concluded")
    with as_user(staff.coordinator), pytest.raises(errors.OperationError):
        guests.invite_guest(staff.meeting, **DATA)
    assert account_of("nhanld") is None


@pytest.mark.rule("BD-2.3")
def test_a_province_may_invite_no_guests(staff):
    from hopso.policy.policy import Policy

    staff.meeting.policy_values = Policy(guests_allowed=False).to_dict()
    staff.meeting.policy_name = "x"
    staff.meeting.registered_at = now()
    with as_user(staff.coordinator), pytest.raises(errors.Blocked) as caught:
        guests.invite_guest(staff.meeting, **DATA)
    assert [one.rule for one in caught.value.findings] == ["BD-2.3"]


def test_who_works_here_is_no_guest(staff):
    with as_user(staff.coordinator), pytest.raises(errors.Invalid) as caught:
        guests.invite_guest(staff.meeting, fullname="Phạm Quang", email="daibieu@example.vn")
    assert set(caught.value.errors) == {"email"}


def test_an_invitation_is_withdrawn(staff, guest):
    put_in_state(staff.meeting, "convened")
    with as_user(staff.outsider), pytest.raises(errors.Denied):
        guests.withdraw_guest(staff.meeting, user=guest.user_id)
    assert may(guest.user_id, "View", staff.meeting)
    put_in_state(staff.meeting, "draft")
    with as_user(staff.coordinator):
        guests.withdraw_guest(staff.meeting, user=guest.user_id)
        with pytest.raises(errors.WrongState):
            guests.withdraw_guest(staff.meeting, user=guest.user_id)
    put_in_state(staff.meeting, "convened")
    assert not may(guest.user_id, "View", staff.meeting)
    assert guest.status == DISABLED
    assert logged("meeting.withdraw_guest") == 1


def test_a_guest_answers_but_sends_nobody(staff, guest):
    put_in_state(staff.meeting, "convened")
    principal = f"user:{guest.user_id}"
    with as_user(guest.user_id):
        with pytest.raises(errors.Invalid):
            answers.answer(staff.meeting, answer="substituted", substitute=staff.outsider)
        answers.answer(staff.meeting, answer="attending")
    assert participation.records(staff.meeting)[principal].answer == "attending"


def test_leavers_and_guests_are_not_offered_for_new_parts(staff, guest):
    tools.close_account(account_of(staff.substitute), "test")
    forget()
    with as_user(staff.coordinator):
        offered = {one.value for one in pick("user", "", 500)}
    assert staff.delegate in offered
    assert not {staff.substitute, guest.user_id} & offered
    from hopso.organisation.vocabularies import person_name

    assert person_name(staff.substitute) == "Ngô Tấn Đạt"
