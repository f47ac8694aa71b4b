"""Steps of approval: registrar schedules, leadership approves or refuses (NA-4.1/2)."""

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.meetings.approval import operations as approval
from hopso.meetings.approval import records
from hopso.meetings.approval import steps
from hopso.meetings.approval.api import approvals_of
from hopso.meetings.approval.api import pending_step
from hopso.policy.api import apply_policy
from hopso.policy.api import store_values
import pytest


@pytest.fixture
def scheduled(province):
    """A meeting of the department under the policy of Nghệ An, scheduled by the registrar."""
    apply_policy("nghe-an")
    meeting = province.meeting_of_department
    with as_user(province.outsider):
        operations.register(meeting)
    with as_user(province.registrar):
        operations.schedule(meeting)
    return meeting


@pytest.mark.rule("NA-4.1/2")
def test_the_leadership_approves_what_the_registrar_scheduled(province, make, scheduled):
    make.create_item(scheduled)
    assert pending_step(scheduled) == "Provincial Chair"
    with as_user(province.outsider), pytest.raises(errors.Blocked) as error:
        operations.convene(scheduled)
    assert "NA-4.1/2" in {one.rule for one in error.value.findings}
    for person in (province.registrar, province.chair, province.outsider):
        with as_user(person), pytest.raises(errors.Denied):
            approval.approve(scheduled)
    with as_user(province.president):
        assert approval.approve.allowed(scheduled)
        approval.approve(scheduled, note="Đồng ý")
        with pytest.raises(errors.WrongState):
            approval.approve(scheduled)
    found = approvals_of(scheduled)
    assert [(one.by, one.approved, one.note, one.role) for one in found] == [
        (province.president, True, "Đồng ý", "Provincial Chair")
    ]
    with as_user(province.outsider):
        operations.convene(scheduled)
    assert state_of(scheduled) == "convened"


@pytest.mark.rule("NA-4.1/2")
def test_a_refusal_gives_the_meeting_back_without_its_slot(province, scheduled):
    with as_user(province.registrar), pytest.raises(errors.Denied):
        approval.refuse(scheduled, note="Không")
    with as_user(province.president):
        with pytest.raises(errors.Invalid):
            approval.refuse(scheduled)
        approval.refuse(scheduled, note="Trùng lịch công tác")
    assert state_of(scheduled) == "returned" and scheduled.booked_rooms == ()
    assert [one.approved for one in approvals_of(scheduled)] == [False]
    with as_user(province.president), pytest.raises(errors.WrongState):
        approval.refuse(scheduled, note="Không")


def test_an_approval_is_of_one_slot(province, scheduled):
    with as_user(province.president):
        approval.approve(scheduled)
    assert pending_step(scheduled) is None
    start = in_days(12)
    with as_user(province.registrar):
        operations.reschedule(scheduled, start=start, end=in_days(12, 10))
    assert pending_step(scheduled) == "Provincial Chair"
    with as_user(province.president):
        approval.approve(scheduled)
    assert len(approvals_of(scheduled)) == 2 and pending_step(scheduled) is None


@pytest.mark.rule("NA-4.1/2")
def test_steps_follow_one_another_and_nobody_decides_twice(province, scheduled):
    store_values({"approval_steps": ["Leader", "Provincial Chair"]})
    scheduled.policy_values = {**scheduled.policy_values, "approval_steps": ["Leader", "Provincial Chair"]}
    with as_user(province.president), pytest.raises(errors.Denied):
        approval.approve(scheduled)
    with as_user(province.head):
        approval.approve(scheduled, step=1)
        # Whoever saw the first step does not take the second one by a second click.
        with pytest.raises(errors.EditConflict):
            approval.approve(scheduled, step=1)
    with as_user(province.president):
        approval.approve(scheduled, step=2)
        with pytest.raises(errors.EditConflict):
            approval.approve(scheduled, step=2)
    assert [one.number for one in approvals_of(scheduled)] == [0, 1]


def test_two_decisions_on_one_step_write_the_same_key(scheduled):
    assert steps.step_key(scheduled, 0) == steps.step_key(scheduled, 0)
    records.book(scheduled)[steps.step_key(scheduled, 0)] = "another one was quicker"
    assert steps.pending_number(scheduled) is None


@pytest.mark.parametrize("name", ["ninh-thuan", "binh-dinh", "tuyen-quang", "ha-noi"])
def test_elsewhere_nobody_approves_meetings(province, name):
    apply_policy(name)
    put_in_state(province.meeting, "scheduled")
    assert pending_step(province.meeting) is None
    with as_user(province.president), pytest.raises(errors.WrongState):
        approval.approve(province.meeting)


@pytest.mark.rule("NA-3.3/2")
def test_open_items_are_shown_before_the_approval(province, scheduled):
    with as_user(province.president):
        found = approval.approve.findings(scheduled)
    assert [one.data["item"] for one in found if one.rule == "NA-3.3/2"] == [
        "invitation",
        "agenda",
        "documents",
    ]
