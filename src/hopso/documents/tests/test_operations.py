"""Submit, approve, return, publish, recall, retry: three tests each, and the digest."""

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.documents import approval
from hopso.documents import operations
from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import create_document
from hopso.factories import put_in_state
import pytest


@pytest.fixture
def document(house):
    """A draft with a small text file, by the coordinator."""
    return create_document(house.meeting, "Báo cáo tuần 47", file=upload("bao-cao.txt"))


@pytest.fixture
def submitted(house, document):
    """The same, handed in and its pages prepared."""
    from hopso.documents.conversion import record_of

    with as_user(house.coordinator):
        operations.submit(document)
    record_of(document).status = "done"
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
