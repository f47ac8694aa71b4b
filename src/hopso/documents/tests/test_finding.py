"""Finding inside a document: accents, short words, places."""

import unicodedata

from hopso.documents.views.finding import find
from hopso.documents.views.finding import folded
from hopso.documents.views.finding import prepared
import pytest


TEXTS = [
    (1, "ỦY BAN NHÂN DÂN TỈNH\nSố: 96/TTr-SXD"),
    (2, "Chủ trương đầu tư tuyến đường\n ven biển; ý kiến của Sở Tài chính về tuyến đường."),
    (3, "Thái Bình Dương, biểu dương, ĐƯỜNG bộ và Đường sắt"),
]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("uy ban", [1]),
        ("Ủy ban", [1]),
        ("dau tu", [2]),
        ("đầu tư tuyến đường ven", [2]),  # across a line break
        ("đường", [2, 2, 3, 3]),  # accents given: not "dương"
        ("duong", [2, 2, 3, 3, 3, 3]),
        ("y", [2]),  # one letter is a word; not inside of "Ủy"
        ("96/ttr", [1]),
        ("an", []),  # never inside of a syllable
        ("", []),
        ("  ", []),
        ("không có", []),
    ],
)
def test_pages_of_hits(query, pages):
    hits, _exact, total = find(TEXTS, query)
    assert [hit.page for hit in hits] == pages
    assert total == len(pages)


def test_decomposed_letters_are_the_same():
    hits, exact, _total = find(
        [(1, unicodedata.normalize("NFD", "Đầu tư công"))], unicodedata.normalize("NFD", "đầu tư")
    )
    assert exact
    assert hits[0].match == "Đầu tư"


def test_accents_that_occur_nowhere_are_forgiven():
    hits, exact, _total = find(TEXTS, "đấu tư")
    assert not exact
    assert hits[0].match == "đầu tư"


def test_snippet_keeps_whole_words_and_marks_the_match():
    text = "một hai ba " * 30 + "biển đảo " + "bốn năm sáu " * 30
    (hit,), _exact, _total = find([(7, text)], "bien")
    assert hit.page == 7
    assert hit.match == "biển"
    assert hit.before.startswith("…") and hit.before.endswith(" ba ")
    assert hit.after.startswith(" đảo") and hit.after.endswith("…")


def test_limit_counts_on():
    hits, _exact, total = find([(1, "a " * 1000)], "a", limit=10)
    assert (len(hits), total) == (10, 1000)


def test_folding_keeps_places():
    text = prepared("Ðắk Lắk – Đường Số 3 ﬁ ß İ ½")
    assert len(folded(text)) == len(text)
    assert folded("Ðường") == "duong"
