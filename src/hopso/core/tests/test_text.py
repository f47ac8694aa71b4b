from datetime import datetime
from datetime import UTC

from hopso.core import text
import pytest


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (
            ["Nguyễn Văn Bình", "Trần Thị Ánh", "Lê An", "Đỗ Văn Đạt", "Phạm Dũng"],
            ["Lê An", "Trần Thị Ánh", "Nguyễn Văn Bình", "Phạm Dũng", "Đỗ Văn Đạt"],
        ),
        # The same given name: the family name decides.
        (["Trần Thị Hoa", "Lê Thị Hoa", "Đặng Thị Hoa"], ["Đặng Thị Hoa", "Lê Thị Hoa", "Trần Thị Hoa"]),
        # Tones: ngang, huyền, hỏi, ngã, sắc, nặng; letters before tones.
        (
            ["A Mạ", "A Má", "A Mã", "A Mả", "A Mà", "A Ma", "A Man"],
            ["A Ma", "A Mà", "A Mả", "A Mã", "A Má", "A Mạ", "A Man"],
        ),
    ],
)
def test_people_are_sorted_by_given_name(names, ordered):
    assert sorted(names, key=text.name_key) == ordered


def test_decomposed_and_composed_names_are_the_same():
    import unicodedata

    name = "Đặng Thị Hòa"
    assert text.name_key(unicodedata.normalize("NFD", name)) == text.name_key(name)
    assert text.collation_key("Ðà") == text.collation_key("đà")  # the Icelandic letter is a common impostor


START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_dates_are_in_the_time_of_viet_nam():
    assert text.datetime_text(START) == "23/11/2026 08:00"
    assert text.date_text(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == "23/11/2026"


@pytest.mark.parametrize(
    ("end", "language", "expected"),
    [
        (datetime(2026, 11, 23, 2, 30, tzinfo=UTC), "vi", "Thứ Hai 23/11/2026, 08:00–09:30"),
        (datetime(2026, 11, 23, 2, 30, tzinfo=UTC), "en", "Monday 23/11/2026, 08:00–09:30"),
        (datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "vi", "Thứ Hai 23/11/2026 08:00 – 24/11/2026 17:00"),
    ],
)
def test_spans(end, language, expected):
    assert text.span_text(START, end, language) == expected


def test_initials():
    assert text.initials("Nguyễn Văn Bình") == "VB"
    assert text.initials("") == ""
