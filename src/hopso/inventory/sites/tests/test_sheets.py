"""The sheet of a meeting: told by itself, confirmed by the sites, without a word of what the meeting is about."""

from dataclasses import asdict
import json

from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.inventory.sites import mails
from hopso.inventory.sites import providers
from hopso.inventory.sites import staff
from hopso.inventory.sites import telling
from hopso.inventory.sites.sheets import book_of
from hopso.inventory.sites.sheets import is_out
from hopso.inventory.sites.sheets import sheet_of
from hopso.meetings.crew import crew_of
from hopso.meetings.operations import slot_findings
from hopso.notifications.messages import compose
from hopso.notifications.subscribers import quietly
from hopso.policy.api import store_values
from hopso.tasks.testing import waiting
import pytest


def told():
    """Return (kind, recipient) of the mails with sheets that wait."""
    return [(kwargs["kind"], kwargs["recipient"]) for name, kwargs in waiting() if name == mails.SEND_SHEET]


def schedule(points):
    put_in_state(points.meeting, "scheduled")
    with as_user(points.house.admin):
        return telling.update_sheet(points.meeting)


@pytest.mark.rule("NT-10.1")
def test_the_sites_and_the_provider_are_told_when_a_meeting_is_scheduled(points):
    assert schedule(points) == mails.NEW
    people = {who for _kind, who in told()}
    assert people == {points.operator, points.supplier, points.technician}
    assert is_out(points.meeting)
    # Nothing has changed: nobody is told again.
    assert telling.update_sheet(points.meeting) == ""


@pytest.mark.rule("NT-10.1")
def test_changes_are_told_to_those_who_are_left_those_who_are_new_and_those_who_are_out(points):
    schedule(points)
    already = len(told())
    with as_user(points.house.admin):
        change(points.meeting, sites=(points.centre.UID(), points.other.UID()))
    assert set(told()[already:]) == {
        (mails.OFF, points.technician), (mails.NEW, points.foreign),
        (mails.CHANGED, points.operator), (mails.CHANGED, points.supplier),
    }  # fmt: skip
    already = len(told())
    put_in_state(points.meeting, "cancelled")
    assert telling.update_sheet(points.meeting) == mails.OFF
    assert {kind for kind, _who in told()[already:]} == {mails.OFF}
    assert not is_out(points.meeting) and telling.update_sheet(points.meeting) == ""


def test_drafts_and_quiet_work_tell_nobody(points):
    assert telling.update_sheet(points.meeting) == "" and book_of(points.meeting) is None
    put_in_state(points.meeting, "scheduled")
    with quietly():
        telling.update_sheet(points.meeting)
    assert told() == [] and is_out(points.meeting)


def test_a_meeting_that_changes_only_in_content_is_not_told_again(points):
    schedule(points)
    already = len(told())
    change(points.meeting, content="Nội dung khác", title="Tên khác")
    assert len(told()) == already


@pytest.mark.rule("NT-10.1")
def test_a_site_confirms_the_sheet_and_anew_when_it_has_changed(points):
    schedule(points)
    uid = points.meeting.UID()
    for user in (points.foreign, points.house.delegate, points.house.outsider):
        with as_user(user), pytest.raises(errors.Denied):
            telling.acknowledge(points.point, meeting=uid)
    with as_user(points.technician):
        telling.acknowledge(points.point, meeting=uid)
        with pytest.raises(errors.Invalid):
            telling.acknowledge(points.point, meeting=points.house.room.UID())
    lines = {one.uid: one for one in sheet_of(points.meeting).sites}
    assert lines[points.point.UID()].ack.by == points.technician
    assert lines[points.centre.UID()].ack is None
    change(points.meeting, external_bridge="meet.example.vn/123")
    assert {one.uid: one.outdated for one in sheet_of(points.meeting).sites}[points.point.UID()]
    with as_user(points.technician):
        telling.acknowledge(points.point, meeting=uid)
        assert not sheet_of(points.meeting).sites[1].outdated
        put_in_state(points.meeting, "ended")
        with pytest.raises(errors.WrongState):
            telling.acknowledge(points.point, meeting=uid)
    put_in_state(points.meeting, "scheduled")
    with as_user(points.foreign), pytest.raises(errors.Invalid):
        telling.acknowledge(points.other, meeting=uid)


@pytest.mark.rule("NT-10.1")
@pytest.mark.rule("NA-8.2/1")
def test_the_sheet_says_how_to_connect_and_nothing_of_what_it_is_about(points):
    with as_user(points.supplier):
        providers.add_contact(points.telecom, name="Trực ca 24/7", phone="1800 1166")
    schedule(points)
    sheet = sheet_of(points.meeting)
    text = json.dumps(asdict(sheet), default=str, ensure_ascii=False)
    meeting = points.meeting
    for secret in (meeting.title, meeting.content, meeting.purpose, "Nguyễn Văn Bình", "Phạm Quang"):
        assert secret not in text
    assert [one.chair for one in sheet.sites] == [True, False]
    assert [one.phone for one in sheet.sites[1].provider_contacts] == ["1800 1166"]
    assert sheet.host_contact.name == "Lê Phương Thảo"
    mail = compose(
        mails.NEW, meeting, "http://x", closed=True, more=mails.sheet_facts(meeting, "vi"), language="vi"
    )
    for secret in (meeting.title, meeting.content, "Nguyễn Văn Bình"):
        assert secret not in mail.text + mail.subject
    assert "Điểm cầu Sở Nội vụ" in mail.text and "Lê Phương Thảo" in mail.text


def test_who_may_not_know_the_meeting_gets_no_mail(points, make):
    from hopso.notifications import log

    schedule(points)
    mails.send_sheet(mails.NEW, points.meeting.UID(), points.foreign, "x")
    kept = log.notification_log().get(log.notice_key(mails.NEW, points.meeting.UID(), "x", points.foreign))
    assert (kept.result, kept.reason) == (log.SKIPPED, "no right")


@pytest.mark.rule("NA-6.2/1")
def test_scheduling_warns_of_a_site_that_is_not_ready(points):
    store_values({"rule_sets": ["NA"], "site_staffing": ["technician=1"]})
    found = [one for one in slot_findings(points.meeting) if one.rule == "NA-6.2/1"]
    assert [one.level for one in found] == ["warn", "warn"]
    with as_user(points.owner):
        staff.appoint(points.point, user=points.technician, role="technician")
    assert len([one for one in slot_findings(points.meeting) if one.rule == "NA-6.2/1"]) == 1


def test_the_provider_of_a_line_serves_the_meeting(points, make):
    other = make.create_unit("Truyền dẫn khác", "TDK", parent=points.house.committee, sector="provider")
    points.point.provider = other.getId()
    points.point.reindexObject()
    assert f"crew:{other.getId()}" in crew_of(points.meeting)
    assert f"crew:{points.telecom.getId()}" in crew_of(points.meeting)
