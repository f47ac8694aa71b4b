"""Conversion: pages, texts, states, resuming, failing."""

import time

from hopso.core.operation import state_of
from hopso.documents import jobs
from hopso.documents import operations
from hopso.documents import pages
from hopso.documents.content import MeetingDocument
from hopso.documents.conversion import conversion_of
from hopso.documents.conversion import record_of
from hopso.documents.tests import samples
from hopso.factories import as_user
from hopso.factories import create_document
from hopso.tasks.testing import run_all
from plone import api
import pytest
import transaction


def put(house, filename, data, **fields):
    """Make a document of bytes."""
    return create_document(
        house.meeting, fields.pop("title", ""), file=samples.upload(filename, data), **fields
    )


@pytest.mark.rule("BD-3.1.dd", "BD-3.1.b")
def test_pdf_becomes_pages(house):
    document = put(house, "Báo cáo_tuần 47.pdf", samples.pdf("Uy ban nhan dan tinh", "An, o, y: short words"))
    assert document.title == "Báo cáo tuần 47"
    assert conversion_of(document).status == "waiting"
    run_all()
    state = conversion_of(document)
    assert (state.status, state.pages_done, state.pages_total) == ("done", 2, 2)
    assert document.page_count == 2
    assert "Uy ban" in pages.page_text(document, 1)
    assert pages.pages_with(document, "ỦY BAN") == [1]
    assert pages.pages_with(document, "o y") == [2]
    assert pages.pages_with(document, ["tinh", "ban"]) == [1]
    assert pages.pages_with(document, "khong") == []
    first = pages.pages(document)[0]
    assert first.width == 1000 and first.height == pytest.approx(1415, abs=3)
    found = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=document.UID())[0]
    assert found.conversion_status == "done" and found.page_count == 2


def test_one_catalog_update_at_the_end(house, monkeypatch):
    put(house, "a.pdf", samples.pdf("one", "two"))
    calls = []
    monkeypatch.setattr(MeetingDocument, "reindexObject", lambda self, idxs=(): calls.append(tuple(idxs)))
    run_all()
    assert calls == [tuple(jobs.INDEXES)]


@pytest.mark.parametrize(
    "filename, data, reason",
    [
        ("broken.pdf", b"%PDF-1.7\n" + b"garbage " * 100, "damaged"),
        ("locked.pdf", samples.encrypted_pdf(), "encrypted"),
        ("broken.png", samples.picture()[:60], "damaged"),
    ],
    ids=["pdf", "locked", "png"],
)
def test_bad_files_end_with_a_reason(house, filename, data, reason):
    document = put(house, filename, data)
    other = put(house, "good.pdf", samples.pdf("good"))
    run_all()
    state = conversion_of(document)
    assert (state.status, state.reason) == ("failed", reason)
    assert state.message
    assert conversion_of(other).status == "done"
    assert document.UID() not in jobs.pending()
    with as_user(house.coordinator):
        operations.retry(document)
    assert conversion_of(document).status == "waiting" and conversion_of(document).attempt == 2


def test_too_many_pages(house, monkeypatch):
    from hopso.documents.convert.engine import Limits

    monkeypatch.setattr(jobs.policies, "limits", lambda context: Limits(pages=1))
    document = put(house, "a.pdf", samples.pdf("one", "two"))
    run_all()
    assert conversion_of(document).reason == "too_many_pages"


def test_endless_page_is_stopped(house, monkeypatch):
    from hopso.documents.convert import engine

    def sleeping(job, seconds):
        raise engine.ConversionError("timeout")
        yield

    document = put(house, "a.pdf", samples.pdf("one"))
    monkeypatch.setattr(engine, "_lines", sleeping)
    run_all()
    assert conversion_of(document).reason == "timeout"


def test_resumes_where_it_was(house, monkeypatch):
    """A worker is killed after two of five pages: the next one begins with the third."""
    monkeypatch.setattr(jobs, "BATCH_PAGES", 2)
    document = put(house, "a.pdf", samples.pdf(*"abcde"))
    uid, digest = document.UID(), document.file_digest
    jobs.convert(uid=uid, digest=digest, first=0)
    jobs.convert(uid=uid, digest=digest, first=1)
    assert conversion_of(document).pages_done == 2
    assert pages.page_count(document) == 2
    from hopso.tasks import queue

    queue.pending().clear()  # what a killed worker had not queued
    jobs.resume_conversions()
    rendered = []
    kept = pages.store_page
    monkeypatch.setattr(
        jobs.pages, "store_page", lambda d, number, *rest: (rendered.append(number), kept(d, number, *rest))
    )
    run_from_queue()
    assert rendered == [3, 4, 5]
    assert conversion_of(document).status == "done"
    assert [page.number for page in pages.pages(document)] == [1, 2, 3, 4, 5]


def test_what_got_lost_is_queued_again(house, monkeypatch):
    """The database knows of a conversion, the queue does not: after a while it is queued, once."""
    from hopso.tasks import queue
    from hopso.tasks.jobs import find_job
    from hopso.tasks.testing import waiting

    document = put(house, "a.pdf", samples.pdf("one", "two"))
    uid = document.UID()
    transaction.savepoint()
    queue.pending().clear()  # the queue could not be reached
    assert find_job("documents.resume").minutes == 5
    jobs.resume_stuck()
    assert waiting() == []  # perhaps a worker is at it
    later = time.time() + jobs.STUCK_SECONDS + 1
    monkeypatch.setattr(jobs.time, "time", lambda: later)
    monkeypatch.setattr(type(record_of(document)), "_p_mtime", later - jobs.STUCK_SECONDS - 1, raising=False)
    for _again in range(3):
        jobs.resume_stuck()
    assert waiting() == [("documents.convert", {"uid": uid, "digest": document.file_digest, "first": 0})]
    run_from_queue()
    assert conversion_of(document).status == "done"
    jobs.resume_stuck()
    assert waiting() == []


def run_from_queue():
    """Run what is in the queue inside of the present transaction."""
    from hopso.tasks import queue
    from hopso.tasks.jobs import find_job

    while (carried := queue.current_queue().huey.dequeue()) is not None:
        name, kwargs = carried.args[:2]
        find_job(name).function(**kwargs)
    run_all()


def test_a_stage_done_twice_changes_nothing(house):
    document = put(house, "a.pdf", samples.pdf("one", "two"))
    uid, digest = document.UID(), document.file_digest
    run_all()
    before = record_of(document).finished
    for first in (0, 1, 2, 3):
        jobs.convert(uid=uid, digest=digest, first=first)
    assert record_of(document).finished == before
    jobs.convert(uid=uid, digest="another", first=0)
    jobs.convert(uid="no-such-uid", digest=digest, first=0)
    assert conversion_of(document).status == "done"


def test_server_errors_end_too(house):
    document = put(house, "a.pdf", samples.pdf("one"))
    jobs.given_up(document.UID(), document.file_digest, 1, "no space left")
    assert conversion_of(document).reason == "error"


@pytest.mark.rule("BD-5.2.a", "BD-7/2")
def test_stamped_file_is_hidden_and_goes_nowhere(house):
    from hopso.core import errors

    document = put(house, "a.pdf", samples.pdf("Ordinary page", "MAT\nPhuong an bao ve"))
    run_all()
    assert (document.secret_marker, document.secret_marker_page) == ("mat", 2)
    assert conversion_of(document).reason == "secret_marker"
    assert pages.pages(document) == [] and pages.document_text(document) == ""
    with as_user(house.coordinator), pytest.raises(errors.Blocked) as refused:
        operations.submit(document)
    assert {one.rule for one in refused.value.findings} == {"BD-7/2"}
    assert state_of(document) == "draft"


@pytest.mark.rule("BD-5.2.a")
def test_stamp_only_warns_where_the_policy_says_so(house):
    from hopso.policy.api import store_values

    store_values({"marker_level": "warn"})
    document = put(house, "a.pdf", samples.pdf("MAT\nPhuong an"))
    run_all()
    assert conversion_of(document).status == "done" and document.secret_marker == "mat"
    with as_user(house.coordinator):
        assert [one.level for one in operations.submit.findings(document)] == ["warn"]
        operations.submit(document)
    assert state_of(document) == "submitted"


@pytest.mark.slow
@pytest.mark.rule("BD-3.1.b")
def test_office_files_and_text(house):
    word = put(house, "a.docx", samples.docx("Ứng phó bão số 14", "Sở Nông nghiệp và Môi trường"))
    sheet = put(house, "a.xlsx", samples.xlsx("Dự toán ngân sách"))
    text = put(house, "a.txt", "Kế hoạch công tác tháng 12".encode("utf-16"))
    run_all()
    assert pages.pages_with(word, "ung pho bao") == [1]
    assert pages.pages_with(sheet, "du toan") == [1]
    assert pages.page_text(text, 1).startswith("Kế hoạch công tác tháng 12")


@pytest.mark.slow
@pytest.mark.rule("BD-3.1.b")
@pytest.mark.parametrize("extension", ["pptx", "odt", "ods"])
def test_other_office_files(house, tmp_path, extension):
    """LibreOffice makes each of them from a flat file; then it is uploaded like any other."""
    document = put(house, f"a.{extension}", samples.office(tmp_path, extension, "Ứng phó bão số 14"))
    run_all()
    state = conversion_of(document)
    assert (state.status, state.reason, state.pages_total) == ("done", "", 1)
    assert pages.pages_with(document, "ung pho bao") == [1]
    assert pages.pages(document)[0].width == 1000


@pytest.mark.slow
def test_scans_are_read(house):
    scan = put(house, "quet.jpg", samples.picture("JPEG", "Báo cáo tình hình thiên tai"))
    many = put(house, "quet.tiff", samples.picture("TIFF", "Trang fax", frames=3))
    run_all()
    assert pages.pages_with(scan, "bao cao tinh hinh") == [1]
    assert many.page_count == 3
