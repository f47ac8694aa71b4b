"""What people see of documents, by role and state."""

import json
import tempfile

from hopso.documents import conversion
from hopso.documents import pages
from hopso.documents.operations import approve
from hopso.documents.operations import submit
from hopso.documents.tests.samples import upload
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
import pytest
from zExceptions import Unauthorized
from zope.interface import alsoProvides


WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"


@pytest.fixture
def browser(portal):
    """Carries out views in English: ``browser(context, name, **form)``."""
    request = portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    request["LANGUAGE"] = "en"
    request.environ.pop("HTTP_IF_NONE_MATCH", None)

    def show(context, name, **form):
        request.form.clear()
        request.form.update(form)
        request.response.setStatus(200)
        return context.restrictedTraverse(f"@@{name}")()

    return show


@pytest.fixture
def document(house, make, browser):
    item = make.create_item(house.meeting, "Đầu tư công")
    return make.create_document(
        house.meeting,
        "Báo cáo đầu tư công",
        file=upload("bao-cao.txt"),
        doc_number="214/BC-STC",
        agenda_item=item.getId(),
    )


def convert(document, *texts, status=conversion.DONE, reason=""):
    """Store pages with *texts*, as the worker would."""
    with as_system():
        record = conversion.record_of(document)
        pages.open_viewer_storage(document)
        for number, text in enumerate(texts, 1):
            images = {}
            for size in pages.SIZES:
                with tempfile.NamedTemporaryFile(delete=False) as file:
                    file.write(WEBP)
                images[size] = file.name
            pages.store_page(document, number, text, images, (1000, 1414))
        record.status, record.reason = status, reason
        record.pages_done = record.pages_total = len(texts)
    return document


# -- who sees the reader -----------------------------------------------------

VIEWS = ("view", "conversion", "page-texts", "find-in-document")
READERS = {
    "draft": {"coordinator", "secretary"},
    "submitted": {"coordinator", "secretary", "approver", "chair"},
    "published": {"coordinator", "secretary", "approver", "chair", "delegate"},
}
PEOPLE = ("coordinator", "secretary", "approver", "chair", "delegate", "outsider")


@pytest.mark.parametrize("state", READERS)
def test_only_those_who_may_see_the_document_get_its_pages(house, document, browser, state):
    convert(document, "trang một")
    put_in_state(house.meeting, "convened")
    put_in_state(document, state)
    seen = {name: set() for name in VIEWS}
    for person in PEOPLE:
        with as_user(getattr(house, person)):
            for name in VIEWS:
                try:
                    browser(document, name, q="trang")
                except Unauthorized:
                    continue
                seen[name].add(person)
    for name in VIEWS:
        assert READERS[state] <= seen[name], name
        assert "outsider" not in seen[name]
        assert ("delegate" in seen[name]) == (state == "published")


def test_anonymous_sees_nothing(document, browser, portal):
    from AccessControl.SecurityManagement import noSecurityManager

    noSecurityManager()
    for name in VIEWS:
        with pytest.raises(Unauthorized):
            browser(document, name)


# -- the reader ---------------------------------------------------------------


def test_reader_shows_facts_and_pages(house, document, browser):
    convert(document, "một", "hai")
    with as_user(house.coordinator):
        html = browser(document, "view")
    for text in ("Báo cáo đầu tư công", "214/BC-STC", "Draft", 'id="p2"', "Giao ban tuần 48"):
        assert text in html
    assert 'id="p3"' not in html
    assert "@@dvpdffiles/" in html


def test_reader_tells_supplementary_and_internal(house, document, browser):
    document.supplementary = True
    document.classification = "internal"
    with as_user(house.coordinator):
        html = browser(document, "view")
    assert "Supplementary" in html
    assert "Internal circulation only" in html


def test_reader_offers_what_one_may_do(house, document, browser):
    convert(document, "một")
    put_in_state(house.meeting, "convened")
    with as_user(house.coordinator):
        assert "document.submit" in browser(document, "view")
    put_in_state(document, "published")
    with as_user(house.delegate):
        html = browser(document, "view")
    assert "document." not in html.split("</header>")[0].split("hs-rd-actions")[1].replace("hs-rd", "")
    assert "/edit" not in html


def test_reader_without_file(house, make, browser):
    document = make.create_document(house.meeting, "Không có tệp")
    with as_user(house.coordinator):
        assert "No file yet" in browser(document, "view")


def test_reader_of_a_failed_conversion_says_why_and_offers_another_try(house, document, browser):
    convert(document, status=conversion.FAILED, reason="damaged")
    with as_user(house.coordinator):
        html = browser(document, "view")
    assert "The file is damaged and cannot be opened." in html
    assert "document.retry" in html


def test_neighbours_are_in_agenda_order_and_hide_what_one_may_not_see(house, make, browser):
    meeting = house.meeting
    first, second = make.create_item(meeting, "Một"), make.create_item(meeting, "Hai")
    late = make.create_document(meeting, "C", agenda_item=second.getId(), file=upload("c.txt"))
    early = make.create_document(meeting, "B", agenda_item=first.getId(), file=upload("b.txt"))
    whole = make.create_document(meeting, "A", file=upload("a.txt"))
    from hopso.documents.views.neighbours import neighbours

    with as_user(house.coordinator):
        found = neighbours(early)
        assert (found["previous"]["title"], found["next"]["title"]) == ("A", "C")
        assert (found["number"], found["count"]) == (2, 3)
        assert neighbours(whole)["previous"] is None
    put_in_state(meeting, "convened")
    put_in_state(early, "published")
    put_in_state(late, "published")
    with as_user(house.delegate):
        assert neighbours(early)["previous"] is None
        assert neighbours(early)["count"] == 2


# -- conversion and texts ------------------------------------------------------


def test_conversion_is_json_with_an_etag_and_writes_nothing(house, document, browser, portal):
    import transaction

    transaction.savepoint()
    before = len(portal._p_jar._registered_objects)
    with as_user(house.coordinator):
        answer = json.loads(browser(document, "conversion"))
        etag = portal.REQUEST.response.getHeader("ETag")
        assert answer == {"status": "waiting", "pages_done": 0, "pages_total": 0, "reason": ""}
        portal.REQUEST.environ["HTTP_IF_NONE_MATCH"] = etag
        assert browser(document, "conversion") == ""
        assert portal.REQUEST.response.getStatus() == 304
        convert(document, "một")
        assert json.loads(browser(document, "conversion"))["status"] == "done"
    assert before == 0


def test_texts_come_in_small_parts(house, document, browser):
    convert(document, *(f"trang số {n}" for n in range(1, 31)))
    with as_user(house.coordinator):
        found = json.loads(browser(document, "page-texts", **{"from": "3", "to": "900"}))["pages"]
        assert [one["page"] for one in found] == list(range(3, 23))
        assert found[0]["text"] == "trang số 3"
        assert json.loads(browser(document, "page-texts", **{"from": "x"}))["pages"][0]["page"] == 1


def test_find_in_document_names_pages_and_snippets(house, document, browser):
    convert(document, "Ủy ban nhân dân tỉnh", "chủ trương đầu tư", "nhắc lại: Đầu tư công")
    with as_user(house.coordinator):
        answer = json.loads(browser(document, "find-in-document", q="dau tu"))
        assert [hit["page"] for hit in answer["hits"]] == [2, 3]
        assert answer["hits"][1]["match"] == "Đầu tư"
        assert answer["total"] == 2 and not answer["accents_ignored"]
        assert json.loads(browser(document, "find-in-document", q="  "))["hits"] == []
        assert json.loads(browser(document, "find-in-document", q="đấu tư"))["accents_ignored"]


# -- the approval page ----------------------------------------------------------


@pytest.fixture
def submitted(house, document):
    convert(document, "một", "hai")
    with as_user(house.coordinator):
        submit(document)
    put_in_state(house.meeting, "registered")
    return document


@pytest.mark.parametrize("person", ["coordinator", "delegate", "outsider"])
def test_approval_page_is_for_approvers(house, submitted, browser, person):
    with as_user(getattr(house, person)), pytest.raises(Unauthorized):
        browser(submitted, "approve")


@pytest.mark.rule("BD-6.3/1")
def test_approval_page_is_bound_to_the_file_and_names_the_rule(house, submitted, browser):
    with as_user(house.approver):
        html = browser(submitted, "approve")
    assert submitted.file_digest in html
    assert "Điều 6 khoản 3" in html
    assert "Approve this document" in html
    assert "Lê Phương Thảo" in html  # who handed it in


def test_approval_page_leads_to_the_next_that_waits(house, submitted, make, browser):
    other = make.create_document(house.meeting, "Tờ trình khác", file=upload("khac.txt", "khác"))
    convert(other, "một")
    with as_user(house.coordinator):
        submit(other)
    with as_user(house.approver):
        html = browser(submitted, "approve")
    assert f"{other.absolute_url()}/approve" in html


def test_approval_page_tells_who_decided(house, submitted, browser):
    with as_user(house.approver):
        approve(submitted, digest=submitted.file_digest, comment="Nhất trí")
        html = browser(submitted, "approve")
    assert "Approve this document" not in html
    assert "Nhất trí" in html
    assert "Đặng Thị Hòa" in html


def test_approval_page_tells_what_changed_since_the_last_version(house, submitted, browser):
    with as_user(house.coordinator):
        change(submitted, file=upload("bao-cao-2.txt", "dài hơn nhiều " * 200))
        convert(submitted, "một", "hai", "ba")
        submit(submitted)
    with as_user(house.approver):
        html = browser(submitted, "approve")
    assert "bao-cao-2.txt" in html and "bao-cao.txt" in html
    assert "+1" in html  # one page more
    assert "New file uploaded" in html
    assert "earlier file" in html


def test_agenda_item_leads_to_its_place_on_the_meeting_page(house, make, browser, portal):
    item = make.create_item(house.meeting, "Khai mạc")
    with as_user(house.coordinator):
        browser(item, "view")
    location = portal.REQUEST.response.getHeader("Location")
    assert location == f"{house.meeting.absolute_url()}#item-{item.getId()}"


def test_authors_see_what_has_to_be_changed_and_delegates_do_not(house, make, portal):
    from hopso.documents.approval import record
    from hopso.documents.approval import RETURNED
    from hopso.documents.views.reader import Reader

    document = make.create_document(house.meeting, "Báo cáo tuần 47")
    make.put_in_state(document, "returned")
    with make.as_user(house.approver):
        record(document, RETURNED, "Bổ sung số liệu", 2)
    with make.as_user(house.coordinator):
        seen = Reader(document, portal.REQUEST).returned
    assert (seen["comment"], seen["page"], seen["who"]) == ("Bổ sung số liệu", 2, "Đặng Thị Hòa")
    with make.as_user(house.delegate):
        assert Reader(document, portal.REQUEST).returned is None
