"""Checks: ordered with the meeting, filled by those who serve the site, signed or missed."""

from datetime import timedelta
from datetime import UTC

from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.meetings import operations as meetings
from hopso.meetings.approval.records import INVITATIONS
from hopso.operations_desk.checks import api as checks
from hopso.operations_desk.checks import jobs
from hopso.operations_desk.checks import operations
from hopso.operations_desk.checks.records import check_store
from hopso.policy.api import store_values
from hopso.security import matrix
from hopso.tasks.testing import waiting
from plone import api
import pytest


def fill(sites, user, site=None, failing=(), **more):
    """Answer every item of a site and sign."""
    place = (site or sites.point).UID()
    with as_user(user):
        for item in check_store().get(sites.meeting.UID(), place).items:
            bad = item.id in failing
            operations.check_item(
                sites.meeting,
                place=place,
                item=item.id,
                result="fail" if bad else "pass",
                note="Micro số 2 rè" if bad else "",
            )
        operations.sign_check(sites.meeting, place=place, **more)


def note_missed():
    """Run the job as the worker does."""
    with as_system():
        return jobs.note_missed()


def the_check(sites, site=None):
    uid = (site or sites.point).UID()
    return next(one for one in checks.checks_of(sites.meeting) if one.site_uid == uid)


@pytest.mark.rule("NT-7.1.a")
@pytest.mark.rule("NA-5.1/4")
def test_scheduling_orders_a_check_for_each_site(house, sites):
    put_in_state(house.meeting, "registered")
    assert checks.checks_of(house.meeting) == []
    with as_user(house.admin):
        meetings.schedule(house.meeting)
    found = checks.checks_of(house.meeting)
    assert [one.title for one in found][:2] == ["Điểm cầu trung tâm", "Điểm cầu Sở Nội vụ"]
    assert {one.state for one in found} == {"open"}
    assert checks.due_for(house.meeting) == found[0].due < house.meeting.start
    # What is kept is UTC: the database can store no other zone.
    assert {one.due.tzinfo for one in found} == {UTC}
    # The room in which no site stands is connected as well.
    assert [one.kind for one in found] == ["site", "site", "room"]
    assert "light-chair" in {
        one.id for one in check_store().get(house.meeting.UID(), sites.centre.UID()).items
    }
    assert "light-chair" not in {
        one.id for one in check_store().get(house.meeting.UID(), sites.point.UID()).items
    }


def test_a_meeting_in_a_room_needs_none(house):
    put_in_state(house.meeting, "registered")
    with as_user(house.admin):
        meetings.schedule(house.meeting)
    assert checks.checks_of(house.meeting) == [] and checks.due_for(house.meeting) is None


def test_a_check_moves_with_its_meeting(house, sites):
    put_in_state(house.meeting, "registered")
    with as_user(house.admin):
        meetings.schedule(house.meeting)
        fill(sites, sites.technician)
        before = the_check(sites)
        # A quarter of an hour later: what was signed stays; another day: it is checked anew.
        start = house.meeting.start + timedelta(minutes=15)
        meetings.reschedule(house.meeting, start=start, end=start + timedelta(hours=1))
        assert (the_check(sites).done, the_check(sites).start) == (True, start)
        start += timedelta(days=7)
        meetings.reschedule(house.meeting, start=start, end=start + timedelta(hours=1))
    after = the_check(sites)
    assert (after.done, after.state, after.due) == (False, "begun", before.due + timedelta(days=7))
    with as_user(house.admin):
        meetings.postpone(house.meeting, reason="Chờ số liệu")
    assert checks.checks_of(house.meeting) == []
    store = check_store()
    assert not len(store.waiting) and not len(store.by_due)


@pytest.mark.rule("NT-7.2.b")
def test_the_technician_of_the_site_fills_and_signs(sites):
    sites.scheduled()
    place = sites.point.UID()
    with as_user(sites.technician), pytest.raises(errors.Invalid):
        operations.sign_check(sites.meeting, place=place)
    fill(sites, sites.technician, note="Đã thử với trung tâm")
    found = the_check(sites)
    assert (found.state, found.signed_by, found.late, found.failed) == ("passed", sites.technician, False, 0)
    assert the_check(sites, sites.centre).state == "open"
    with as_user(sites.technician):
        with pytest.raises(errors.WrongState):
            operations.sign_check(sites.meeting, place=place)
        with pytest.raises(errors.WrongState):
            operations.check_item(sites.meeting, place=place, item="room", result="pass", act="neu")
    assert "meeting.sign_check" in {one.operation for one in entries(uid=sites.meeting.UID())}


@pytest.mark.rule("NT-7.1.a")
@pytest.mark.rule("NA-3.3/1")
def test_the_operator_and_the_provider_check_any_site(sites):
    sites.scheduled()
    for user in (sites.operator, sites.provider, sites.site_admin):
        with as_user(user):
            operations.check_item(sites.meeting, place=sites.point.UID(), item="room", result="pass")
    assert the_check(sites).answered == 1


def test_others_are_refused_and_learn_nothing(house, sites):
    sites.scheduled("convened")
    for user in (sites.foreign, house.delegate, house.coordinator, house.outsider):
        with as_user(user), pytest.raises(errors.Denied):
            operations.check_item(sites.meeting, place=sites.point.UID(), item="room", result="pass")
    # A technician of one site does not answer for another one.
    with as_user(sites.technician), pytest.raises(errors.Denied):
        operations.check_item(sites.meeting, place=sites.centre.UID(), item="room", result="pass")
    for user in (sites.technician, sites.provider, sites.operator):
        with as_user(user):
            assert api.user.has_permission(matrix.LOGISTICS, obj=sites.meeting)
            assert not api.user.has_permission("View", obj=sites.meeting)
            assert not api.portal.get_tool("portal_catalog")(portal_type="Meeting")
    with as_user(sites.foreign):
        assert not api.user.has_permission(matrix.LOGISTICS, obj=sites.meeting)


def test_a_site_more_lets_its_people_in_and_a_site_less_out(house, sites, make):
    sites.scheduled()
    far = make.create_site(sites.elsewhere, "Điểm cầu Sở Y tế")
    with as_system():
        make.change(sites.meeting, sites=(*sites.meeting.sites, far.UID()))
    with as_user(sites.foreign):
        operations.check_item(sites.meeting, place=far.UID(), item="room", result="pass")
    with as_system():
        make.change(sites.meeting, sites=sites.meeting.sites[:2])
    with as_user(sites.foreign), pytest.raises(errors.Denied):
        operations.check_item(sites.meeting, place=far.UID(), item="room", result="pass")
    assert far.UID() not in {one.site_uid for one in checks.checks_of(sites.meeting)}


def test_the_same_act_twice_is_one(sites):
    sites.scheduled()
    place = sites.point.UID()
    with as_user(sites.technician):
        operations.check_item(sites.meeting, place=place, item="room", result="pass", act="a1")
        first = check_store().get(sites.meeting.UID(), place).answers["room"]
        # The phone did not hear the answer and sends once more, even after somebody has signed.
        operations.check_item(sites.meeting, place=place, item="room", result="pass", act="a1")
        assert check_store().get(sites.meeting.UID(), place).answers["room"] is first
        operations.check_item(sites.meeting, place=place, item="room", result="na", act="a2")
    assert check_store().get(sites.meeting.UID(), place).answers["room"].result == "na"


@pytest.mark.parametrize(
    "bad",
    [{"item": "khong-co"}, {"result": "maybe"}, {"place": "x"}, {"result": "fail"}, {"note": "x" * 1001}],
)
def test_bad_input_changes_nothing(sites, bad):
    sites.scheduled()
    good = {"place": sites.point.UID(), "item": "room", "result": "pass"}
    with as_user(sites.technician), pytest.raises(errors.Invalid):
        operations.check_item(sites.meeting, **good | bad)
    assert the_check(sites).answered == 0


@pytest.mark.rule("NT-5.1")
@pytest.mark.rule("NT-7.2.d/1")
def test_a_fault_opens_an_incident_of_the_unit(house, sites):
    sites.scheduled()
    fill(sites, sites.technician, failing=("microphones", "power"))
    found = the_check(sites)
    assert (found.state, found.failed) == ("faults", 2)
    with as_system():
        incident = api.content.get(UID=check_store().get(sites.meeting.UID(), sites.point.UID()).incident)
    assert incident.getPhysicalPath()[-4] == house.department.getId()
    assert (incident.kind, incident.site, incident.meeting) == (
        "sound",
        sites.point.UID(),
        sites.meeting.UID(),
    )
    assert "Micro số 2 rè" in incident.what
    with as_user(sites.operator):
        assert api.user.has_permission("View", obj=incident)
    with as_user(sites.foreign):
        assert not api.user.has_permission("View", obj=incident)
    # After the repair it is checked once more.
    with as_user(sites.technician):
        with pytest.raises(errors.Invalid):
            operations.reopen_check(sites.meeting, place=sites.point.UID())
        operations.reopen_check(sites.meeting, place=sites.point.UID(), reason="Đã thay micro")
        with pytest.raises(errors.WrongState):
            operations.reopen_check(sites.meeting, place=sites.point.UID(), reason="x")
    fill(sites, sites.technician)
    assert the_check(sites).state == "passed"


@pytest.mark.rule("NT-6.4")
@pytest.mark.rule("TQ-P5/5")
def test_a_check_that_was_missed_is_red_and_told_once(house, sites, make):
    sites.scheduled()
    fill(sites, sites.operator, sites.centre)
    store = check_store()
    for record in store.of_meeting(sites.meeting.UID()):
        store.move(record, record.start, now() - timedelta(minutes=1))
    before = len(waiting())
    assert note_missed() == 2  # the point and the room; the centre was signed
    assert (the_check(sites).state, the_check(sites, sites.centre).state) == ("missed", "passed")
    told = [k for name, k in waiting()[before:] if name == "notifications.send_mail"]
    people = {one["recipient"] for one in told if one["stamp"].startswith(sites.point.UID())}
    assert {sites.registrar, sites.operator, house.coordinator, sites.technician} <= people
    assert sites.foreign not in people and house.delegate not in people
    assert note_missed() == 0
    # It is done after all: late, and no longer red.
    fill(sites, sites.technician)
    assert (the_check(sites).state, the_check(sites).late) == ("passed", True)
    assert all(sites.point.UID() not in key for key in store.missed)


def test_what_is_not_due_is_not_missed(sites):
    sites.scheduled()
    assert note_missed() == 0
    with as_user(sites.technician), pytest.raises(errors.WrongState):
        operations.miss_check(sites.meeting, place=sites.point.UID())


def test_a_meeting_that_is_over_misses_nothing(sites):
    sites.scheduled("ended")
    store = check_store()
    for record in store.of_meeting(sites.meeting.UID()):
        store.move(record, record.start, now() - timedelta(minutes=1))
    assert note_missed() == 0


@pytest.mark.rule("NT-4.1")
def test_filling_waits_for_the_invitation(sites, make):
    store_values({"invitation_before_preparation": True})
    sites.scheduled()
    args = {"place": sites.point.UID(), "item": "room", "result": "pass"}
    with as_user(sites.technician), pytest.raises(errors.Blocked) as caught:
        operations.check_item(sites.meeting, **args)
    assert [one.rule for one in caught.value.findings] == ["NT-4.1"]
    invitation = make.create_document(sites.meeting, "Giấy mời", doc_kind=INVITATIONS[0])
    put_in_state(invitation, "approved")
    with as_user(sites.technician):
        operations.check_item(sites.meeting, **args)
    assert the_check(sites).answered == 1


@pytest.mark.rule("NT-7.2.a")
def test_the_unit_confirms_its_room(sites):
    sites.scheduled()
    with as_user(sites.foreign), pytest.raises(errors.Denied):
        operations.confirm_readiness(sites.meeting, place=sites.point.UID())
    with as_user(sites.site_admin):
        operations.confirm_readiness(sites.meeting, place=sites.point.UID(), note="Phòng họp tầng 2")
    assert the_check(sites).ready_at is not None and the_check(sites, sites.centre).ready_at is None
    put_in_state(sites.meeting, "ended")
    with as_user(sites.site_admin), pytest.raises(errors.WrongState):
        operations.confirm_readiness(sites.meeting, place=sites.point.UID())
    assert state_of(sites.meeting) == "ended"


def test_checks_of_a_day(sites):
    sites.scheduled()
    day = in_days(9)
    first, last = day - timedelta(days=3), day + timedelta(days=3)
    assert len(checks.checks_between(first, last)) == 3
    assert len(checks.checks_between(first, last, {sites.house.department.getId()})) == 1
    assert checks.checks_between(last, last + timedelta(days=1)) == []
