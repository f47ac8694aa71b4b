"""When checks, reports, plans and follow-ups are due: tables and properties."""

from datetime import date
from datetime import timedelta

from hopso.core.findings import BLOCK
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.policy.policy import Policy
from hopso.registers import rules
from hopso.registers.duties import duties_of
from hopso.registers.duties import report_id
from hypothesis import given
from hypothesis import strategies as st
import pytest


DAYS = st.dates(date(2011, 1, 1), date(2060, 12, 31))
CYCLES = st.sampled_from([1, 2, 3, 4, 6, 12])


@pytest.mark.parametrize(
    "day, months, expected",
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 25), 6, date(2027, 5, 25)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
    ],
)
def test_add_months(day, months, expected):
    assert rules.add_months(day, months) == expected


@given(DAYS, st.integers(0, 60))
def test_months_later_is_never_earlier(day, months):
    later = rules.add_months(day, months)
    assert later >= day
    assert (later.year - day.year) * 12 + later.month - day.month == months


@pytest.mark.rule("TQ-P5/4")
@pytest.mark.parametrize(
    "last, months, today, begun, late",
    [
        (date(2026, 8, 25), 3, date(2026, 11, 25), None, False),  # the day itself is in time
        (date(2026, 8, 24), 3, date(2026, 11, 25), None, True),
        (None, 3, date(2026, 11, 25), date(2026, 9, 1), False),
        (None, 3, date(2026, 12, 2), date(2026, 9, 1), True),
        (None, 3, date(2026, 12, 2), None, True),
        (None, 0, date(2026, 12, 2), None, False),  # not regulated
    ],
)
def test_periodic_checks(last, months, today, begun, late):
    found = rules.periodic_check(last, months, today, begun)
    assert [(one.rule, one.level) for one in found] == ([("TQ-P5/4", WARN)] if late else [])


@given(DAYS, CYCLES)
def test_periods_fill_the_year_without_gaps(day, months):
    period = rules.period_of(day, months)
    assert period.first <= day <= period.last
    assert period.months == months
    following = rules.period_of(period.last + timedelta(days=1), months)
    assert following.first == period.last + timedelta(days=1)
    assert rules.period_of(date(day.year, 1, 1), months).first == date(day.year, 1, 1)


@given(DAYS, CYCLES)
def test_ended_periods_are_over_and_not_older_than_wanted(today, months):
    since = date(today.year - 2, 1, 1)
    found = rules.ended_periods(months, since, today)
    assert all(since <= one.last < today for one in found)
    assert found == sorted(found, reverse=True)
    # Nothing between the last one and today was left out.
    newest = found[0].last if found else since - timedelta(days=1)
    assert rules.period_of(newest + timedelta(days=1), months).last >= today


@pytest.mark.parametrize("line", ["units=0", "units=5", "=12", "units", "units=zwölf"])
def test_what_is_no_cycle_is_left_out(line):
    assert rules.cycles_of([line, "units=12", "units=12"]) == [rules.Cycle("units", 12)]


def policy(sets, *cycles, valid_from=date(2024, 1, 1)):
    return Policy(rule_sets=sets, report_cycles=cycles, valid_from=valid_from, report_due_days=15)


@pytest.mark.rule("NA-5.3/2")
def test_the_operator_reports_every_half_year_and_every_year():
    today = date(2026, 7, 10)
    found = duties_of(policy(("NA",), "tech_department=6", "tech_department=12"), ["a", "b"], "so", today)
    newest = found[0]
    assert (newest.unit, newest.period.first, newest.period.last) == (
        "so",
        date(2026, 1, 1),
        date(2026, 6, 30),
    )
    assert (newest.due, newest.rule, newest.overdue(today)) == (date(2026, 7, 15), "NA-5.3/2", False)
    assert newest.overdue(date(2026, 7, 16))
    assert [one.period.key for one in found if one.period.months == 12] == ["2025-12", "2024-12"]
    assert {one.unit for one in found} == {"so"}


@pytest.mark.rule("NT-15.1")
@pytest.mark.rule("TQ-P8/5")
@pytest.mark.parametrize("sets, rule", [(("NT",), "NT-15.1"), (("TQ",), "TQ-P8/5")])
def test_every_equipped_unit_reports_at_the_end_of_the_year(sets, rule):
    found = duties_of(
        policy(sets, "units=12", valid_from=date(2025, 6, 1)), ["a", "b"], "so", date(2027, 1, 20)
    )
    # In force since the middle of 2025: that year is reported on as well, 2024 is not.
    assert [(one.unit, one.period.key, one.rule) for one in found] == [
        ("a", "2026-12", rule),
        ("b", "2026-12", rule),
        ("a", "2025-12", rule),
        ("b", "2025-12", rule),
    ]
    assert all(one.overdue(date(2027, 1, 20)) for one in found)


@pytest.mark.rule("TQ-P6/1")
@pytest.mark.rule("BD-11.1")
@pytest.mark.parametrize("sets, rule", [(("TQ",), "TQ-P6/1"), (("BD",), "BD-11.1")])
def test_the_body_that_runs_the_system_reviews_it_every_year(sets, rule):
    (one,) = duties_of(policy(sets, "office=12", valid_from=date(2025, 1, 1)), [], "vp", date(2026, 1, 2))
    assert (one.unit, one.rule, one.due) == ("vp", rule, date(2026, 1, 15))


def test_nobody_reports_where_nothing_is_asked_or_nobody_is_named():
    assert duties_of(policy(("HN",)), ["a"], "vp", date(2027, 1, 2)) == []
    assert duties_of(policy(("BD",), "office=12"), ["a"], "", date(2027, 1, 2)) == []


def test_what_was_handed_in_is_no_longer_owed():
    year = rules.period_of(date(2025, 5, 5), 12)
    known = {("a", report_id("units", year)): ("submitted", "http://x", date(2026, 1, 20), {"meetings": 3})}
    first, second = duties_of(
        policy(("NT",), "units=12", valid_from=date(2025, 1, 1)), ["a", "b"], "", date(2026, 2, 1), known
    )
    assert (first.done, first.late, first.overdue(date(2026, 2, 1))) == (True, True, False)
    assert (second.done, second.late, second.overdue(date(2026, 2, 1))) == (False, False, True)


@pytest.mark.parametrize(
    "day, level, kept", [(date(2026, 1, 15), RECORD, True), (date(2026, 1, 16), WARN, False)]
)
def test_handing_in_is_measured(day, level, kept):
    (found,) = rules.report_in_time("NT-15.1", day, date(2026, 1, 15))
    assert (found.rule, found.level, found.data["kept"]) == ("NT-15.1", level, kept)
    assert rules.report_in_time("", day, date(2026, 1, 15)) == []


def test_figures_alone_are_no_report():
    assert rules.report_complete(" \n")[0].level == BLOCK
    assert rules.report_complete("Hệ thống hoạt động ổn định.") == []


@pytest.mark.parametrize(
    "recommended, due, done, late",
    [
        (True, date(2026, 11, 24), None, True),
        (True, date(2026, 11, 25), None, False),
        (True, date(2026, 11, 1), date(2026, 11, 20), False),
        (False, None, None, False),
    ],
)
def test_recommendations_are_followed_up(recommended, due, done, late):
    assert bool(rules.follow_up(recommended, due, done, date(2026, 11, 25))) is late


@pytest.mark.rule("HN-R/4.1")
@pytest.mark.parametrize(
    "asked, years, today, missing",
    [
        (True, [2026], date(2026, 11, 25), True),
        (True, [2027], date(2026, 11, 25), False),
        (True, [], date(2026, 9, 30), False),  # not yet
        (False, [], date(2026, 11, 25), False),
    ],
)
def test_the_yearly_plan_is_asked_for_in_the_last_quarter(asked, years, today, missing):
    found = rules.plan_missing(asked, years, today)
    assert [(one.rule, one.data["year"]) for one in found] == ([("HN-R/4.1", 2027)] if missing else [])


@pytest.mark.parametrize(
    "planned, state, late",
    [
        (date(2026, 11, 24), "planned", True),
        (date(2026, 11, 25), "planned", False),
        (date(2026, 11, 1), "done", False),
        (None, "planned", False),
    ],
)
def test_overdue(planned, state, late):
    assert rules.overdue(planned, state, date(2026, 11, 25)) is late
