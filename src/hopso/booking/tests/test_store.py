"""The ledger against a naive list, by hypothesis: intervals, moves, frees, conflicts."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from itertools import pairwise

from hopso.booking import spans
from hopso.booking.spans import Booking
from hopso.booking.store import Ledger
from hopso.core.moments import LOCAL
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine
import pytest


ORIGIN = datetime(2026, 11, 30, tzinfo=UTC)
RESOURCES = ("room:a", "room:b", "site:c", "bridge:m")
HOLDERS = ("h1", "h2", "h3", "h4")
# Quarters of an hour: few enough that spans touch at their ends; up to a month long.
starts = st.integers(0, 4 * 24 * 40).map(lambda number: ORIGIN + timedelta(minutes=15 * number))
lengths = st.one_of(st.integers(1, 20), st.integers(21, 4 * 24 * 31)).map(
    lambda number: timedelta(minutes=15 * number)
)
some = st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=4, unique=True)


relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Bookings(RuleBasedStateMachine):
    """Whatever is booked and freed, the ledger says what a list of everything would say."""

    def __init__(self):
        super().__init__()
        self.ledger, self.model = Ledger(), []

    def taken(self, resource, start, end):
        found = [
            one for one in self.model if one.resource == resource and one.start < end and start < one.end
        ]
        return sorted(found, key=lambda one: (one.start, one.end, one.holder))

    @rule(holder=st.sampled_from(HOLDERS), resources=some, start=starts, length=lengths)
    def book(self, holder, resources, start, length):
        end = start + length
        others = [one for name in resources for one in self.taken(name, start, end) if one.holder != holder]
        found = [
            one for name in resources for one in self.ledger.between(name, start, end) if one.holder != holder
        ]
        assert found == others
        if not others:
            bookings = [Booking(name, start, end, holder) for name in resources]
            self.ledger.replace(holder, bookings)
            self.model = [one for one in self.model if one.holder != holder] + bookings

    @rule(holder=st.sampled_from(HOLDERS))
    def free(self, holder):
        self.ledger.replace(holder, ())
        self.model = [one for one in self.model if one.holder != holder]

    @rule(resource=st.sampled_from(RESOURCES), start=starts, length=lengths)
    def ask(self, resource, start, length):
        assert self.ledger.between(resource, start, start + length) == self.taken(
            resource, start, start + length
        )

    @invariant()
    def holders_have_what_they_booked(self):
        for holder in HOLDERS:
            mine = [one for one in self.model if one.holder == holder]
            assert self.ledger.held(holder) == sorted(mine, key=lambda o: (o.start, o.end, o.resource))

    @invariant()
    def nothing_is_held_twice(self):
        for resource in RESOURCES:
            found = self.ledger.between(resource, ORIGIN - timedelta(days=1), ORIGIN + timedelta(days=90))
            for former, latter in pairwise(found):
                assert former.end <= latter.start


TestBookings = Bookings.TestCase
TestBookings.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@relaxed
@given(starts, lengths)
def test_the_days_of_a_span_are_those_that_it_touches(start, length):
    end = start + length
    days = [datetime.fromordinal(number).replace(tzinfo=UTC) for number in spans.days_of(start, end)]
    assert days[0] <= start < days[0] + timedelta(days=1)
    assert days[-1] < end <= days[-1] + timedelta(days=1)


@relaxed
@given(starts, lengths, st.sampled_from(["UTC", "Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York"]))
def test_the_zone_in_which_a_moment_is_written_changes_nothing(start, length, zone):
    """Summer time elsewhere neither moves nor stretches a booking."""
    from zoneinfo import ZoneInfo

    there = ZoneInfo(zone)
    span = spans.with_margins(start.astimezone(there), (start + length).astimezone(there), 15, 30)
    assert span == (start - timedelta(minutes=15), start + length + timedelta(minutes=30))
    assert all(moment.tzinfo is UTC for moment in span)


@pytest.mark.parametrize(
    ("length", "fine"), [(0, False), (-60, False), (366 * 24 * 60, True), (366 * 24 * 60 + 1, False)]
)
def test_spans_that_are_none_are_refused(length, fine):
    end = ORIGIN + timedelta(minutes=length)
    if fine:
        assert spans.checked_span(ORIGIN, end) == (ORIGIN, end)
    else:
        with pytest.raises(ValueError):
            spans.checked_span(ORIGIN, end)


def test_margins_are_not_negative():
    with pytest.raises(ValueError):
        spans.with_margins(ORIGIN, ORIGIN + timedelta(hours=1), -1, 0)


def test_a_moment_without_zone_is_vietnamese():
    begins = datetime(2026, 12, 1, 8)
    assert spans.with_margins(begins, begins + timedelta(hours=1))[0] == begins.replace(tzinfo=LOCAL)


def test_a_month_long_booking_stands_in_every_day_and_once_in_every_answer():
    ledger = Ledger()
    month = Booking("room:a", ORIGIN, ORIGIN + timedelta(days=31), "h")
    ledger.replace("h", [month])
    for day in range(31):
        start = ORIGIN + timedelta(days=day, hours=3)
        assert ledger.between("room:a", start, start + timedelta(hours=1)) == [month]
    assert ledger.between("room:a", ORIGIN - timedelta(days=9), ORIGIN + timedelta(days=90)) == [month]
    assert ledger.between("room:a", month.end, month.end + timedelta(days=1)) == []
    assert len(ledger.resources["room:a"]) == 31
