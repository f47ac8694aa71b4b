"""The engine against a real catalog: finding, ranking, filters, and who sees what."""

from datetime import date
from datetime import datetime
from datetime import timedelta
import unicodedata

from hopso.archive.engine import search
from hopso.archive.query import Query
from hopso.core.text import LOCAL
from plone import api
import pytest


def titles(text="", **filters):
    return [brain.Title for brain in search(Query(text=text, **filters)).brains]


@pytest.mark.parametrize(
    "text",
    [
        "ung pho",
        "Ứng phó",
        "ỨNG PHÓ",
        unicodedata.normalize("NFD", "Ứng phó"),
        "uy ban",
        "Uỷ ban",
        "Ủy ban",
        "bao lu",
        '"ung pho bao"',
        "214/BC-STC",
        "214",
        "bc-stc",
        "stc",
        "bien ung",
        "cua",
        "kin*",
        "ven bien 214",
        "sở tài chính",
    ],
)
def test_finds_the_report(reader, text):
    assert "Báo cáo kinh tế" in titles(text)


@pytest.mark.parametrize("text", ['"pho ung"', "khongco", "ung khongco", "124/BC-STC", '"bien ven"'])
def test_does_not_find_the_report(reader, text):
    assert titles(text) == []


def test_everything_of_a_meeting_is_found(reader):
    assert set(titles("giao ban")) == {"Giao ban tuần 48"}
    assert titles("le van dat") == ["Chủ trương đầu tư"]
    assert titles("thong nhat") == ["Biên bản họp"]
    assert titles("5/BB-UBND") == ["Biên bản họp"]
    assert titles("snv") == ["Sở Nội vụ"]


def test_symbol_of_the_search_of_plone(reader):
    catalog = api.portal.get_tool("portal_catalog")
    assert [b.Title for b in catalog(SearchableText="ung pho")] == ["Báo cáo kinh tế"]
    assert [b.Title for b in catalog(SearchableText="Ứng phó*")] == ["Báo cáo kinh tế"]


def test_exact_accents_come_first(archive, make):
    for number in range(3):
        make.create_document(archive.meeting, f"Thái Bình Dương dương {number}")
    make.create_document(archive.meeting, "Sửa chữa đường")
    with make.as_user(archive.coordinator):
        found = search(Query(text="đường"))
        assert found.brains[0].Title in ("Sửa chữa đường", "Báo cáo kinh tế")
        assert {b.Title for b in found.brains[:2]} == {"Sửa chữa đường", "Báo cáo kinh tế"}
        assert (found.count, found.exact) == (5, 2)
        assert search(Query(text="duong")).exact == 0


@pytest.mark.parametrize("who", ["outsider", "delegate", "coordinator", None])
def test_nothing_unreadable_shows_anywhere(archive, make, who):
    """The draft is for the coordinator only; the meeting for its people."""
    expected = {"outsider": 0, "delegate": 1, "coordinator": 2, None: 0}[who]

    def look():
        found = search(Query(text="ung pho"))
        assert (found.count, len(found.brains)) == (expected, expected)
        for values in found.facets.values():
            assert sum(values.values()) in (0, expected)
        by_person = search(Query(person=archive.delegate))
        assert (by_person.count > 0) is (who in ("delegate", "coordinator"))
        assert bool(search(Query(number="9/TTr-SXD")).count) is (who == "coordinator")

    if who is None:
        api.portal.get_tool("acl_users")
        from AccessControl.SecurityManagement import noSecurityManager

        noSecurityManager()
        look()
    else:
        with make.as_user(getattr(archive, who)):
            look()


def today(archive, days=0):
    return (archive.meeting.start + timedelta(days=days)).astimezone(LOCAL).date()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"types": ("MeetingDocument",)}, {"Báo cáo kinh tế"}),
        ({"types": ("Minutes",)}, {"Biên bản họp"}),
        ({"kinds": ("report",)}, {"Báo cáo kinh tế"}),
        ({"kinds": ("plan",)}, set()),
        ({"number": "214/BC-STC"}, {"Báo cáo kinh tế"}),
        ({"number": "BC-STC"}, {"Báo cáo kinh tế"}),
        ({"number": "214"}, {"Báo cáo kinh tế"}),
        ({"number": "///"}, set()),
        ({"states": ("published",)}, {"Báo cáo kinh tế"}),
        ({"chair": "chutri", "types": ("Meeting",)}, {"Giao ban tuần 48"}),
        ({"chair": "daibieu"}, set()),
        ({"person": "daibieu", "types": ("MeetingDocument",)}, {"Báo cáo kinh tế"}),
        ({"person": "nguoingoai"}, set()),
        ({"meeting_kinds": ("meeting",), "types": ("Meeting",)}, {"Giao ban tuần 48"}),
        ({"meeting_kinds": ("training",)}, set()),
        ({"text": "bao cao", "states": ("draft",)}, set()),
        ({"text": "uy ban", "types": ("Unit",)}, {"Ủy ban nhân dân tỉnh"}),
    ],
)
def test_filters(reader, filters, found):
    assert set(titles(**filters)) == found


def test_filters_by_period_unit_and_year(reader):
    day = today(reader)
    documents = {"types": ("MeetingDocument",)}
    assert titles(start=day, end=day, **documents) == ["Báo cáo kinh tế"]
    assert titles(start=today(reader, 1), **documents) == []
    assert titles(end=today(reader, -1), **documents) == []
    assert titles(years=(day.year,), **documents) == ["Báo cáo kinh tế"]
    assert titles(years=(1999,), **documents) == []
    assert titles(units=(reader.office.getId(),), **documents) == ["Báo cáo kinh tế"]
    assert titles(units=(reader.department.getId(),), **documents) == []


def test_facets_count_hits(reader):
    found = search(Query(text="biển OR"))
    assert found.count == 0
    found = search(Query(chair="chutri"))
    assert found.facets["type"] == {"Meeting": 1, "AgendaItem": 1, "MeetingDocument": 1, "Minutes": 1}
    assert found.facets["unit"] == {reader.office.getId(): 4}
    assert found.facets["state"]["published"] == 1
    assert sum(found.facets["year"].values()) == 4


def test_pages_and_orders(reader):
    everything = search(Query(size=100))
    assert everything.count == len(everything.brains)
    first, second = search(Query(size=3)), search(Query(size=3, page=2))
    assert [b.UID for b in everything.brains[:6]] == [b.UID for b in [*first.brains, *second.brains]]
    assert search(Query(size=3, page=900)).brains == []
    assert titles(sort="number")[:2] == ["Biên bản họp", "Báo cáo kinh tế"]
    assert len(titles(sort="date_asc", size=100)) == everything.count


def test_new_date_and_title_of_a_meeting_reach_its_things(archive, make):
    moved = datetime(2031, 3, 4, 8, tzinfo=LOCAL)
    make.change(archive.meeting, start=moved, end=moved + timedelta(hours=1), title="Họp dời lịch")
    with make.as_user(archive.delegate):
        (brain,) = search(
            Query(start=date(2031, 3, 4), end=date(2031, 3, 4), types=("MeetingDocument",))
        ).brains
        assert brain.meeting_title == "Họp dời lịch"


def test_lexicon_of_a_fresh_site_is_ours(portal):
    catalog = portal.portal_catalog
    for name in ("SearchableText", "Title", "Description", "exact_text"):
        (element,) = catalog._catalog.getIndex(name).getLexicon()._pipeline
        assert type(element).__module__ == "hopso.archive.lexicon"


def test_importing_the_profile_again_keeps_the_words(reader):
    with_api = api.portal.get_tool("portal_setup")
    with_api.runImportStepFromProfile("hopso:default", "catalog", run_dependencies=False)
    assert titles("ung pho") == ["Báo cáo kinh tế"]
