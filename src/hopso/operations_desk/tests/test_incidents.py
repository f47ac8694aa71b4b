"""Incidents: told at once, taken in hand, resolved; who may what, and what becomes of it."""

from datetime import timedelta

from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.documents.tests.samples import picture
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.operations_desk.operations import incidents
from hopso.operations_desk.rules import count_incidents
from hopso.operations_desk.rules import reported_at_once
from hopso.operations_desk.rules import Times
from hopso.tasks.testing import waiting
from plone import api
import pytest


def report(house, user=None, **told):
    with as_user(user or house.secretary):
        return incidents.report(house.office, **{"kind": "sound", "what": "Micro không có tiếng", **told})


def test_times_are_counted_in_minutes():
    moment = now()
    times = Times(
        moment - timedelta(minutes=5), moment, moment + timedelta(minutes=7), moment + timedelta(hours=1), 12
    )
    assert (times.to_report, times.to_take, times.to_resolve) == (5, 7, 60)
    figures = count_incidents([times, Times(moment, moment)])
    assert (figures.all, figures.open, figures.to_resolve, figures.interruption) == (2, 1, 60, 12)


@pytest.mark.rule("BD-12.3.dd")
def test_how_soon_an_incident_was_reported_is_on_record():
    moment = now()
    found = reported_at_once(Times(moment - timedelta(minutes=3), moment))
    assert (found.rule, found.level, found.data["minutes"]) == ("BD-12.3.dd", "record", 3)
    assert found.article == "Điều 12 khoản 3 điểm đ"


@pytest.mark.rule("BD-12.3.dd")
def test_a_report_reaches_the_administrators_of_the_unit(house):
    incident = report(house, room=house.room.UID(), noticed_at=now() - timedelta(minutes=4))
    assert incident.getPhysicalPath()[-4:-2] == (house.office.getId(), "su-co")
    assert (state_of(incident), incident.reporter) == ("reported", house.secretary)
    assert (incident.reported_at - incident.noticed_at) >= timedelta(minutes=4)
    assert "incident.report" in {one.operation for one in entries(limit=20)}
    told = [
        (kwargs["kind"], kwargs["recipient"])
        for name, kwargs in waiting()
        if name == "notifications.send_mail"
    ]
    assert told == [("incident_reported", house.admin)]


def test_strangers_may_not_report_here(house):
    with as_user(house.outsider), pytest.raises(errors.Denied):
        incidents.report(house.office, kind="other", what="x")
    assert "su-co" not in house.office


def test_a_guest_reports_at_the_meeting(house, make):
    make.change(house.meeting, participants=(f"user:{house.delegate}",))
    put_in_state(house.meeting, "convened")
    with as_user(house.delegate):
        incident = incidents.report_at_meeting(house.meeting, kind="network", what="Mất mạng")
    # She works in the department: that is who helps her.
    assert incident.getPhysicalPath()[-4] == house.department.getId()
    assert incident.meeting == house.meeting.UID()


@pytest.mark.rule("BD-9.2/2")
def test_who_prepares_a_running_meeting_tells_the_unit_administrator_at_once(house):
    put_in_state(house.meeting, "in_session")
    with as_user(house.coordinator):
        incident = incidents.report_at_meeting(house.meeting, kind="sound", what="Micro chủ tọa mất tiếng")
    assert incident.getPhysicalPath()[-4] == house.office.getId()
    assert incident.meeting == house.meeting.UID()
    sent = [kwargs for name, kwargs in waiting() if name == "notifications.send_mail"]
    assert ("incident_reported", house.admin) in {(one["kind"], one["recipient"]) for one in sent}


def test_a_meeting_that_one_may_not_see_cannot_be_named(house):
    with as_user(house.outsider), pytest.raises(errors.Invalid):
        incidents.report(house.department, kind="other", what="x", meeting=house.meeting.UID())


@pytest.mark.parametrize("hours", [1, 30])
def test_nothing_happens_in_the_future(house, hours):
    with pytest.raises(errors.Invalid):
        report(house, occurred_at=now() + timedelta(hours=hours))


def test_reporter_and_helpers_see_it_and_nobody_else(house, make):
    technician = make.create_person("kythuat", unit=house.office, functions=("technicians",))
    incident = report(house)
    for user in (house.secretary, house.admin, house.leader, technician):
        with as_user(user):
            assert api.user.has_permission("View", obj=incident), user
    for user in (house.coordinator, house.approver, house.outsider, house.delegate, house.chair):
        with as_user(user):
            assert not api.user.has_permission("View", obj=incident), user
    for user in (house.secretary, house.admin, technician):
        with as_user(user):
            assert not api.user.has_permission("Modify portal content", obj=incident), user


def test_taking_resolving_and_reopening(house):
    incident = report(house)
    with as_user(house.secretary), pytest.raises(errors.Denied):
        incidents.take(incident)
    assert state_of(incident) == "reported"
    with as_user(house.admin):
        incidents.take(incident)
        assert (state_of(incident), incident.taken_by) == ("in_hand", house.admin)
        with pytest.raises(errors.WrongState):
            incidents.take(incident)
        with pytest.raises(errors.WrongState):
            incidents.reopen(incident, reason="x")
        incidents.resolve(incident, resolution="Thay pin", interruption=10)
    assert (state_of(incident), incident.interruption) == ("resolved", 10)
    with as_user(house.coordinator), pytest.raises(errors.Denied):
        incidents.reopen(incident, reason="x")
    with as_user(house.secretary):
        incidents.reopen(incident, reason="Vẫn không có tiếng")
    assert (state_of(incident), incident.resolved_at, incident.taken_by) == ("reported", None, None)
    done = {one.operation for one in entries(uid=incident.UID())}
    assert {"incident.take", "incident.resolve", "incident.reopen"} <= done


def test_who_resolves_at_once_has_taken_it_in_hand(house):
    incident = report(house)
    with as_user(house.admin):
        incidents.resolve(incident, resolution="Đã bật lại")
    assert incident.taken_at == incident.resolved_at


def test_a_photo_is_a_photo(house):
    from plone.namedfile.file import NamedBlobFile

    good = NamedBlobFile(data=picture(), filename="may-hong.png")
    assert report(house, photo=good).photo.contentType == "image/png"
    with pytest.raises(errors.Invalid) as caught:
        report(house, photo=NamedBlobFile(data=b"MZ\x90\x00" + bytes(60), filename="anh.png"))
    assert "photo" in caught.value.errors


def test_the_catalog_keeps_what_lists_show(house):
    incident = report(house)
    with as_user(house.admin):
        incidents.resolve(incident, resolution="x", interruption=3)
        [brain] = api.portal.get_tool("portal_catalog")(portal_type="Incident")
    assert brain.desk_facts["interruption"] == 3
    assert brain.desk_facts["resolved_at"] == incident.resolved_at
