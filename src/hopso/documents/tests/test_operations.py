"""Submit, approve, return, publish, recall, retry: three tests each, and the digest."""

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.documents import approval
from hopso.documents import operations
from hopso.documents.conversion import conversion_of
from hopso.documents.conversion import record_of
from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import create_document
from hopso.factories import create_meeting
from hopso.factories import put_in_state
import pytest


def done(document):
    """Pretend that the worker has prepared the pages."""
    record_of(document).status = "done"


@pytest.fixture
def document(house):
    """A draft with a small text file, by the coordinator."""
    return create_document(house.meeting, "Báo cáo tuần 47", file=upload("bao-cao.txt"))


@pytest.fixture
def submitted(house, document):
    """The same, handed in and its pages prepared."""
    with as_user(house.coordinator):
        operations.submit(document)
    done(document)
    return document


@pytest.fixture
def approved(house, submitted):
    """The same, approved."""
    with as_user(house.approver):
        operations.approve(submitted, digest=submitted.file_digest)
    return submitted


def test_submit(house, document):
    with as_user(house.coordinator):
        operations.submit(document)
    assert state_of(document) == "submitted"
    assert [line.decision for line in approval.history(document)] == ["submitted"]


def test_submit_denied(house, document):
    with as_user(house.delegate), pytest.raises(errors.Denied):
        operations.submit(document)
    assert state_of(document) == "draft"


def test_submit_in_wrong_state(house, document):
    put_in_state(document, "published")
    with as_user(house.coordinator), pytest.raises(errors.WrongState):
        operations.submit(document)
    assert state_of(document) == "published"


@pytest.mark.rule("BD-6.3/1")
def test_approve(house, submitted):
    with as_user(house.approver):
        operations.approve(submitted, digest=submitted.file_digest, comment="Đồng ý")
    assert state_of(submitted) == "approved"
    line = approval.current_approval(submitted)
    assert (line.who, line.digest, line.comment) == (house.approver, submitted.file_digest, "Đồng ý")


def test_approve_denied(house, submitted):
    with as_user(house.coordinator), pytest.raises(errors.Denied):
        operations.approve(submitted, digest=submitted.file_digest)
    assert state_of(submitted) == "submitted"


def test_approve_in_wrong_state(house, document):
    put_in_state(document, "returned")
    with as_user(house.approver), pytest.raises(errors.WrongState):
        operations.approve(document, digest=document.file_digest)
    assert state_of(document) == "returned"


@pytest.mark.rule("BD-6.3/1")
def test_new_file_ends_the_approval(house, approved):
    before = approved.file_digest
    change(approved, file=upload("bao-cao.txt", "Một nội dung khác hẳn."))
    assert approved.file_digest != before
    assert state_of(approved) == "draft"
    assert approval.current_approval(approved) is None
    assert [line.decision for line in approval.history(approved)] == ["submitted", "approved", "new_file"]


@pytest.mark.rule("BD-6.3/1")
def test_approval_of_another_file_is_refused(house, submitted):
    """The approver read one file and decides after it was replaced and handed in again."""
    seen = submitted.file_digest
    change(submitted, file=upload("bao-cao.txt", "Bản mới, chưa ai đọc."))
    with as_user(house.coordinator):
        operations.submit(submitted)
    done(submitted)
    with as_user(house.approver), pytest.raises(errors.EditConflict):
        operations.approve(submitted, digest=seen)
    assert state_of(submitted) == "submitted" and approval.current_approval(submitted) is None


@pytest.mark.rule("BD-7/2")
def test_nobody_approves_what_is_not_looked_through(house, submitted):
    record_of(submitted).status = "running"
    with as_user(house.approver), pytest.raises(errors.Blocked) as refused:
        operations.approve(submitted, digest=submitted.file_digest)
    assert [one.rule for one in refused.value.findings] == ["BD-7/2"]
    assert state_of(submitted) == "submitted"


@pytest.mark.rule("BD-6.3/1")
def test_chair_approves_where_nobody_is_named(house, document):
    change(house.meeting, approver=None)
    assert approval.approver_ids(document) == (house.chair,)
    done(document)
    with as_user(house.coordinator):
        operations.submit(document)
    with as_user(house.chair):
        operations.approve(document, digest=document.file_digest)
    assert approval.current_approval(document).who == house.chair


@pytest.mark.rule("BD-6.3/2")
def test_leader_of_the_office_approves_for_the_committee(house):
    meeting = create_meeting(
        house.committee,
        "Phiên họp UBND tỉnh",
        chair=house.chair,
        approver=house.approver,
        preparer=house.coordinator,
        participants=(f"user:{house.leader}",),
    )
    document = create_document(meeting, "Tờ trình", file=upload())
    done(document)
    assert approval.approver_ids(document) == (house.leader,)
    put_in_state(document, "submitted")
    for user in (house.approver, house.chair):
        with as_user(user), pytest.raises((errors.Blocked, errors.Denied)):
            operations.approve(document, digest=document.file_digest)
    with as_user(house.approver):
        assert "BD-6.3/2" in {one.rule for one in operations.approve.findings(document)}
    with as_user(house.leader):
        operations.approve(document, digest=document.file_digest)
    assert state_of(document) == "approved"


@pytest.mark.rule("BD-6.3/1")
def test_submit_needs_somebody_who_approves(house, document):
    change(house.meeting, approver=None, chair=None)
    with as_user(house.coordinator), pytest.raises(errors.Blocked):
        operations.submit(document)
    assert state_of(document) == "draft"


def test_return(house, submitted):
    with as_user(house.approver):
        operations.return_document(submitted, comment="Bổ sung số liệu.", page=2)
    assert state_of(submitted) == "returned"
    line = approval.history(submitted)[-1]
    assert (line.decision, line.comment, line.page) == ("returned", "Bổ sung số liệu.", 2)


def test_return_needs_a_comment(house, submitted):
    with as_user(house.approver), pytest.raises(errors.Invalid):
        operations.return_document(submitted, comment="")
    assert state_of(submitted) == "submitted"


def test_return_denied(house, submitted):
    with as_user(house.delegate), pytest.raises(errors.Denied):
        operations.return_document(submitted, comment="x")
    assert state_of(submitted) == "submitted"


def test_return_in_wrong_state(house, approved):
    with as_user(house.approver), pytest.raises(errors.WrongState):
        operations.return_document(approved, comment="x")
    assert state_of(approved) == "approved"


@pytest.mark.rule("BD-6.3/1")
def test_publish(house, approved):
    with as_user(house.coordinator), pytest.raises(errors.Blocked):
        operations.publish(approved)  # not before the meeting is convened
    assert state_of(approved) == "approved"
    put_in_state(house.meeting, "convened")
    with as_user(house.coordinator):
        operations.publish(approved)
    assert state_of(approved) == "published"


@pytest.mark.rule("BD-6.3/1")
def test_publish_needs_an_approval(house, document):
    put_in_state(house.meeting, "convened")
    put_in_state(document, "approved")
    with as_user(house.coordinator), pytest.raises(errors.Blocked) as refused:
        operations.publish(document)
    assert [one.rule for one in refused.value.findings] == ["BD-6.3/1"]
    assert state_of(document) == "approved"


def test_publish_denied(house, approved):
    put_in_state(house.meeting, "convened")
    with as_user(house.delegate), pytest.raises(errors.Denied):
        operations.publish(approved)
    assert state_of(approved) == "approved"


def test_publish_in_wrong_state(house, submitted):
    put_in_state(house.meeting, "convened")
    with as_user(house.coordinator), pytest.raises(errors.WrongState):
        operations.publish(submitted)
    assert state_of(submitted) == "submitted"


@pytest.mark.rule("BD-6.3/1")
def test_publish_approved(house, approved):
    """What is approved opens with the meeting, the rest stays closed."""
    bare = create_document(house.meeting, "Chưa duyệt", file=upload())
    put_in_state(bare, "approved")
    put_in_state(house.meeting, "convened")
    with as_user(house.coordinator):
        assert operations.publish_approved(house.meeting) == [approved]
    assert (state_of(approved), state_of(bare)) == ("published", "approved")


def test_recall(house, approved):
    put_in_state(approved, "published")
    with as_user(house.chair):
        operations.recall(approved, reason="Số liệu sai")
    assert state_of(approved) == "recalled"
    assert approval.current_approval(approved) is None


def test_recall_denied(house, approved):
    put_in_state(approved, "published")
    with as_user(house.delegate), pytest.raises(errors.Denied):
        operations.recall(approved, reason="x")
    assert state_of(approved) == "published"


def test_recall_in_wrong_state(house, approved):
    with as_user(house.chair), pytest.raises(errors.WrongState):
        operations.recall(approved, reason="x")
    assert state_of(approved) == "approved"


def test_retry(house, document):
    record_of(document).status, record_of(document).reason = "failed", "timeout"
    with as_user(house.coordinator):
        operations.retry(document)
    assert (conversion_of(document).status, conversion_of(document).attempt) == ("waiting", 2)


def test_retry_denied(house, document):
    record_of(document).status = "failed"
    with as_user(house.delegate), pytest.raises(errors.Denied):
        operations.retry(document)
    assert conversion_of(document).status == "failed"


def test_retry_in_wrong_state(house, document):
    with as_user(house.coordinator), pytest.raises(errors.WrongState):
        operations.retry(document)
    assert conversion_of(document).attempt == 1


def test_added_in_session_is_supplementary(house):
    put_in_state(house.meeting, "in_session")
    assert create_document(house.meeting, "Bổ sung", file=upload()).supplementary


@pytest.mark.parametrize("state", ["concluded", "archived"])
def test_closed_meeting_takes_no_document(house, document, state):
    put_in_state(house.meeting, state)
    with pytest.raises(errors.WrongState):
        create_document(house.meeting, "Muộn", file=upload())
    with pytest.raises(errors.WrongState):
        change(document, file=upload("b.txt", "khác"))


@pytest.mark.rule("BD-5.2.a")
@pytest.mark.parametrize("level", ["mat", "toi_mat", "tuyet_mat"])
def test_classified_documents_are_refused(house, document, level):
    with pytest.raises(errors.Blocked) as refused:
        create_document(house.meeting, "Phương án", file=upload(), classification=level)
    assert [one.rule for one in refused.value.findings] == ["BD-5.2.a"]
    with pytest.raises(errors.Blocked):
        change(document, classification=level)
