"""What people type."""

from datetime import date

from hopso.archive.engine import natural
from hopso.archive.query import exact_query
from hopso.archive.query import index_query
from hopso.archive.query import parse
from hopso.archive.query import Query
from hopso.archive.query import read_query
from hopso.archive.snippets import as_html
from hopso.archive.snippets import snippet
from hopso.archive.snippets import Words
from hypothesis import given
from hypothesis import strategies as st
import pytest


@pytest.mark.parametrize(
    ("text", "folded", "exact"),
    [
        ("uy ban", '"uy" "ban"', ""),
        ("Ủy ban", '"uy" "ban"', '"uỷ"'),
        ('"Sở Nội vụ"', '"so noi vu"', '"sở nội vụ"'),
        ("kinh*", "kinh*", ""),
        ("214/BC-STC", '"214 bc stc"', ""),
        ("214/BC*", '"214" bc*', ""),
        ("UBND", '"uy ban nhan dan"', ""),
        ("và AND not or", '"va" "and" "not" "or"', '"và"'),
        ("(a) -b ~!", '"a" "b"', ""),
    ],
)
def test_text_becomes_a_query(text, folded, exact):
    parsed = parse(text)
    assert not parsed.notes
    assert index_query(parsed.clauses) == folded
    assert exact_query(parsed.clauses) == exact


@pytest.mark.parametrize(
    ("text", "hopeless"),
    [
        ('"chưa đóng', False),
        ('"', True),
        ("*", True),
        ("...", True),
        ("x" * 10_000, True),
        ("a " * 200, True),
        ("a*", False),
    ],
)
def test_broken_text_gets_a_note(text, hopeless):
    parsed = parse(text)
    assert parsed.notes
    assert parsed.hopeless is hopeless
    assert bool(parsed.clauses) is not hopeless


def test_no_text_is_no_problem():
    assert parse("  ") == parse("")
    assert not parse("").hopeless


@given(st.text(max_size=600))
def test_any_text_is_taken(text):
    parsed = parse(text)
    assert parsed.hopeless or bool(parsed.clauses) == bool(text.strip())


def test_form_is_read():
    query = read_query(
        {
            "q": " họp ",
            "type": ["Meeting", "Evil"],
            "unit": "vp",
            "year": ["2026", "x"],
            "from": "2026-01-31",
            "to": "05/02/2026",
            "page": "3",
            "size": "9999",
            "sort": "date",
            "chair": ["a", "b"],
        }
    )
    assert query == Query(
        text="họp",
        types=("Meeting",),
        units=("vp",),
        years=(2026,),
        start=date(2026, 1, 31),
        end=date(2026, 2, 5),
        page=3,
        size=100,
        sort="date",
        chair="a",
    )
    assert not query.notes
    assert read_query(dict(query.parameters())).start == query.start


def test_bad_values_are_noted():
    query = read_query({"from": "31/02/2026", "page": "-1", "sort": "'; drop", "size": "abc"})
    assert (query.start, query.page, query.sort, query.size, len(query.notes)) == (None, 1, "", 20, 1)
    assert read_query({"from": "2026-02-02", "to": "2026-01-01"}).notes


def test_numbers_sort_as_numbers():
    assert sorted(["10/BC", "9/BC", "100/TB"], key=natural) == ["9/BC", "10/BC", "100/TB"]


def words(text):
    return Words.of(parse(text).clauses)


def test_snippet_marks_words_whatever_their_accents():
    assert snippet("Ủy ban nhân dân tỉnh", words("uy ban")) == [("Ủy ban", True), (" nhân dân tỉnh", False)]
    assert ("UBND", True) in snippet("Của UBND tỉnh", words("uy ban nhan dan"))
    assert ("Ứng", True) in snippet("U\u031b\u0301ng phó".replace("U", "U"), words("ung"))
    assert ("kinh", True) in snippet("Nền kinh tế", words("ki*"))


def test_snippet_is_cut_around_the_words():
    pieces = snippet("đầu " * 200 + "bờ biển dài " + "cuối " * 200, words("biển"))
    text = "".join(text for text, _marked in pieces)
    assert text.startswith("…") and text.endswith(" …") and len(text) < 300
    assert ("biển", True) in pieces


def test_snippet_is_escaped():
    assert as_html(snippet("<script>alert('x')</script> & biển", words("script bien"))) == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;x&#x27;)&lt;/<mark>script</mark>&gt; &amp; <mark>biển</mark>"
    )


@given(st.text(max_size=300), st.text(max_size=20))
def test_snippets_of_anything(text, query):
    assert isinstance(as_html(snippet(text, words(query))), str)
