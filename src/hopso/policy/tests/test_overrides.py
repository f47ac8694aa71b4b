"""Blocks that were lifted with a reason are kept, counted and listed within one's reach."""

from datetime import timedelta

from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.operation import Operation
from hopso.core.operation import OperationDone
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.policy import overrides
import pytest
from zope.event import notify


LATE = Finding("BD-6.1/1", BLOCK, "Đăng ký muộn", "Điều 6 khoản 1", override="hopso: Override rule")
SEEN = Finding("BD-7/2", WARN, "Tài liệu mật", "Điều 7")


@pytest.fixture
def done(house, make):
    """Tell the house of an act, done by the leader."""
    act = Operation("meeting.register", IMeeting, "Register", "View", lambda meeting: None)

    def tell(*findings, reason="Bão số 5", context=None):
        with make.as_user(house.leader):
            event = OperationDone(act, context or house.meeting, {}, None, findings, reason)
            overrides.keep_override(event)

    return tell


def test_a_lifted_block_is_kept_with_all_that_one_asks(done, house):
    done(LATE, SEEN)
    [one] = overrides.overrides()
    assert (one.rules, one.articles, one.texts) == (("BD-6.1/1",), ("Điều 6 khoản 1",), ("Đăng ký muộn",))
    assert (one.who, one.reason, one.unit) == (house.leader, "Bão số 5", house.office.getId())
    assert (one.uid, one.title, one.operation) == (
        house.meeting.UID(),
        "Giao ban tuần 48",
        "meeting.register",
    )


def test_an_act_in_a_meeting_is_told_of_the_meeting(done, house, make):
    done(LATE, context=make.create_item(house.meeting))
    [one] = overrides.overrides()
    assert one.uid == house.meeting.UID()


@pytest.mark.parametrize(("findings", "reason"), [((SEEN,), "Lý do"), ((LATE,), " "), ((), "Lý do")])
def test_other_acts_are_no_overrides(done, findings, reason):
    done(*findings, reason=reason)
    assert list(overrides.overrides()) == []


def test_the_event_is_heard(house, make, portal):
    """The subscriber is registered: the event alone is enough."""
    act = Operation("meeting.register", IMeeting, "Register", "View", lambda meeting: None)
    with make.as_user(house.leader):
        notify(OperationDone(act, house.meeting, {}, None, (LATE,), "Bão số 5"))
    assert len(list(overrides.overrides())) == 1


def test_the_title_of_a_classified_meeting_is_withheld(done, house):
    house.meeting.classification = "mat"
    done(LATE)
    [one] = overrides.overrides()
    assert "Giao ban" not in one.title


def test_they_are_found_by_rule_unit_and_period_the_latest_first(done, house):
    done(LATE, reason="một")
    done(Finding("NA-3.1/1", BLOCK, "Muộn"), LATE, reason="hai")
    assert [one.reason for one in overrides.overrides()] == ["hai", "một"]
    assert [one.reason for one in overrides.overrides(rule="NA-3.1/1")] == ["hai"]
    assert overrides.counts(overrides.overrides()) == {"BD-6.1/1": 2, "NA-3.1/1": 1}
    assert list(overrides.overrides(units=frozenset({"nowhere"}))) == []
    assert len(list(overrides.overrides(units=frozenset({house.office.getId()})))) == 2
    assert list(overrides.overrides(until=now() - timedelta(minutes=1))) == []
    assert len(list(overrides.overrides(since=now() - timedelta(minutes=1), until=now()))) == 2
