"""Periodic reports: owed by the policy, written, handed in, received, summed up."""

from datetime import date

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.policy.api import store_values
from hopso.registers import duties
from hopso.registers import jobs
from hopso.registers import rules
from hopso.registers.operations import reports
from hopso.tasks.testing import waiting
from plone import api
import pytest


YEAR = date(2025, 12, 31)


@pytest.fixture
def province(house, make):
    """Units report every year to the office; the department has a room, an administrator and a leader."""
    store_values(
        {
            "rule_sets": ["NT"], "report_cycles": ["units=12", "tech_department=12"],
            "valid_from": "2025-01-01", "report_due_days": 15,
        }
    )  # fmt: skip
    make.create_room(house.department, "Phòng họp Sở")
    house.writer = make.create_person("qt_snv", "Ngô Quản Trị", house.department, ("admins",))
    house.head = make.create_person("gd_snv", "Hồ Giám Đốc", house.department, ("leaders",))
    return house


def begin(house, actor="units", unit=None, user=None):
    with as_user(user or house.writer):
        return reports.begin(unit or house.department, actor=actor, months=12, last=YEAR)


def mails():
    found = [kwargs for name, kwargs in waiting() if name == "notifications.send_mail"]
    return {(one["kind"], one["recipient"]) for one in found}


@pytest.mark.rule("NT-15.1")
def test_a_unit_hands_its_report_in_and_the_operator_accepts_it(province):
    report = begin(province)
    assert (report.first, report.last, report.due) == (date(2025, 1, 1), YEAR, date(2026, 1, 15))
    assert (report.rule, report.receiver) == ("NT-15.1", province.office.getId())
    with as_user(province.admin):
        assert not api.user.has_permission("View", obj=report)  # a draft is the unit's own
    with as_user(province.writer):
        with pytest.raises(errors.Blocked):
            reports.submit(report)
        reports.write(report, assessment="Hệ thống ổn định.", proposals="Thêm đường truyền.")
        reports.submit(report, number="88/BC-SNV")
    assert state_of(report) == "submitted"
    assert report.figures["meetings"] == 0
    assert ("report_submitted", province.coordinator) in mails()
    with as_user(province.admin):
        assert api.user.has_permission("View", obj=report)
        reports.accept(report)
    assert ("report_accepted", province.head) in mails()
    assert [one.state for one in duties.duties_in({province.department.getId()})] == ["accepted"]


def test_one_duty_one_report(province):
    assert begin(province).UID() == begin(province).UID()
    assert len(duties.known_reports()) == 1


def test_what_is_not_asked_for_cannot_be_begun(province):
    for wrong in ({"months": 6}, {"actor": "tech_department"}, {"last": date(2030, 12, 31)}):
        values = {"actor": "units", "months": 12, "last": YEAR, **wrong}
        with as_user(province.writer), pytest.raises(errors.Invalid):
            reports.begin(province.department, **values)


def test_a_returned_report_keeps_the_day_of_its_first_handing_in(province):
    report = begin(province)
    with as_user(province.writer):
        reports.write(report, assessment="Ổn định.")
        reports.submit(report)
    first = report.submitted_at
    with as_user(province.outsider), pytest.raises(errors.Denied):
        reports.return_report(report, comment="x")
    with as_user(province.coordinator):
        reports.return_report(report, comment="Thiếu kiến nghị")
    assert (state_of(report), report.comment, report.figures) == ("returned", "Thiếu kiến nghị", None)
    with as_user(province.head):
        reports.write(report, assessment="Ổn định.", proposals="Không.")
        reports.submit(report)
    assert report.submitted_at == first
    assert ("report_returned", province.writer) in mails()


def test_writers_of_the_unit_do_not_accept_their_own_report(province):
    report = begin(province)
    with as_user(province.writer):
        reports.write(report, assessment="Ổn định.")
        reports.submit(report)
        with pytest.raises(errors.Denied):
            reports.accept(report)


@pytest.mark.rule("NT-9.1")
def test_the_operators_report_takes_in_what_units_propose(province):
    report = begin(province)
    with as_user(province.writer):
        reports.write(report, assessment="Ổn định.", proposals="Thêm đường truyền.")
        reports.submit(report)
    own = begin(province, "tech_department", province.office, province.admin)
    assert own.receiver == province.committee.getId()
    with as_user(province.admin):
        assert reports.compile_proposals(own) == 1
        assert reports.compile_proposals(own) == 0  # once is enough
    assert own.proposals == "Sở Nội vụ: Thêm đường truyền."
    assert not reports.compile_proposals.allowed(report)


def test_figures_of_a_unit_are_its_own_and_the_operators_those_of_all(province, make):
    for unit, mode in ((province.department, "online"), (province.office, "in_person")):
        meeting = make.create_meeting(unit, "Họp", make.in_days(-1), mode=mode)
        make.put_in_state(meeting, "ended")
    with as_system():
        paths, ids = reports.within(province.department)
        assert (len(paths), ids) == (1, {province.department.getId()})
        report = begin(province)
        report.first, report.last = date(2026, 1, 1), date(2026, 12, 31)
        assert (reports.figures_of(report)["meetings"], reports.figures_of(report)["online"]) == (1, 1)
        own = begin(province, "tech_department", province.office, province.admin)
        own.first, own.last = report.first, report.last
        assert reports.figures_of(own)["meetings"] == 2


def test_reports_begin_by_themselves_and_writers_are_reminded_once(province):
    with as_system():
        assert jobs.remind() > 0
    known = mails()
    assert {("report_due", province.writer), ("report_due", province.head)} <= known
    with as_system():
        ids = {key for unit, key in duties.known_reports() if unit == province.department.getId()}
    assert "units-12-2025-12" in ids
    assert jobs.reminder(date(2026, 1, 15), date(2026, 1, 1)) == ""
    assert jobs.reminder(date(2026, 1, 15), date(2026, 1, 8)) == "soon"
    assert jobs.reminder(date(2026, 1, 15), date(2026, 1, 30)) == "late-2"


def test_without_a_room_or_a_site_nothing_is_owed(province, make):
    commune = make.create_unit("Xã", "X", parent=province.committee)
    assert commune.getId() not in duties.equipped_units()
    make.create_site(commune, "Điểm cầu xã")
    assert commune.getId() in duties.equipped_units()
    assert rules.UNITS in {one.actor for one in duties.duties_in({commune.getId()})}
