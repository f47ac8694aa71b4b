"""Rules of rooms: tables of what forbids to book one."""

from datetime import date
from datetime import timedelta

from hopso.core.findings import BLOCK
from hopso.core.findings import blocks
from hopso.core.findings import WARN
from hopso.inventory import rules
from hopso.policy.policy import Policy
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest


DAY = date(2026, 12, 1)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


class Room:
    """What the rules ask of a room."""

    active = True
    standard_ok = True
    standard_inspected_on = date(2026, 6, 1)
    standard_valid_until = None
    rules_posted_on = date(2026, 6, 2)

    def __init__(self, **fields):
        vars(self).update(fields)


@pytest.mark.rule("NA-2.1/2")
@pytest.mark.parametrize(
    "fields, found",
    [
        ({}, []),
        ({"standard_inspected_on": None}, ["NA-2.1/2"]),
        ({"standard_ok": False}, ["NA-2.1/2"]),
        ({"standard_valid_until": date(2026, 11, 30)}, ["NA-2.1/2"]),
        ({"standard_valid_until": DAY}, []),
        ({"active": False}, ["HS-ROOM"]),
    ],
)
def test_a_room_is_booked_when_it_meets_the_standard(fields, found):
    policy = Policy(room_standard_required=True)
    said = rules.bookable(Room(**fields), policy, DAY)
    assert [one.rule for one in said] == found
    assert all(one.level == BLOCK for one in said)


def test_where_no_standard_is_asked_for_none_is_needed():
    assert rules.bookable(Room(standard_ok=False, standard_inspected_on=None), Policy(), DAY) == []


@settings(deadline=None, max_examples=60)
@given(inspected=days, lasts=st.integers(0, 1000), on=days)
def test_the_last_day_of_validity_counts(inspected, lasts, on):
    until = inspected + timedelta(days=lasts)
    assert bool(rules.room_standard(True, inspected, until, on)) == (on > until)


@pytest.mark.rule("TQ-P8/2")
def test_missing_rules_of_a_room_are_a_warning():
    policy = Policy(require_room_rules=True)
    said = rules.bookable(Room(rules_posted_on=None), policy, DAY)
    assert [(one.rule, one.level) for one in said] == [("TQ-P8/2", WARN)]
    assert blocks(said) == []
    assert rules.bookable(Room(), policy, DAY) == []
    assert rules.bookable(Room(rules_posted_on=None), Policy(), DAY) == []
