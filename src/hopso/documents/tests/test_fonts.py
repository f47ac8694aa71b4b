"""LibreOffice gets fonts that know Vietnamese."""

from pathlib import Path

from hopso.documents.convert import fonts
import pytest


@pytest.mark.parametrize(
    "family, known, chosen",
    [
        ("Times New Roman", {"Times New Roman"}, "Times New Roman"),
        ("Times New Roman", {"Liberation Serif", "Tinos"}, "Liberation Serif"),
        ("Times New Roman", {"Tinos", "DejaVu Serif"}, "Tinos"),
        ("Arial", {"DejaVu Sans"}, "DejaVu Sans"),
        ("Courier New", set(), ""),
    ],
)
def test_stand_in(family, known, chosen):
    assert fonts.stand_in(family, known) == chosen


def test_old_fonts_are_put_aside():
    made = fonts.configuration(Path("cache"), {"Tinos", "Liberation Sans"})
    assert made.count("<rejectfont>") == 1 and "Liberation Serif" in made
    assert "<string>Tinos</string>" in made
