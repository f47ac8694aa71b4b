"""Versions: planned, in force on their day, taken back, restored; and which policy a meeting follows."""

from datetime import date
from datetime import datetime
from datetime import timedelta

from hopso.audit import log
from hopso.core import errors
from hopso.core.text import LOCAL
from hopso.policy import operations
from hopso.policy import versions
from hopso.policy.api import apply_policy
from hopso.policy.api import current_policy
from hopso.policy.api import frozen_copy
from hopso.policy.api import policy_for
from hopso.policy.api import policy_on
from hopso.policy.api import stored_policy
from hopso.policy.jobs import write_down_due
from hopso.policy.timing import LeadTime
import pytest


DAY = timedelta(days=1)
DECISION = "Quyết định 12/2027/QĐ-UBND"


@pytest.fixture
def on(monkeypatch):
    """Let the house believe that it is another day."""

    def change(day):
        monkeypatch.setattr(versions, "today", lambda: day)

    return change


@pytest.fixture
def planned(house, portal, make):
    """A version with 72 hours instead of two days, in force in ten days."""
    day = versions.today() + 10 * DAY
    with make.as_system():
        made = operations.plan_version(
            portal, values={"lead_time_normal": "72 hours", "max_pages": 2000}, day=day, decision=DECISION
        )
    return versions.find(made)


def test_a_planned_version_holds_from_its_day_on(planned, on):
    before, after = LeadTime(2, "calendar_days"), LeadTime(72)
    assert planned.values == {"lead_time_normal": "72 hours"}  # what would not change is left out
    assert current_policy().lead_time_normal == before
    assert [policy_on(planned.day + n * DAY).lead_time_normal for n in (-1, 0, 1)] == [before, after, after]
    on(planned.day)
    assert current_policy().lead_time_normal == after
    assert stored_policy().lead_time_normal == before


@pytest.mark.rule("NA-QD.2", "NT-QD.2", "BD-QD.2")
def test_a_meeting_follows_the_policy_in_force_on_its_day(planned, house, portal):
    for start, expected in ((planned.day - DAY, LeadTime(2, "calendar_days")), (planned.day, LeadTime(72))):
        house.meeting.start = datetime(start.year, start.month, start.day, 0, 30, tzinfo=LOCAL)
        assert policy_for(house.meeting).lead_time_normal == expected
    house.meeting.policy_values = frozen_copy()
    assert policy_for(house.meeting).lead_time_normal == LeadTime(2, "calendar_days")  # its own copy


def test_nothing_that_is_registered_changes_on_the_day(planned, house, on):
    house.meeting.policy_values = frozen_copy()
    on(planned.day + DAY)
    assert policy_for(house.meeting).lead_time_normal == LeadTime(2, "calendar_days")


def test_the_worker_writes_it_down_once(planned, house, on, make):
    with make.as_system():
        assert write_down_due() == 0
        with pytest.raises(errors.WrongState):
            operations.enforce_version(house.portal, version=planned.id)
        on(planned.day)
        assert write_down_due() == 1
        assert write_down_due() == 0
    assert stored_policy().lead_time_normal == LeadTime(72)
    found = versions.find(planned.id)
    assert (found.status, found.before) == (versions.DONE, {"lead_time_normal": "2 calendar_days"})
    assert log.entries(operation="policy.enforce", limit=1)[0].details == {"version": planned.id}


def test_only_administrators_write_it_down(planned, house, on, make):
    on(planned.day)
    with make.as_user(house.admin), pytest.raises(errors.Denied):
        operations.enforce_version(house.portal, version=planned.id)


def test_a_change_on_the_day_counts_the_plan_first(planned, house, portal, on, make):
    on(planned.day)
    with make.as_system():
        operations.change_policy(portal, values={"lead_time_normal": "48 hours"})
    assert current_policy().lead_time_normal == LeadTime(48)
    assert [one.status for one in versions.versions()] == [versions.DONE, versions.DONE]


def test_two_plans_hold_in_the_order_of_their_days(planned, house, portal, on, make):
    with make.as_system():
        operations.plan_version(
            portal, values={"lead_time_normal": "96 hours"}, day=planned.day + DAY, decision=DECISION
        )
    assert policy_on(planned.day).lead_time_normal == LeadTime(72)
    assert policy_on(planned.day + DAY).lead_time_normal == LeadTime(96)
    on(planned.day + 3 * DAY)
    with make.as_system():
        write_down_due()
    assert policy_on(planned.day).lead_time_normal == LeadTime(72)  # now a day of the past
    assert policy_on(planned.day - DAY).lead_time_normal == LeadTime(2, "calendar_days")


def test_a_province_can_be_planned(house, portal, make):
    from hopso.policy.api import values_of

    day = versions.today() + 5 * DAY
    with make.as_system():
        operations.plan_version(portal, values=values_of("nghe-an"), day=day, decision=DECISION)
    assert policy_on(day).rule_sets == ("NA",)
    assert policy_on(day - DAY).rule_sets != ("NA",)


@pytest.mark.parametrize(
    ("days", "decision", "values", "field"),
    [
        (0, DECISION, {"max_pages": 7}, "day"),
        (-1, DECISION, {"max_pages": 7}, "day"),
        (3, " ", {"max_pages": 7}, "decision"),
        (3, DECISION, {"max_pages": 2000}, "values"),
        (3, DECISION, {"max_pages": "many"}, "max_pages"),
    ],
)
def test_bad_plans_are_refused(house, portal, make, days, decision, values, field):
    with make.as_system(), pytest.raises(errors.Invalid) as caught:
        operations.plan_version(portal, values=values, day=versions.today() + days * DAY, decision=decision)
    assert field in caught.value.errors
    assert versions.versions() == []


def test_others_plan_and_restore_nothing(planned, house, portal, make):
    day = planned.day
    with make.as_user(house.leader):
        for operation, params in (
            (operations.plan_version, {"values": {"max_pages": 7}, "day": day, "decision": DECISION}),
            (operations.cancel_plan, {"version": planned.id, "reason": "x"}),
            (operations.restore_version, {"version": planned.id, "reason": "x"}),
        ):
            with pytest.raises(errors.Denied):
                operation(portal, **params)
    assert versions.find(planned.id) == planned


def test_a_plan_is_taken_back(planned, house, portal, make, on):
    with make.as_system():
        operations.cancel_plan(portal, version=planned.id, reason="Chưa ban hành")
        assert policy_on(planned.day) == current_policy()
        assert versions.find(planned.id).reason == "Chưa ban hành"
        with pytest.raises(errors.WrongState):
            operations.cancel_plan(portal, version=planned.id, reason="Lần nữa")
        with pytest.raises(errors.WrongState):
            operations.restore_version(portal, version=planned.id, reason="Chưa từng có hiệu lực")
        with pytest.raises(errors.Invalid):
            operations.cancel_plan(portal, version="nowhere", reason="x")


def test_a_plan_whose_day_has_come_is_not_taken_back(planned, house, portal, make, on):
    on(planned.day)
    with make.as_system(), pytest.raises(errors.WrongState):
        operations.cancel_plan(portal, version=planned.id, reason="Muộn rồi")


def test_a_former_version_is_restored(house, portal, make):
    apply_policy("binh-dinh")
    first = current_policy()
    with make.as_system():
        one = operations.change_policy(portal, values={"max_pages": 7}, decision="QĐ 1")
        second = current_policy()
        operations.apply_province(portal, name="ha-noi", decision="QĐ 2")
        assert current_policy().rule_sets == ("HN",)
        operations.restore_version(portal, version=one, reason="Áp dụng nhầm")
    assert current_policy() == second
    assert second.max_pages == 7 and first.max_pages == 2000
    latest = versions.versions()[0]
    assert (latest.kind, latest.reason) == (versions.RESTORE, "Áp dụng nhầm")


def test_what_changes_nothing_is_no_version(house, portal, make):
    with make.as_system():
        assert operations.change_policy(portal, values={"max_pages": 2000}) is None
    assert versions.versions() == []


def test_who_looked_at_an_older_state_is_told(planned, house, portal, make):
    seen = operations.fingerprint()
    with make.as_system():
        operations.change_policy(portal, values={"max_pages": 7}, seen=seen)
        with pytest.raises(errors.EditConflict):
            operations.change_policy(portal, values={"max_pages": 8}, seen=seen)
        with pytest.raises(errors.EditConflict):
            operations.apply_province(portal, name="ha-noi", seen=seen)
    assert current_policy().max_pages == 7


def test_a_version_tells_who_when_and_why(planned, house):
    assert planned.who and planned.recorded_at.tzinfo is not None
    assert (planned.decision, planned.day > date.today()) == (DECISION, True)
