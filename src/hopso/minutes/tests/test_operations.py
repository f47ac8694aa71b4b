"""Minutes and notices through their whole life: allowed, denied, wrong state."""

from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.operation import OperationDone
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings import operations as meeting_operations  # noqa: F401
from hopso.meetings.participation import put_record
from hopso.meetings.participation import record_of as participation_of
from hopso.minutes import operations  # noqa: F401
from hopso.minutes.numbers import take_number
from hopso.minutes.records import digest_of
from hopso.minutes.records import notice_due
from hopso.minutes.records import notice_findings
from hopso.minutes.records import record_of
from hopso.minutes.views import EditRecord
from hopso.minutes.views import RecordView
from plone.namedfile.file import NamedBlobFile
import pytest
from zope.component import provideHandler


PDF = b"%PDF-1.7\n% a signed copy"


def do(make, user, context, verb, **params):
    with make.as_user(user):
        return find_operation(context, verb)(context, **params)


@pytest.fixture
def ended(house, make):
    make.create_item(
        house.meeting, "Kinh tế tuần 47", presenter="Sở Tài chính", decision="Giao Sở Tài chính theo dõi"
    )
    put_record(house.meeting, participation_of(house.meeting, house.delegate), answer="attending")
    make.put_in_state(house.meeting, "ended")
    return house


@pytest.fixture
def minutes(ended, make):
    ended.minutes = do(make, ended.secretary, ended.meeting, "draft_minutes")
    return ended.minutes


@pytest.fixture
def approved(ended, minutes, make):
    do(make, ended.secretary, minutes, "submit")
    do(make, ended.chair, minutes, "approve", digest=digest_of(minutes))
    return minutes


@pytest.mark.rule("BD-3.1.d", "BD-10.1/1", "BD-10.1/2")
def test_minutes_are_drafted_from_the_meeting(ended, minutes):
    assert state_of(minutes) == "draft"
    for part in (
        "Kinh tế tuần 47",
        "Phạm Quang",
        "Nguyễn Văn Bình",
        "Giao Sở Tài chính theo dõi",
        "Phòng họp số 1",
    ):
        assert part in minutes.text.raw
    assert record_of(ended.meeting, "Minutes") == minutes


def test_one_of_each(ended, minutes, make):
    with pytest.raises(errors.EditConflict):
        do(make, ended.secretary, ended.meeting, "draft_minutes")
    notice = do(make, ended.coordinator, ended.meeting, "draft_notice")
    assert notice.portal_type == "ConclusionNotice"
    assert "Lưu: VT" in notice.recipients
    with make.as_user(ended.secretary):
        assert not find_operation(ended.meeting, "draft_minutes").allowed(ended.meeting)


@pytest.mark.parametrize("verb", ["draft_minutes", "draft_notice"])
@pytest.mark.parametrize("person", ["delegate", "outsider", "archivist"])
def test_others_draft_nothing(ended, make, verb, person):
    with pytest.raises(errors.Denied):
        do(make, getattr(ended, person), ended.meeting, verb)
    assert record_of(ended.meeting, "Minutes") is record_of(ended.meeting, "ConclusionNotice") is None


@pytest.mark.parametrize("verb", ["draft_minutes", "draft_notice"])
def test_nothing_is_drafted_before_the_meeting(house, make, verb):
    make.put_in_state(house.meeting, "convened")
    with pytest.raises((errors.WrongState, errors.Denied)):
        do(make, house.secretary, house.meeting, verb)
    assert record_of(house.meeting, "Minutes") is None


def test_a_deleted_draft_makes_room(ended, minutes, make):
    with make.as_system():
        ended.meeting.manage_delObjects([minutes.getId()])
    assert record_of(ended.meeting, "Minutes") is None
    assert do(make, ended.secretary, ended.meeting, "draft_minutes").getId() != minutes.getId()


def test_submit(ended, minutes, make):
    with pytest.raises(errors.Denied):
        do(make, ended.chair, minutes, "submit")
    do(make, ended.secretary, minutes, "submit")
    assert state_of(minutes) == "in_review"
    with pytest.raises(errors.WrongState):
        do(make, ended.secretary, minutes, "submit")


def test_an_empty_text_is_not_submitted(ended, minutes, make):
    minutes.text = None
    with pytest.raises(errors.Invalid):
        do(make, ended.secretary, minutes, "submit")
    assert state_of(minutes) == "draft"


def test_approve(ended, minutes, make):
    digest = digest_of(minutes)
    with pytest.raises(errors.WrongState):
        do(make, ended.chair, minutes, "approve", digest=digest)
    do(make, ended.secretary, minutes, "submit")
    with pytest.raises(errors.Denied):
        do(make, ended.secretary, minutes, "approve", digest=digest)
    with pytest.raises(errors.EditConflict):
        do(make, ended.chair, minutes, "approve", digest="0" * 64)
    assert state_of(minutes) == "in_review"
    do(make, ended.chair, minutes, "approve", digest=digest)
    assert (state_of(minutes), minutes.approved_by, minutes.approved_digest) == (
        "approved",
        ended.chair,
        digest,
    )
    assert minutes.approved_at is not None


def test_return(ended, minutes, make):
    with pytest.raises(errors.WrongState):
        do(make, ended.chair, minutes, "return", comment="Thiếu")
    do(make, ended.secretary, minutes, "submit")
    with pytest.raises(errors.Denied):
        do(make, ended.secretary, minutes, "return", comment="Thiếu")
    with pytest.raises(errors.Invalid):
        do(make, ended.chair, minutes, "return")
    do(make, ended.chair, minutes, "return", comment="Bổ sung thời hạn")
    assert state_of(minutes) == "draft"
    history = minutes.workflow_history["hopso_record_workflow"]
    assert history[-1]["comments"] == "Bổ sung thời hạn"


def test_a_change_takes_the_approval_back(ended, approved, make):
    make.change(approved, title=approved.title)
    assert state_of(approved) == "approved", "nothing was changed"
    make.change(approved, title="Biên bản khác")
    assert (state_of(approved), approved.approved_by, approved.approved_digest) == ("draft", "", "")


def test_save(ended, approved, make):
    with pytest.raises(errors.Denied):
        do(make, ended.delegate, approved, "save", title="X", text="Y")
    digest = digest_of(approved)
    do(make, ended.secretary, approved, "save", title="Mới", text="<p>Mới</p>", digest=digest)
    assert (approved.title, approved.text.raw, state_of(approved)) == ("Mới", "<p>Mới</p>", "draft")
    with pytest.raises(errors.EditConflict):
        do(make, ended.secretary, approved, "save", title="Cũ", text="<p>Cũ</p>", digest=digest)
    assert approved.title == "Mới"


def test_text_is_shown_sanitised(ended, minutes, make):
    bad = '<p onclick="x()">Tốt</p><script>alert(1)</script><img src="x" onerror="y()">'
    do(make, ended.secretary, minutes, "save", title="T", text=bad)
    assert "Tốt" in minutes.text.output
    assert not any(word in minutes.text.output for word in ("script", "onclick", "onerror"))


def test_issue(ended, approved, make):
    with pytest.raises(errors.Denied):
        do(make, ended.secretary, approved, "issue")
    done = []
    provideHandler(done.append, [OperationDone])
    do(make, ended.archivist, approved, "issue")
    assert (state_of(approved), approved.doc_number) == ("issued", "01/BB-VP")
    assert abs((now() - approved.issued_at).total_seconds()) < 60
    assert [(e.operation.name, e.before, e.after) for e in done] == [("record.issue", "approved", "issued")]
    with pytest.raises(errors.WrongState):
        do(make, ended.archivist, approved, "issue")


def test_only_the_approved_text_is_issued(ended, approved, make):
    approved.title = "Đổi lén"
    with pytest.raises(errors.EditConflict):
        do(make, ended.archivist, approved, "issue")
    assert (state_of(approved), approved.doc_number) == ("approved", None)


def issued_notice(house, make, **params):
    notice = do(make, house.secretary, house.meeting, "draft_notice")
    do(make, house.secretary, notice, "submit")
    do(make, house.chair, notice, "approve", digest=digest_of(notice))
    do(make, house.archivist, notice, "issue", **params)
    return notice


def test_numbers_run_by_unit_year_and_kind(ended, approved, make, portal):
    year = local(now()).year
    take_number(portal, ended.office.getId(), year, "BB", "other", 7)
    take_number(portal, ended.office.getId(), year - 1, "BB", "old", 99)
    take_number(portal, ended.department.getId(), year, "BB", "elsewhere", 55)
    do(make, ended.archivist, approved, "issue")
    assert approved.doc_number == "08/BB-VP"
    assert issued_notice(ended, make, number=88).doc_number == "88/TB-VP"


def test_a_number_is_given_once(ended, approved, make, portal):
    take_number(portal, ended.office.getId(), local(now()).year, "BB", "other", 5)
    with pytest.raises(errors.EditConflict) as caught:
        do(make, ended.archivist, approved, "issue", number=5)
    assert caught.value.status == 409
    assert (state_of(approved), approved.doc_number) == ("approved", None)
    with pytest.raises(errors.Invalid):
        do(make, ended.archivist, approved, "issue", number=0)
    do(make, ended.archivist, approved, "issue", number=6)
    assert approved.doc_number == "06/BB-VP"


def test_what_is_issued_stays(ended, approved, make):
    do(make, ended.archivist, approved, "issue")
    for person in (ended.secretary, ended.coordinator, ended.archivist, ended.admin):
        with pytest.raises((errors.Denied, errors.WrongState)):
            do(make, person, approved, "save", title="Đổi", text="x")
    with pytest.raises(errors.Denied):
        make.change(approved, title="Đổi")


def test_a_typed_number_is_not_a_given_one(ended, minutes, make):
    make.change(minutes, doc_number="99/BB-VP")
    assert minutes.doc_number is None


def test_signed_file(ended, approved, make):
    pdf = NamedBlobFile(data=PDF, filename="ký.pdf")
    with pytest.raises(errors.WrongState):
        do(make, ended.archivist, approved, "attach_signed", file=pdf)
    with pytest.raises(errors.Invalid):
        do(make, ended.archivist, approved, "issue", file=NamedBlobFile(data=b"MZ...", filename="a.pdf"))
    assert state_of(approved) == "approved"
    do(make, ended.archivist, approved, "issue")
    with pytest.raises(errors.Denied):
        do(make, ended.secretary, approved, "attach_signed", file=pdf)
    do(make, ended.archivist, approved, "attach_signed", file=pdf)
    assert approved.file.data == PDF
    with pytest.raises(errors.EditConflict):
        do(make, ended.archivist, approved, "attach_signed", file=pdf)


@pytest.mark.rule("BD-10.1/1")
def test_archiving_waits_for_issued_minutes(ended, approved, make):
    make.put_in_state(ended.meeting, "concluded")
    with pytest.raises(errors.Blocked) as caught:
        do(make, ended.archivist, ended.meeting, "archive")
    assert caught.value.findings[0].rule == "BD-10.1/1"
    do(make, ended.archivist, approved, "issue")
    do(make, ended.archivist, ended.meeting, "archive")
    assert state_of(ended.meeting) == "archived"


def test_the_notice_has_a_deadline(ended, make):
    due = notice_due(ended.meeting)
    assert due > ended.meeting.end
    assert notice_findings(ended.meeting, due) == []
    assert notice_findings(ended.meeting, make.in_days(90))[0].deadline == due
    issued_notice(ended, make)
    assert notice_findings(ended.meeting, make.in_days(90)) == []


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "issued"])
def test_page_of_every_state(ended, minutes, make, state, portal):
    make.put_in_state(minutes, state)
    request = portal.REQUEST
    with make.as_user(ended.secretary):
        view = RecordView(minutes, request)
        assert view.steps() and view.next_step() and view.facts() and view.number() and view.dated()
        assert view.may_edit() is (state != "issued")
        assert ("submit" in view.allowed()) is (state == "draft")
    with make.as_user(ended.chair):
        assert ("approve" in RecordView(minutes, request).allowed()) is (state == "in_review")


def test_history_is_for_those_who_work_on_it(ended, approved, make, portal):
    do(make, ended.archivist, approved, "issue")
    with make.as_user(ended.chair):
        assert [one["comment"] for one in RecordView(approved, portal.REQUEST).history()]
    with make.as_user(ended.delegate):
        assert RecordView(approved, portal.REQUEST).history() == []


def test_saving_an_approved_text_is_warned_about(ended, approved, make, portal):
    with make.as_user(ended.secretary):
        assert EditRecord(approved, portal.REQUEST).warning()
