"""Weeks, what becomes of their lines, and which meetings count as planned: pure."""

from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.calendars.weekly import weeks
from hopso.calendars.weekly.weeks import Line
from hopso.calendars.weekly.weeks import told_lines
from hopso.calendars.weekly.weeks import Week
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


WEEK = Week(2026, 48)
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # eight o'clock in Viet Nam
LINE = Line("a", MONDAY, MONDAY + timedelta(hours=2), "Giao ban", chair="binh", rooms=("r1",))


def marks(*lines, published=None):
    known = None if published is None else {one.uid: one for one in published}
    return [(one.line.uid, one.mark) for one in told_lines(list(lines), known, WEEK)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_every_day_lies_in_the_week_that_names_it(day):
    week = Week.of(day)
    assert week.first <= day <= week.last
    assert week.first.weekday() == 0
    assert Week.parse(str(week)) == week
    assert week.moved(1).first - week.first == timedelta(days=7)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-W54", "2026-W00", "w-W1", "9999-W01", "2026-W-1", "１-W1", None]
)
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError):
        Week.parse(text)


def test_before_publication_nothing_is_marked_but_what_is_only_planned():
    wish = replace(LINE, uid="b", state="registered")
    draft = replace(LINE, uid="c", state="draft")
    assert marks(LINE, wish, draft) == [("a", "same"), ("b", "planned")]


@pytest.mark.parametrize(
    ("now", "mark"),
    [
        (LINE, "same"),
        (replace(LINE, title="Giao ban tuần"), "changed"),
        (replace(LINE, rooms=("r2",)), "changed"),
        (replace(LINE, chair="lan"), "changed"),
        (replace(LINE, start=MONDAY + timedelta(hours=6), end=MONDAY + timedelta(hours=8)), "changed"),
        (replace(LINE, state="in_session"), "same"),
        (replace(LINE, preparing="snv"), "same"),
        (replace(LINE, start=MONDAY + timedelta(days=7), end=MONDAY + timedelta(days=7, hours=2)), "moved"),
        (replace(LINE, state="cancelled"), "off"),
        (replace(LINE, state="displaced"), "off"),
    ],
)
def test_later_changes_are_told(now, mark):
    (told,) = told_lines([now], {"a": LINE}, WEEK)
    assert told.mark == mark
    # What is gone stands where it was published; what has changed says how it was.
    assert told.line.start == (LINE.start if mark in ("moved", "off") else now.start)
    assert (told.before is None) == (mark == "same")


def test_what_comes_later_is_an_addition():
    assert marks(LINE, replace(LINE, uid="b"), published=[LINE]) == [("a", "same"), ("b", "added")]


def test_an_unpublished_meeting_that_was_cancelled_is_not_told():
    assert marks(replace(LINE, uid="b", state="cancelled"), published=[LINE]) == []


@pytest.mark.parametrize(
    ("hour", "session"),
    [(0, "morning"), (4, "morning"), (5, "afternoon"), (10, "afternoon"), (11, "evening")],
)
def test_parts_of_the_day_in_the_time_of_viet_nam(hour, session):
    assert weeks.session_of(MONDAY.replace(hour=hour)) == session


@pytest.mark.rule("BD-8.1/1")
@pytest.mark.parametrize(
    ("published", "planned"),
    [(set(), False), ({"2026-W48"}, True), ({"2026-W47"}, False), ({"2026-W47", "2026-W48"}, True)],
)
def test_a_meeting_is_planned_if_its_week_was_published_with_it(published, planned):
    assert weeks.is_planned(published, MONDAY) is planned


def test_the_week_is_counted_in_viet_nam():
    # Sunday evening in UTC is Monday in Viet Nam.
    assert weeks.is_planned({"2026-W48"}, datetime(2026, 11, 22, 17, 0, tzinfo=UTC))
    assert not weeks.is_planned({"2026-W48"}, datetime(2026, 11, 22, 16, 59, tzinfo=UTC))
