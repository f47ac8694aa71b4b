"""Programs come in nowhere: documents, signed minutes, photos (BD-12.3.d/2)."""

from hopso.core import errors
from hopso.documents.tests.samples import openxml
from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.operations_desk.operations import incidents
import pytest
from zope.interface import Invalid


HOSTILE = {
    "disguised": ("bao-cao.pdf", b"MZ\x90\x00" + bytes(200)),
    "macro": ("bao-cao.docx", openxml("wordprocessingml", **{"word/vbaProject.bin": "x"})),
    "script": ("bao-cao.js", b"alert(1)"),
}


@pytest.mark.rule("BD-12.3.d/2")
@pytest.mark.parametrize("sort", sorted(HOSTILE))
def test_programs_are_refused_at_every_door(house, make, sort):
    name, data = HOSTILE[sort]
    article = "Điều 12 khoản 3 điểm d"
    with as_user(house.coordinator), pytest.raises(Exception) as caught:
        make.create_document(house.meeting, file=upload(name, data))
    assert article in str(caught.value)

    minutes = make.add(house.meeting, "Minutes", title="Biên bản")
    put_in_state(minutes, "issued")
    from hopso.minutes.operations import attach_signed

    with as_user(house.coordinator), pytest.raises(errors.Invalid) as refused:
        attach_signed(minutes, file=upload(name, data))
    assert "file" in refused.value.errors and minutes.file is None

    with as_user(house.secretary), pytest.raises(errors.Invalid) as refused:
        incidents.report(house.office, kind="other", what="x", photo=upload(name, data))
    assert "photo" in refused.value.errors and "su-co" not in house.office


def test_the_field_of_the_signed_file_refuses_them_too(house):
    from hopso.minutes.content import IMinutes

    name, data = HOSTILE["disguised"]
    with pytest.raises(Invalid):
        IMinutes["file"].bind(None).validate(upload(name, data))
