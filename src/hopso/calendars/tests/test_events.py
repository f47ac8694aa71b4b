"""Which entries of a calendar clash: pure."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.calendars.events import CalendarEvent
from hopso.calendars.events import mark_conflicts
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st


NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def event(begin, length=60, uid="a", **fields):
    start = NOON + timedelta(minutes=begin)
    return CalendarEvent("meeting", start, start + timedelta(minutes=length), uid=uid, **fields)


def test_those_that_overlap_are_marked_and_no_others():
    marked = mark_conflicts([event(60, uid="b"), event(0, 90, uid="a"), event(120, uid="c")])
    assert [(one.uid, one.conflict) for one in marked] == [("a", True), ("b", True), ("c", False)]


def test_one_after_the_other_is_no_conflict():
    assert not any(one.conflict for one in mark_conflicts([event(0, uid="a"), event(60, uid="b")]))


def test_what_is_called_off_takes_nothing():
    marked = mark_conflicts([event(0, uid="a", state="cancelled"), event(0, uid="b", state="convened")])
    assert not any(one.conflict for one in marked)


def test_two_times_of_the_same_meeting_do_not_clash():
    assert not any(one.conflict for one in mark_conflicts([event(0), event(30)]))


def test_a_long_one_clashes_with_all_that_lie_in_it():
    marked = mark_conflicts([event(0, 300, uid="long"), event(10, 20, uid="b"), event(200, 20, uid="c")])
    assert all(one.conflict for one in marked)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 200)), max_size=12))
def test_marks_are_those_of_every_pair(spans):
    events = [event(begin, length, uid=str(n)) for n, (begin, length) in enumerate(spans)]
    marked = {one.uid: one.conflict for one in mark_conflicts(events)}
    for one in events:
        others = [two for two in events if two.uid != one.uid]
        assert marked[one.uid] == any(one.start < two.end and two.start < one.end for two in others)
