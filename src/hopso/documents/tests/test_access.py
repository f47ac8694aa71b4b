"""Pages, texts and files: who gets them, before and after publication, over HTTP."""

import base64

from hopso.documents import jobs
from hopso.documents import pages
from hopso.documents.tests import samples
from hopso.factories import create_document
from hopso.factories import PASSWORD
from hopso.factories import put_in_state
from hopso.tasks.testing import run_all
import pytest
import requests
import transaction


NAME = "Báo cáo “mới”.pdf"


@pytest.fixture
def served(served_house):
    """A converted document of a convened meeting, in draft, behind a real server."""
    document = create_document(
        served_house.meeting, "Báo cáo", file=samples.upload(NAME, samples.pdf("Noi dung"))
    )
    put_in_state(served_house.meeting, "convened")
    transaction.commit()
    run_all()
    transaction.begin()
    return served_house, document


def get(url, user=None, accept="*/*", **options):
    """Fetch *url* as *user* without following redirects."""
    auth = (user, PASSWORD) if user else None
    return requests.get(
        url, auth=auth, headers={"Accept": accept}, allow_redirects=False, timeout=60, **options
    )


def addresses(document):
    """Return everything at which something of the document can be had."""
    page = pages.pages(document)[0]
    url = document.absolute_url()
    return [page.large, page.small, f"{url}/@@download", f"{url}/@@download/file/x.pdf", f"{url}/@pages", url]


def answers(document, user):
    """Return the status codes of all addresses for *user*."""
    return {
        get(url, user, "application/json" if url.endswith("@pages") else "*/*").status_code
        for url in addresses(document)[:5]
    }


CLOSED = {302, 401, 403}


@pytest.mark.rule("BD-3.1.b", "BD-5.2.a", "BD-6.3/1")
def test_pages_and_files_follow_the_state(served):
    house, document = served
    assert answers(document, house.coordinator) == {200}
    for user in (None, house.delegate, house.outsider):
        assert answers(document, user) <= CLOSED, user
    put_in_state(document, "published")
    transaction.commit()
    assert answers(document, house.delegate) == {200}
    for user in (None, house.outsider):
        assert answers(document, user) <= CLOSED, user
    read = get(document.absolute_url(), house.delegate, "application/json").json()
    assert read["history"] == [] and read["approval"] is None and len(read["pages"]) == 1
    put_in_state(document, "recalled")
    transaction.commit()
    assert answers(document, house.delegate) <= CLOSED
    url = f"{document.absolute_url()}/@@download"
    assert get(url, house.chair).status_code == 403  # sees the document, gets the file no more
    assert get(url, house.coordinator).status_code == 200


def test_headers_of_a_download(served):
    house, document = served
    for view in ("@@download", "@@download/file/evil.html", "@@display-file/file"):
        answer = get(f"{document.absolute_url()}/{view}", house.coordinator)
        assert answer.status_code == 200
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment")
        assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%E2%80%9Cm%E1%BB%9Bi%E2%80%9D.pdf" in disposition
        assert answer.headers["Content-Type"].startswith("application/pdf")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    image = get(pages.pages(document)[0].normal, house.coordinator)
    assert image.headers["Content-Type"] == "image/webp" and image.content[8:12] == b"WEBP"


def test_browsers_keep_pictures_of_pages(served):
    house, document = served
    put_in_state(document, "published")
    transaction.commit()
    url = pages.pages(document)[0].large
    first = get(url, house.delegate)
    assert first.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert "Cookie" in first.headers["Vary"] and first.headers["X-Content-Type-Options"] == "nosniff"
    again = requests.get(
        url, auth=(house.delegate, PASSWORD), headers={"If-None-Match": first.headers["ETag"]}, timeout=60
    )
    assert (again.status_code, again.content) == (304, b"")
    # An address that names another file, or none, may show something else tomorrow.
    for other in (url.partition("?")[0], url.partition("?")[0] + "?v=00000000"):
        answer = get(other, house.delegate)
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "private, no-cache"
    put_in_state(document, "recalled")
    transaction.commit()
    for headers in ({}, {"If-None-Match": first.headers["ETag"]}):
        answer = requests.get(
            url, auth=(house.delegate, PASSWORD), headers=headers, allow_redirects=False, timeout=60
        )
        assert answer.status_code in CLOSED and "immutable" not in answer.headers.get("Cache-Control", "")


def test_rest_reads(served):
    house, document = served
    found = get(document.absolute_url(), house.coordinator, "application/json").json()
    assert found["conversion"]["status"] == "done" and found["page_count"] == 1
    assert found["file_digest"] == document.file_digest and found["approvers"] == [house.approver]
    listed = get(f"{document.absolute_url()}/@pages?q=NỘI", house.coordinator, "application/json").json()
    assert [(page["number"], page["text"]) for page in listed["items"]] == [(1, "Noi dung")]
    assert get(listed["items"][0]["images"]["large"], house.coordinator).status_code == 200


def send(house, data, filename="a.pdf", user=None, **fields):
    """POST a document to the meeting as the API does."""
    body = {
        "@type": "MeetingDocument",
        "classification": "none",
        "file": {"data": base64.b64encode(data).decode(), "encoding": "base64", "filename": filename},
        **fields,
    }
    return requests.post(
        house.meeting.absolute_url(),
        json={name: value for name, value in body.items() if value is not None},
        auth=(user or house.coordinator, PASSWORD),
        headers={"Accept": "application/json", "Accept-Language": "vi"},
        timeout=60,
    )


@pytest.mark.rule("BD-3.1.b")
def test_rest_upload(served_house):
    answer = send(served_house, samples.pdf("x"), "Tờ trình.pdf")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["title"] == "Tờ trình" and made["conversion"]["status"] == "waiting"
    transaction.begin()
    assert list(jobs.pending().values()) == [made["file_digest"]]


@pytest.mark.rule("BD-12.3.d/2", "BD-5.2.a")
@pytest.mark.parametrize(
    "data, filename, fields",
    [
        (b"MZ" + b"\x00" * 50, "a.pdf", {}),
        (b"<html>", "a.txt", {}),
        (samples.pdf("x"), "a.pdf", {"classification": "mat"}),
        (samples.pdf("x"), "a.pdf", {"classification": "tuyet_mat"}),
        (samples.pdf("x"), "a.pdf", {"classification": None}),
        (b"", "a.txt", {}),
    ],
    ids=["program", "markup", "mat", "tuyet_mat", "undeclared", "empty"],
)
def test_rest_refuses(served_house, data, filename, fields):
    answer = send(served_house, data, filename, **fields)
    assert answer.status_code in (400, 422), answer.text
    transaction.begin()
    assert not [one for one in served_house.meeting.objectValues() if one.portal_type == "MeetingDocument"]


def test_rest_refuses_strangers(served_house):
    answer = send(served_house, samples.pdf("x"), user=served_house.delegate)
    assert answer.status_code in (401, 403, 404)


@pytest.mark.rule("BD-12.3.d/2")
def test_rest_refuses_a_bad_new_file(served):
    house, document = served
    before = document.file_digest
    body = {"file": {"data": base64.b64encode(b"MZ\x00").decode(), "encoding": "base64", "filename": "a.pdf"}}
    answer = requests.patch(
        document.absolute_url(),
        json=body,
        auth=(house.coordinator, PASSWORD),
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 400, answer.text
    transaction.begin()
    assert document.file_digest == before


def test_workflow_service_is_no_way_around(served):
    house, document = served
    answer = requests.post(
        f"{document.absolute_url()}/@workflow/submit",
        auth=(house.coordinator, PASSWORD),
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code >= 400
    transaction.begin()
    from hopso.core.operation import state_of

    assert state_of(document) == "draft"
