"""The working calendar of a year, and changing a day of it."""

from datetime import date

from hopso.audit import log
from hopso.core import errors
from hopso.policy import versions
from hopso.policy import working_days
from hopso.policy.api import current_policy
from hopso.policy.policy import Policy
from hopso.policy.working_days import set_day
import pytest


WEDNESDAY, SATURDAY, NEW_YEAR = date(2026, 12, 9), date(2026, 12, 12), date(2027, 1, 1)


def test_a_year_has_its_holidays_exchanged_days_and_own_days(portal):
    policy = Policy(extra_days_off=(WEDNESDAY,), extra_days_worked=(SATURDAY,))
    days = {one.day: one for one in working_days.special_days(2026, policy)}
    assert days[date(2026, 9, 2)].name and not days[date(2026, 9, 2)].worked
    assert "Tết" in days[date(2026, 2, 17)].name
    assert days[date(2026, 8, 22)].worked and not days[date(2026, 8, 22)].own  # a Saturday in exchange
    assert (days[WEDNESDAY].own, days[WEDNESDAY].worked) == (True, False)
    assert (days[SATURDAY].own, days[SATURDAY].worked) == (True, True)
    assert date(2026, 12, 13) not in days  # an ordinary Sunday


def test_months_count_what_is_worked(portal):
    before = working_days.working_days_by_month(2026, Policy())
    after = working_days.working_days_by_month(2026, Policy(extra_days_off=(WEDNESDAY,)))
    assert len(before) == 12 and before[11] - after[11] == 1 and before[:11] == after[:11]


def test_a_day_becomes_off_worked_and_ordinary_again(house, portal, make):
    with make.as_system():
        set_day(portal, day=WEDNESDAY, kind="off", reason="Kỷ niệm ngày thành lập tỉnh")
        set_day(portal, day=SATURDAY, kind="worked", reason="Làm bù")
        assert not current_policy().calendar.is_working_day(WEDNESDAY)
        assert current_policy().calendar.is_working_day(SATURDAY)
        note = working_days.notes_of_days()[WEDNESDAY]
        assert note["reason"].startswith("Kỷ niệm") and note["who"]
        set_day(portal, day=WEDNESDAY, kind="national", reason="Ghi nhầm")
    assert current_policy().extra_days_off == () and WEDNESDAY not in working_days.notes_of_days()
    assert [one.kind for one in versions.versions()] == [versions.CALENDAR] * 3
    assert log.entries(operation="policy.set_day", limit=1)[0].details["reason"] == "Ghi nhầm"


@pytest.mark.parametrize(("day", "kind"), [(NEW_YEAR, "off"), (WEDNESDAY, "worked"), (WEDNESDAY, "national")])
def test_a_day_that_is_that_already_is_left_alone(house, portal, make, day, kind):
    with make.as_system(), pytest.raises(errors.WrongState):
        set_day(portal, day=day, kind=kind, reason="Lý do")
    assert versions.versions() == []


def test_a_reason_is_asked_for(house, portal, make):
    with make.as_system(), pytest.raises(errors.Invalid):
        set_day(portal, day=WEDNESDAY, kind="off", reason=" ")


def test_units_do_not_change_it(house, portal, make):
    for user in (house.admin, house.leader, house.delegate):
        with make.as_user(user), pytest.raises(errors.Denied):
            set_day(portal, day=WEDNESDAY, kind="off", reason="Lý do")
    assert current_policy().extra_days_off == ()
