"""The two forms of a Vietnamese text."""

import unicodedata

from hopso.archive.normalise import exact
from hopso.archive.normalise import exact_tokens
from hopso.archive.normalise import fold
from hopso.archive.normalise import has_accents
from hopso.archive.normalise import read_synonyms
from hopso.archive.normalise import spans
from hopso.archive.normalise import tokens
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
import pytest


VIETNAMESE = st.text(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÐEÊỀỂỄẾỆIÌỈĨÍỊÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴ 0123456789/-_.\u0301\u0323"
)
ANY = st.one_of(VIETNAMESE, st.text())


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ủy ban", "uy ban"),
        ("Uỷ ban", "uy ban"),
        ("ứng phó", "ung pho"),
        ("ỨNG PHÓ", "ung pho"),
        ("Đường", "duong"),
        ("Ðường", "duong"),  # U+00D0
        ("ấn ổn ệ", "an on e"),
        ("kỹ sư", "ki su"),
        ("quý", "qui"),
        ("ý kiến", "y kien"),
        ("thúy", "thuy"),
    ],
)
def test_folds(written, folded):
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Hòa", "HOÀ"),
        ("ủy", "uỷ"),
        ("khỏe", "khoẻ"),
        ("kĩ", "kỹ"),
        ("lí", "lý"),
        ("quí", "quý"),
        ("thủy", "thuỷ"),
        ("Hoàn", "hòan"),
        ("ÐƯỜNG", "đường"),
        ("HĐND", "Hội đồng nhân dân"),
        ("UBND", "Ủy ban nhân dân"),
        ("hdnd", "hội đồng nhân dân"),
        ("05/BB-UBND", "5/bb-ubnd"),
        ("ｔｏàn", "toàn"),
    ],
)
def test_ways_of_writing_are_one_exact_form(one, other):
    assert exact_tokens(one) == exact_tokens(other)
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("đường", "dương"), ("hòa", "hóa"), ("của", "cụa"), ("ma", "má"), ("tai", "tay"), ("mùa", "muà")],
)
def test_other_words_stay_other_words(one, other):
    assert exact_tokens(one) != exact_tokens(other)


def test_a_symbol_is_found_whole_and_in_parts():
    assert tokens("Báo cáo số 214/BC-STC") == ["bao", "cao", "so", "214", "bc", "stc"]


def test_short_words_stay():
    assert tokens("và ở là có của a") == ["va", "o", "la", "co", "cua", "a"]


def test_names_of_files_are_split():
    assert tokens("bao_cao-tuan.47.docx") == ["bao", "cao", "tuan", "47", "docx"]


def test_synonyms_are_data():
    assert read_synonyms(["# x = y", "", "SNV = Sở Nội vụ"]) == {"snv": ("sở", "nội", "vụ")}


@pytest.mark.parametrize(
    ("text", "answer"), [("đường", True), ("duong", False), ("214/BC", False), ("", False)]
)
def test_accents_are_noticed(text, answer):
    assert has_accents(text) is answer


def test_spans_point_into_the_text():
    text = "Số 05, UBND"
    assert [(text[a:b], words) for a, b, words in spans(text)] == [
        ("Số", ["số"]),
        ("05", ["5"]),
        ("UBND", ["uỷ", "ban", "nhân", "dân"]),
    ]


@given(ANY)
@example("Σ")
@example("İ")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert exact(exact(text)) == exact(text)


@given(ANY)
def test_composed_and_decomposed_are_one(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed)
    assert exact_tokens(composed) == exact_tokens(decomposed)


@given(ANY)
def test_the_exact_form_folds_to_the_folded_form(text):
    assert fold(exact(text)) == fold(text)


@given(VIETNAMESE)
def test_case_does_not_matter(text):
    assert tokens(text.upper()) == tokens(text.lower())


@given(VIETNAMESE)
def test_exact_words_fold_to_the_words_that_are_found(text):
    assert [fold(word) for word in exact_tokens(text)] == tokens(text)
