"""Every text that people see has its Vietnamese."""

from hopso.tests.msgids import HOUSE
from hopso.tests.msgids import missing
from hopso.tests.msgids import PLACEHOLDER
from hopso.tests.msgids import texts_of_python
from hopso.tests.msgids import texts_of_template
from hopso.tests.msgids import translated
from hopso.tests.msgids import wanted
import pytest


@pytest.mark.parametrize("room", sorted(wanted()))
def test_every_text_of_the_room_has_its_vietnamese(room):
    assert missing().get(room, []) == []


def test_translations_keep_their_placeholders():
    def names(text):
        return sorted(a or b for a, b in PLACEHOLDER.findall(text))

    wrong = {
        text: vietnamese for text, vietnamese in translated().items() if names(text) != names(vietnamese)
    }
    assert wrong == {}


def test_the_first_text_of_a_room_is_plain():
    """The compiler of Zope takes the entry after the header for latin-1: its Vietnamese would never be found."""
    found = {}
    for path in HOUSE.rglob("locales/vi/LC_MESSAGES/hopso.po"):
        lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("msgid ")]
        found |= {str(path): line for line in lines[1:2] if not line.isascii()}
    assert found == {}


def test_the_finder_sees_texts(tmp_path):
    python = tmp_path / "a.py"
    python.write_text('from hopso import _\nx = _("One " "text")\ny = _(variable)\n')
    assert list(texts_of_python(python)) == ["One text"]
    page = tmp_path / "a.pt"
    page.write_text(
        '<p i18n:domain="hopso" title="Hint" i18n:attributes="title">'
        '<b i18n:translate="">Of <i i18n:name="who">us</i></b><u i18n:translate="msgid">x</u></p>'
    )
    assert list(texts_of_template(page)) == ["Hint", "Of ${who}", "msgid"]
