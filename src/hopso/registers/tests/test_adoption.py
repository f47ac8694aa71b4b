"""How much the system is used: counting."""

from datetime import date

from hopso.registers import adoption
from hopso.registers.adoption import Held
from hopso.registers.adoption import Reading
from hopso.registers.adoption import Use
from hypothesis import given
from hypothesis import strategies as st
import pytest


FIRST, LAST = date(2026, 1, 1), date(2026, 11, 25)
MEETINGS = [
    Held("snv", date(2026, 3, 1), "online", "briefing", ("s1", "s2")),
    Held("snv", date(2026, 4, 1), "in_person", "work"),
    Held("snv", date(2026, 12, 1), "online", "briefing", ("s1",)),  # after the period
    Held("snv", date(2025, 3, 1), "online", "briefing", ("s1",)),
    Held("snv", date(2025, 12, 1), "online", "briefing", ("s1",)),  # after the same days of last year
    Held("stc", date(2025, 5, 1), "hybrid", "training", ("s2",)),
]


@pytest.mark.rule("NA-5.1/3")
@pytest.mark.rule("TQ-P5/3")
@pytest.mark.rule("BD-11.3")
def test_units_against_the_year_before():
    assert adoption.by_unit(MEETINGS, FIRST, LAST) == {"snv": Use(2, 1, 1), "stc": Use(0, 1, 0)}


@pytest.mark.rule("TQ-P8/1")
def test_sites_against_the_year_before():
    found = adoption.by_site(MEETINGS, FIRST, LAST)
    assert found == {"s1": Use(1, 1, 1), "s2": Use(1, 1, 1)}
    assert (found["s1"].change, Use(3, 2).change, Use(1, 0).change) == (0, 50, None)


@pytest.mark.rule("HN-R/2")
def test_share_of_online_meetings_by_type():
    found = adoption.by_type(MEETINGS, FIRST, LAST)
    assert found == {"briefing": Use(1, 1, 1), "work": Use(1, 0, 0), "training": Use(0, 1, 0)}
    assert (found["briefing"].share, found["work"].share, found["training"].share) == (100, 0, None)


@pytest.mark.rule("BD-5.4")
@pytest.mark.parametrize(
    "readings, expected",
    [
        ([], (0, 0)),
        ([Reading(21, 40)], (840, 0)),
        ([Reading(21, 40, 84), Reading(3, 10)], (756 + 30, 84)),
        ([Reading(2, 3, 100)], (0, 100)),  # more paper than people: nothing was saved, never less
    ],
)
def test_pages_saved(readings, expected):
    assert adoption.pages_saved(readings) == expected


def test_the_29th_of_february_has_a_year_before():
    assert adoption.year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@given(st.lists(st.builds(Held, st.sampled_from("ab"), st.dates(date(2024, 1, 1), date(2026, 12, 31)))))
def test_every_meeting_of_the_period_is_counted_once(meetings):
    found = adoption.by_unit(meetings, FIRST, LAST)
    assert sum(one.now for one in found.values()) == sum(FIRST <= one.day <= LAST for one in meetings)
