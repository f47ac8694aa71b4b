"""The page, the API and the export, as different people get them."""

from io import BytesIO
import json

from hopso.archive.export import export
from hopso.archive.query import Query
from hopso.archive.services import ArchiveGet
from hopso.archive.views import ArchiveView
from hopso.interfaces import IHopsoLayer
from openpyxl import load_workbook
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def ask(archive, portal, make):
    """Return a function: page of the archive for a person."""
    request = portal.REQUEST
    alsoProvides(request, IHopsoLayer)

    def ask(person, name="luu-tru", **form):
        request.form = form
        from zope.annotation.interfaces import IAnnotations

        IAnnotations(request).pop("plone.memoize", None)
        with make.as_user(person):
            return portal.restrictedTraverse(f"@@{name}")()

    return ask


def test_hits_show_marked_words_and_the_page(archive, ask):
    html = ask(archive.delegate, q="ung pho")
    assert "<mark>Ứng phó</mark>" in html
    assert "214/BC-STC" in html
    assert "#p2" in html and "q=ung+pho" in html
    assert "Giao ban tuần 48" in html


def test_an_outsider_gets_nothing(archive, ask):
    html = ask(archive.outsider, q="ung pho")
    hits = html.partition('id="archive-hits"')[2]
    for secret in ("Báo cáo kinh tế", "Ứng phó", "214/BC-STC", "Giao ban", "Nguyễn Văn Bình", "riêng"):
        assert secret not in hits
    assert "hs-archive-facets__n" not in html


def test_a_delegate_gets_no_word_of_a_draft(archive, ask):
    assert "riêng" not in ask(archive.delegate, q="rieng")
    assert "mật danh" not in ask(archive.delegate, q="mat danh", type=["MeetingDocument"])
    assert "mật danh" in ask(archive.coordinator, q="mat danh", type=["MeetingDocument"])


def test_strangers_are_turned_away(archive, portal):
    from AccessControl import Unauthorized
    from AccessControl.SecurityManagement import noSecurityManager

    alsoProvides(portal.REQUEST, IHopsoLayer)
    noSecurityManager()
    for name in ("luu-tru", "luu-tru.xlsx", "search"):
        with pytest.raises(Unauthorized):
            portal.restrictedTraverse(f"@@{name}")


@pytest.mark.parametrize(
    "q", ['"hở', "...", "x" * 10_000, "a*", "<script>alert(1)</script>", "%00\0", "( OR )", "***", "-"]
)
def test_broken_queries_get_a_page(archive, ask, q):
    html = ask(archive.delegate, q=q)
    assert 'id="archive-hits"' in html
    assert "<script>alert" not in html


def test_facets_lead_to_narrower_queries_and_back(archive, portal, make):
    portal.REQUEST.form = {"q": "bao cao", "type": ["MeetingDocument"]}
    with make.as_user(archive.delegate):
        view = ArchiveView(portal, portal.REQUEST)
        (entry,) = view.facets()[0]["entries"]
        assert (entry["title"], entry["count"], entry["selected"]) == ("Document", 1, True)
        assert "type=" not in entry["url"] and "q=bao+cao" in entry["url"]
        assert [chip["title"] for chip in view.chips()] == ["Document"]
        assert [one["title"] for one in view.sorts() if one["current"]] == ["Relevance"]
        assert view.pager() is None


def test_bad_dates_stay_in_their_field(archive, ask):
    html = ask(archive.delegate, **{"from": "31/02/2026"})
    assert 'value="31/02/2026"' in html
    assert "31/02/2026" in html.partition("hs-note--warn")[2]


def rows(data):
    return [list(row) for row in load_workbook(BytesIO(data)).active.iter_rows(values_only=True)]


def test_export_holds_what_the_searcher_may_see(archive, portal, make):
    make.create_item(archive.meeting, '=HYPERLINK("http://x","y")')
    with make.as_user(archive.delegate):
        lines = rows(export(Query(chair=archive.chair), portal.REQUEST))
        titles = [line[2] for line in lines[1:]]
        assert "Báo cáo kinh tế" in titles and "Dự thảo mật danh" not in titles
        assert '=HYPERLINK("http://x","y")' in titles
        book = load_workbook(BytesIO(export(Query(text="hyperlink"), portal.REQUEST)))
        assert {cell.data_type for cell in book.active["C"]} == {"s"}, "no cell is a formula"
    with make.as_user(archive.outsider):
        assert len(rows(export(Query(chair=archive.chair), portal.REQUEST))) == 1


def test_export_says_when_it_stops(archive, portal, make, monkeypatch):
    monkeypatch.setattr("hopso.archive.export.LIMIT", 2)
    with make.as_user(archive.delegate):
        lines = rows(export(Query(chair=archive.chair), portal.REQUEST))
    assert "2" in lines[0][0] and "4" in lines[0][0]
    assert len(lines) == 4


def test_export_is_a_download(archive, ask, portal):
    assert ask(archive.delegate, "luu-tru.xlsx", q="bao cao").startswith(b"PK")
    assert "luu-tru.xlsx" in portal.REQUEST.response.getHeader("Content-Disposition")


def test_search_of_plone_leads_here(archive, ask, portal):
    ask(archive.delegate, "search", SearchableText="ứng phó")
    assert portal.REQUEST.response.getHeader("Location").endswith("/luu-tru?q=%E1%BB%A9ng+ph%C3%B3")


def answer(portal, make, person, **form):
    portal.REQUEST.form = form
    with make.as_user(person):
        service = ArchiveGet()
        service.context, service.request = portal, portal.REQUEST
        return json.loads(json.dumps(service.reply()))


def test_api(archive, portal, make):
    data = answer(portal, make, archive.delegate, q="ung pho", size="1")
    (item,) = data["items"]
    assert (data["items_total"], item["title"], item["page"]) == (1, "Báo cáo kinh tế", 2)
    assert "<mark>Ứng phó</mark>" in item["snippet"]["html"]
    assert data["facets"]["type"] == [{"value": "MeetingDocument", "title": "Document", "count": 1}]
    assert answer(portal, make, archive.delegate, size="2")["batching"]["next"].endswith("size=2&page=2")


def test_api_tells_an_outsider_nothing(archive, portal, make):
    data = answer(portal, make, archive.outsider, q="ung pho")
    assert (data["items"], data["items_total"]) == ([], 0)
    assert not any(data["facets"].values())
    assert answer(portal, make, archive.outsider, q='"')["notes"]
