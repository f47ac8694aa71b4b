"""Help in meetings and outside of them, needs, readiness."""

from datetime import timedelta
from types import SimpleNamespace

from hopso.core import errors
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.operations_desk.help import needs
from hopso.operations_desk.help import operations
from hopso.operations_desk.help import rules
from hopso.operations_desk.help.records import help_store
from hopso.policy.api import store_values
from hopso.tasks.testing import waiting
import pytest


MINUTE = timedelta(minutes=1)


@pytest.fixture
def meeting(house):
    put_in_state(house.meeting, "in_session")
    return house.meeting


def asked(meeting):
    return help_store().of_meeting(meeting.UID())


def told():
    return {(k["kind"], k["recipient"]) for name, k in waiting() if name == "notifications.send_mail"}


@pytest.mark.rule("BD-9.2/1")
@pytest.mark.rule("BD-8.3")
def test_a_delegate_asks_and_is_helped(house, meeting):
    store_values({"help_response": "1 hours"})
    with as_user(house.delegate):
        operations.ask_help(meeting, topic="sound", seat="Hàng 2")
    [one] = asked(meeting)
    assert (one.state, one.asker, one.unit) == ("asked", house.delegate, house.office.getId())
    assert one.due == one.asked_at + timedelta(hours=1)
    assert {("help_asked", house.coordinator), ("help_asked", house.admin)} <= told()
    with as_user(house.delegate), pytest.raises(errors.Denied):
        operations.take_help(meeting, request=one.id)
    with as_user(house.coordinator):
        operations.take_help(meeting, request=one.id)
        with pytest.raises(errors.WrongState):
            operations.take_help(meeting, request=one.id)
        with pytest.raises(errors.Invalid):
            operations.solve_help(meeting, request="khong-co")
    with as_user(house.admin):
        operations.solve_help(meeting, request=one.id, answer="Bật micro")
        with pytest.raises(errors.WrongState):
            operations.solve_help(meeting, request=one.id)
    [one] = asked(meeting)
    assert (one.state, one.taken_by, one.solved_by) == ("solved", house.coordinator, house.admin)
    assert help_store().open_of_unit(house.office.getId()) == []


def test_who_has_nothing_to_do_with_a_meeting_asks_nothing(house, meeting):
    with as_user(house.outsider), pytest.raises(errors.Denied):
        operations.ask_help(meeting, topic="sound")
    put_in_state(meeting, "archived")
    with as_user(house.coordinator), pytest.raises(errors.WrongState):
        operations.ask_help(meeting, topic="sound")
    assert asked(meeting) == []


@pytest.mark.rule("NA-5.1/2")
@pytest.mark.rule("TQ-P5/2")
def test_the_body_that_runs_the_system_gives_guidance(house):
    store_values({"operator_unit": house.office.getId()})
    with as_user(house.outsider):
        with pytest.raises(errors.Invalid):
            operations.ask_support(house.department, topic="guidance", text="Cách đăng ký")
        with pytest.raises(errors.Invalid):
            operations.ask_support(house.office, topic="guidance")
        operations.ask_support(house.office, topic="guidance", text="Cách đăng ký")
    [one] = help_store().of_unit(house.office.getId())
    with as_user(house.outsider), pytest.raises(errors.Denied):
        operations.take_support(house.office, request=one.id)
    with as_user(house.admin):
        operations.take_support(house.office, request=one.id)
        with pytest.raises(errors.WrongState):
            operations.take_support(house.office, request=one.id)
        operations.solve_support(house.office, request=one.id, answer="Đã gửi hướng dẫn")
        with pytest.raises(errors.WrongState):
            operations.solve_support(house.office, request=one.id)
    assert help_store().get("", one.id).answer == "Đã gửi hướng dẫn"


@pytest.mark.rule("BD-9.2/1")
def test_in_time_late_and_open():
    asked_at = now()
    due = asked_at + 10 * MINUTE
    assert rules.help_in_time(asked_at, None, due, due) == []
    [late] = rules.help_in_time(asked_at, None, due, due + MINUTE)
    assert (late.rule, late.level, late.data["minutes"]) == ("BD-9.2/1", "warn", 11)
    [kept] = rules.help_in_time(asked_at, asked_at + 4 * MINUTE, due, due + 60 * MINUTE)
    assert (kept.level, kept.data["minutes"]) == ("record", 4)


@pytest.mark.rule("BD-9.3")
def test_figures():
    start = now()

    def one(answered=None, solved=None, due=10):
        return SimpleNamespace(
            asked_at=start,
            first_answer=None if answered is None else start + answered * MINUTE,
            solved_at=None if solved is None else start + solved * MINUTE,
            due=None if due is None else start + due * MINUTE,
        )

    found = rules.count_help(
        [one(2, 10), one(4, 30), one(20, 40), one(), one(6, None, None)], start + 15 * MINUTE
    )
    assert (found.all, found.open, found.to_answer, found.to_solve) == (5, 2, 5, 30)
    assert (found.kept, found.late) == (2, 2)
    assert rules.count_help([], start).to_answer is None


@pytest.mark.rule("BD-8.2/2")
@pytest.mark.rule("BD-8.2/3")
def test_a_need_is_told_met_and_shown(house, make):
    put_in_state(house.meeting, "convened")
    with as_user(house.delegate):
        with pytest.raises(errors.Invalid):
            needs.tell_need(house.meeting)
        assert needs.tell_need.findings(house.meeting, needs_device=True) == ()
        needs.tell_need(house.meeting, needs_device=True, note="Máy hỏng")
    need = help_store().need(house.meeting.UID(), house.delegate)
    assert (need.state, need.late, need.device, need.account) == ("open", False, True, False)
    assert ("need_told", house.coordinator) in told()
    with as_user(house.outsider), pytest.raises(errors.Denied):
        needs.meet_need(house.meeting, user=house.delegate, how="other")
    with as_user(house.coordinator):
        for bad in ({"how": "loan"}, {"user": house.chair}, {"how": "x"}):
            with pytest.raises(errors.Invalid):
                needs.meet_need(house.meeting, **{"user": house.delegate, "how": "other"} | bad)
        needs.meet_need(house.meeting, user=house.delegate, how="loan", answer="Nhận máy tại phòng 2")
        with pytest.raises(errors.WrongState):
            needs.meet_need(house.meeting, user=house.delegate, how="other")
    need = help_store().need(house.meeting.UID(), house.delegate)
    assert (need.state, need.answer, need.met_by) == ("met", "Nhận máy tại phòng 2", house.coordinator)
    assert ("need_met", house.delegate) in told()


@pytest.mark.rule("BD-8.2/2")
def test_a_need_told_too_late_is_marked(house, make):
    start = now() + timedelta(hours=5)
    make.change(house.meeting, start=start, end=start + timedelta(hours=1))
    put_in_state(house.meeting, "convened")
    with as_user(house.delegate):
        [finding] = needs.tell_need.findings(house.meeting, needs_account=True)
        assert (finding.rule, finding.level) == ("BD-8.2/2", "warn")
        needs.tell_need(house.meeting, needs_account=True)
    assert help_store().need(house.meeting.UID(), house.delegate).late
    with as_user(house.delegate):
        needs.tell_need(house.meeting)
    assert help_store().needs_of(house.meeting.UID()) == []
    with as_user(house.outsider), pytest.raises(errors.Denied):
        needs.tell_need(house.meeting, needs_device=True)


@pytest.mark.rule("BD-8.3")
def test_the_unit_administrator_assesses_the_preparation(house):
    put_in_state(house.meeting, "scheduled")
    with as_user(house.coordinator), pytest.raises(errors.Denied):
        needs.review_preparation(house.meeting, text="Tốt")
    with as_user(house.admin):
        needs.review_preparation(house.meeting, text="Đủ điều kiện")
    [review] = needs.reviews_of(house.meeting)
    assert (review["by"], review["text"]) == (house.admin, "Đủ điều kiện")
    put_in_state(house.meeting, "ended")
    with as_user(house.admin), pytest.raises(errors.WrongState):
        needs.review_preparation(house.meeting, text="x")
