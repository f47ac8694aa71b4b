"""The pages of the log."""

import csv
import io

from AccessControl import Unauthorized
from hopso.audit import log
from hopso.audit.exports import harmless_cell
from hopso.interfaces import IHopsoLayer
from openpyxl import load_workbook
from plone import api
from plone.namedfile.file import NamedBlobFile
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def request_of(integration, portal):
    def with_form(**form):
        request = integration["request"]
        request.form.clear()
        request.form.update(form)
        alsoProvides(request, IHopsoLayer)
        return request

    return with_form


def view(portal, name, request):
    return api.content.get_view(name, portal, request)


def test_the_page_lists_filters_and_pages(house, portal, request_of):
    for _number in range(60):
        log.record("login", who=house.delegate)
    page = view(portal, "audit-log", request_of(person=house.delegate, operation="login"))
    page.update()
    assert len(page.rows) == 50
    assert page.rows[0]["who"] == "Phạm Quang"
    assert "person=daibieu" in page.older_url() and page.newest_url() == ""
    after = page.older_url().rpartition("after=")[2]
    page = view(portal, "audit-log", request_of(person=house.delegate, operation="login", after=after))
    page.update()
    assert len(page.rows) == 10 and page.older_url() == "" and page.newest_url()
    html = view(portal, "audit-log", request_of(person=house.delegate))()
    assert "Phạm Quang" in html and "audit-from" in html


@pytest.mark.parametrize(
    "form",
    [{"after": "x"}, {"after": "-3"}, {"from": "nonsense"}, {"person": ["a", "b"]}, {"after": "9" * 40}],
)
def test_strange_filters_do_no_harm(house, portal, request_of, form):
    page = view(portal, "audit-log", request_of(**form))
    page.update()
    assert page.rows


def test_a_date_that_cannot_be_read_is_said_and_stays(house, portal, request_of):
    html = view(portal, "audit-log", request_of(**{"from": "32/13/2026", "to": "22/11/2026"}))()
    assert "32/13/2026" in html and "hs-note--warn" in html


def test_only_those_in_charge_see_it(house, portal, request_of, make):
    with make.as_user(house.leader), pytest.raises(Unauthorized):
        portal.restrictedTraverse("@@audit-log")
    with make.as_user(house.leader), pytest.raises(Unauthorized):
        portal.restrictedTraverse("@@audit-log-export")


def test_exports_hold_no_formulas(house, portal, request_of, make):
    make.change(house.office, title='=HYPERLINK("http://x")')
    with make.as_system():
        text = b"".join(view(portal, "audit-log-export", request_of(format="csv"))()).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any(cell == '\'=HYPERLINK("http://x")' for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    data = b"".join(view(portal, "audit-log-export", request_of(format="xlsx"))())
    sheet = load_workbook(io.BytesIO(data)).active
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert log.entries(operation="audit.export", limit=1)[0].details["format"] == "xlsx"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx"])
def test_harmless_cells(text):
    assert harmless_cell(text) == f"'{text}"


def test_downloads_are_on_record(house, portal, request_of, make):
    file = NamedBlobFile(data=b"Noi dung", filename="bao-cao.txt")
    document = make.create_document(house.meeting, file=file)
    request = request_of()
    with make.as_user(house.coordinator):
        api.content.get_view("download", document, request)()
    found = log.entries(operation="item.download", limit=1)[0]
    assert (found.who, found.uid, found.details) == (
        house.coordinator,
        document.UID(),
        {"file": "bao-cao.txt"},
    )
