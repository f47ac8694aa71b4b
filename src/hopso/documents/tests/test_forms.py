"""Adding, changing and deleting documents by forms."""

from io import BytesIO
import json

from hopso.core import errors
from hopso.documents import housekeeping
from hopso.documents.conversion import record_of
from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from plone.protect.authenticator import createToken
import pytest
from zExceptions import Forbidden
from zExceptions import Unauthorized
from zope.interface import alsoProvides
from ZPublisher.HTTPRequest import FileUpload


class Field:
    """What the form parser hands over for a file."""

    def __init__(self, filename, data):
        self.file, self.filename, self.headers, self.name = BytesIO(data), filename, {}, "file"


def sent(filename="bao-cao.txt", data=b"Bao cao"):
    """Return a file as a browser uploads it."""
    return FileUpload(Field(filename, data))


@pytest.fixture
def post(portal):
    """``post(context, name, **form)`` as a script does; returns (status, answer)."""
    request = portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    request["LANGUAGE"] = "en"

    def send(context, name, as_json=True, **form):
        request.form.clear()
        request.form.update({"_authenticator": createToken(), **form})
        request.environ.update(
            REQUEST_METHOD="POST", HTTP_ACCEPT="application/json" if as_json else "text/html"
        )
        request.method = "POST"
        request["REQUEST_METHOD"] = "POST"
        request.response.setStatus(200)
        try:
            body = context.restrictedTraverse(f"@@{name}")()
        finally:
            request.environ.update(REQUEST_METHOD="GET", HTTP_ACCEPT="")
            request["REQUEST_METHOD"] = "GET"
            request.method = "GET"
        return request.response.getStatus(), (json.loads(body) if as_json else body)

    return send


def documents(meeting):
    return [one for one in meeting.objectValues() if one.portal_type == "MeetingDocument"]


@pytest.fixture(autouse=True)
def keep_the_transaction(monkeypatch):
    """A refusal aborts; in these tests everything stands in one transaction."""
    monkeypatch.setattr("hopso.documents.views.forms.DocumentForm.undo", lambda self: None)


# -- adding --------------------------------------------------------------------


def test_coordinator_adds_a_document(house, make, post):
    item = make.create_item(house.meeting, "Một")
    with as_user(house.coordinator):
        status, answer = post(
            house.meeting,
            "add-document",
            title="Báo cáo tuần 47",
            doc_number="214/BC-STC",
            doc_kind="report",
            agenda_item=item.getId(),
            classification="internal",
            file=sent(),
        )
    (document,) = documents(house.meeting)
    assert status == 201
    assert answer["location"] == f"{document.absolute_url()}/view"
    assert (document.title, document.doc_number, document.agenda_item) == (
        "Báo cáo tuần 47",
        "214/BC-STC",
        item.getId(),
    )
    assert document.classification == "internal"
    assert document.file_digest
    assert document.getOwner().getId() == house.coordinator


def test_without_subject_line_the_name_of_the_file_serves(house, post):
    with as_user(house.coordinator):
        post(house.meeting, "add-document", classification="none", file=sent("to_trinh_96.txt"))
    assert documents(house.meeting)[0].title == "to trinh 96"


REFUSED = [
    ({"file": sent("a.exe", b"MZ\x90\x00")}, "file"),
    ({"file": sent("a.pdf", "không phải pdf".encode())}, "file"),
    ({"file": sent("a.txt", b"")}, "file"),
    ({}, "file"),
    ({"file": sent(), "classification": ""}, "classification"),
    ({"file": sent(), "agenda_item": "khongco"}, "agenda_item"),
    ({"file": sent(), "doc_kind": "unknown"}, "doc_kind"),
    ({"file": sent(), "doc_number": "x" * 61}, "doc_number"),
]


@pytest.mark.parametrize(("form", "field"), REFUSED)
def test_bad_input_is_told_at_the_field_and_nothing_is_stored(house, post, form, field):
    form = {"classification": "none", "title": "Báo cáo"} | form
    if "file" in form:
        form["file"].seek(0)
    with as_user(house.coordinator):
        status, answer = post(house.meeting, "add-document", **form)
    assert status == 400
    assert answer["errors"][field]
    assert documents(house.meeting) == []


def test_too_large_a_file_is_refused(house, post, monkeypatch):
    monkeypatch.setattr(
        "hopso.documents.content.current_policy", lambda: type("P", (), {"max_upload_mb": 0})()
    )
    with as_user(house.coordinator):
        status, answer = post(house.meeting, "add-document", classification="none", file=sent())
    assert status == 400
    assert "larger" in answer["errors"]["file"]
    assert documents(house.meeting) == []


@pytest.mark.rule("BD-5.2.a")
@pytest.mark.parametrize("level", ["mat", "toi_mat", "tuyet_mat"])
def test_classified_documents_are_refused_with_the_article(house, post, level):
    with as_user(house.coordinator):
        status, answer = post(house.meeting, "add-document", classification=level, file=sent())
    assert status == 422
    assert answer["findings"][0]["rule"] == "BD-5.2.a"
    assert answer["findings"][0]["article"]
    assert documents(house.meeting) == []


def test_a_plain_form_comes_back_with_what_was_typed(house, post):
    with as_user(house.coordinator):
        status, html = post(
            house.meeting,
            "add-document",
            as_json=False,
            title="Tên đã nhập",
            doc_number="7/TB",
            classification="",
            file=sent(),
        )
    assert status == 400
    assert "Tên đã nhập" in html and "7/TB" in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("person", ["delegate", "outsider", "approver"])
def test_others_do_not_add(house, post, person):
    with as_user(getattr(house, person)), pytest.raises(Unauthorized):
        post(house.meeting, "add-document", classification="none", file=sent())
    assert documents(house.meeting) == []


def test_nothing_is_added_to_a_concluded_meeting(house, post):
    put_in_state(house.meeting, "concluded")
    with as_user(house.coordinator), pytest.raises((Unauthorized, errors.OperationError)):
        post(house.meeting, "add-document", classification="none", file=sent())
    assert documents(house.meeting) == []


def test_a_forged_form_is_refused(house, post):
    with as_user(house.coordinator), pytest.raises(Forbidden):
        post(house.meeting, "add-document", classification="none", file=sent(), _authenticator="forged")
    assert documents(house.meeting) == []


# -- changing ---------------------------------------------------------------------


@pytest.fixture
def document(house, make):
    return make.create_document(house.meeting, "Báo cáo", file=upload(), doc_number="1/BC")


def fields(document, **changes):
    return {
        "title": document.title,
        "doc_number": document.doc_number or "",
        "doc_kind": document.doc_kind,
        "classification": document.classification,
        "token": housekeeping.edit_token(document),
    } | changes


def test_editing_changes_facts_and_keeps_file_and_state(house, document, post):
    put_in_state(document, "approved")
    digest = document.file_digest
    with as_user(house.coordinator):
        status, _answer = post(document, "edit", **fields(document, title="Báo cáo mới", file=""))
    assert status == 201
    assert (document.title, document.file_digest) == ("Báo cáo mới", digest)
    assert document.portal_workflow.getInfoFor(document, "review_state") == "approved"


def test_a_new_file_returns_the_document_to_draft(house, document, post):
    put_in_state(document, "approved")
    with as_user(house.coordinator):
        status, _answer = post(document, "edit", **fields(document, file=sent("moi.txt", "mới".encode())))
    assert status == 201
    assert document.file.filename == "moi.txt"
    assert document.portal_workflow.getInfoFor(document, "review_state") == "draft"


def test_who_edits_an_older_state_is_told_and_overwrites_nothing(house, document, post):
    form = fields(document, title="Của tôi")
    change(document, title="Của người khác")
    with as_user(house.coordinator):
        status, answer = post(document, "edit", **form)
        assert (status, answer["type"]) == (409, "EditConflict")
        assert document.title == "Của người khác"
        status, html = post(document, "edit", as_json=False, **form)
        assert status == 409
        assert "Của tôi" in html and "Của người khác" in html
        # The page of the conflict carries a token of the newer state: one may insist.
        assert housekeeping.edit_token(document) in html
        status, _answer = post(document, "edit", **fields(document, title="Của tôi"))
    assert status == 201
    assert document.title == "Của tôi"


def test_a_file_replaced_meanwhile_is_a_conflict_too(house, document, post):
    form = fields(document, title="Của tôi")
    change(document, file=upload("khac.txt", "tệp khác"))
    with as_user(house.coordinator):
        assert post(document, "edit", **form)[0] == 409


@pytest.mark.parametrize("person", ["delegate", "outsider", "approver"])
def test_others_do_not_edit(house, document, post, person):
    put_in_state(house.meeting, "convened")
    put_in_state(document, "published")
    with as_user(getattr(house, person)), pytest.raises(Unauthorized):
        post(document, "edit", **fields(document))


# -- deleting -----------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_delete_drafts(house, document, state):
    put_in_state(document, state)
    with as_user(house.coordinator):
        housekeeping.delete_document(document)
    assert documents(house.meeting) == []


@pytest.mark.parametrize("state", ["submitted", "approved", "published", "recalled", "superseded"])
def test_what_others_have_seen_is_not_deleted(house, document, state):
    put_in_state(document, state)
    with as_user(house.coordinator), pytest.raises((errors.WrongState, errors.Denied)):
        housekeeping.delete_document(document)
    assert documents(house.meeting) == [document]


@pytest.mark.parametrize("person", ["delegate", "outsider", "approver"])
def test_others_do_not_delete(house, document, person):
    with as_user(getattr(house, person)), pytest.raises(errors.Denied):
        housekeeping.delete_document(document)
    assert documents(house.meeting) == [document]


@pytest.mark.rule("BD-3.1.dd")
def test_pages_are_stated_by_hand_where_the_file_does_not_tell(house, make, post, portal):
    document = make.create_document(house.meeting, "Báo cáo", file=upload("bao-cao.txt"))
    values = {"title": "Báo cáo", "classification": "none", "page_count": "18"}

    def edit(**changes):
        form = values | {"token": housekeeping.edit_token(document)} | changes
        with as_user(house.coordinator):
            return post(document, "edit", **form)[0]

    assert edit() == 201 and document.page_count is None  # being prepared: it will be counted
    record_of(document).status = "failed"
    assert edit(page_count="0") == 400 and document.page_count is None
    assert edit() == 201 and document.page_count == 18
    brain = portal.portal_catalog.unrestrictedSearchResults(UID=document.UID())[0]
    assert brain.page_count == 18
    record_of(document).status = "done"
    assert edit(page_count="500") == 201 and document.page_count == 18
    with as_user(house.delegate), pytest.raises(Unauthorized):
        post(document, "edit", **values)
    assert document.page_count == 18
