"""How available sites were (NA-8.1, NT-13.1)."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.inventory.sites.availability import Availability
from hopso.inventory.sites.availability import availability
from hopso.inventory.sites.availability import length
from hopso.inventory.sites.availability import merged
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest


BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=10)
hours = st.integers(-20, 300).map(lambda n: BEGIN + timedelta(hours=n))


def incident(start, minutes, cause="line", site="a", **more):
    begin = BEGIN + timedelta(minutes=start)
    return {"cause": cause, "site": site, "begin": begin, "end": begin + timedelta(minutes=minutes), **more}


@pytest.mark.rule("NT-13.1")
@pytest.mark.rule("NA-8.1")
def test_incidents_of_line_and_power_are_counted_and_times_that_overlap_count_once():
    told = [
        incident(0, 60), incident(30, 60, "power"), incident(600, 30, "device"),
        incident(-120, 60), incident(10 * 24 * 60 + 5, 10),
    ]  # fmt: skip
    found = availability(told, BEGIN, END)
    assert (found.incidents, found.minutes, found.line, found.power) == (2, 90, 1, 1)
    assert found.share == pytest.approx(1 - 90 / (10 * 24 * 60))
    assert found.percent == "99,37 %"


@pytest.mark.rule("NT-13.1")
def test_two_sites_of_a_provider_do_not_cover_each_other():
    found = availability([incident(0, 60), incident(0, 60, site="b")], BEGIN, END, sites=2)
    assert (found.minutes, found.share) == (120, pytest.approx(1 - 120 / (2 * 10 * 24 * 60)))


def test_what_is_open_counts_until_now_and_written_minutes_count_instead():
    still = {"cause": "line", "begin": END - timedelta(minutes=40), "end": None}
    assert availability([still], BEGIN, END).minutes == 40
    assert availability([{**still, "interruption": 5}], BEGIN, END).minutes == 5
    assert availability([{"cause": "power"}], BEGIN, END) == Availability(0, 0, 1.0)


def test_less_than_all_is_never_shown_as_all():
    assert Availability(1, 1, 0.99999).percent == "99,99 %"
    assert Availability(0, 0, 1.0).percent == "100,00 %"


@settings(deadline=None)
@given(st.lists(st.tuples(hours, hours), max_size=8))
def test_joined_spans_hold_the_same_hours(spans):
    every = [BEGIN + timedelta(hours=n) for n in range(10 * 24)]
    covered = [one for one in every if any(begin <= one < end for begin, end in spans)]
    assert length(merged(spans, BEGIN, END)) == timedelta(hours=len(covered))
