"""What may be uploaded, in tables; and names."""

import io
import unicodedata

from hopso.documents import files
from hopso.documents.tests import samples
from hypothesis import given
from hypothesis import strategies as st
import pytest


MB = 1024 * 1024

GOOD = [
    ("Báo cáo.pdf", samples.pdf("x"), "pdf"),
    ("a.docx", samples.docx(), "docx"),
    ("a.xlsx", samples.xlsx(), "xlsx"),
    ("a.pptx", samples.openxml("presentationml"), "pptx"),
    ("a.odt", samples.opendocument("text"), "odt"),
    ("a.ods", samples.opendocument("spreadsheet"), "ods"),
    ("a.jpg", samples.picture("JPEG"), "jpg"),
    ("a.JPEG", samples.picture("JPEG"), "jpg"),
    ("a.png", samples.picture("PNG"), "png"),
    ("a.tif", samples.picture("TIFF"), "tiff"),
    ("a.tiff", samples.picture("TIFF", frames=2), "tiff"),
    ("a.txt", samples.TEXT.encode(), "txt"),
    ("a.txt", samples.TEXT.encode("utf-16"), "txt"),
    ("a.txt", "Kế hoạch".encode("utf-8-sig"), "txt"),
]
BAD = [
    ("a.exe", b"MZ\x90\x00" + b"\x00" * 100, "program"),
    ("a.pdf", b"MZ\x90\x00" + b"\x00" * 100, "program"),
    ("a.txt", b"\x7fELF\x02\x01\x01", "program"),
    ("a.txt", b"#!/bin/sh\nrm -rf /\n", "program"),
    ("a.bat", b"echo x", "program"),
    ("bao-cao.pdf.js", b"alert(1)", "program"),
    ("a.docx", samples.openxml("wordprocessingml", **{"word/embeddings/a.exe": "MZ"}), "program"),
    ("a.jar", samples.archive({"META-INF/MANIFEST.MF": "x"}), "program"),
    ("a.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "program"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + files.INSTALLER, "program"),
    ("tai-lieu.zip", samples.archive({"cai-dat/setup.exe": "MZ"}), "program"),
    ("tai-lieu.zip", samples.archive({"anh.png": "MZ\x90\x00 renamed"}), "program"),
    (
        "a.docx",
        samples.openxml("wordprocessingml", **{"word/media/image1.png": "MZ\x90 disguised"}),
        "program",
    ),
    (
        "a.docx",
        samples.openxml(
            "wordprocessingml",
            **{"word/embeddings/oleObject1.bin": "\x01Ole10Native MZ This program cannot be run in DOS mode"},
        ),
        "program",
    ),
    ("a.pdf", samples.pdf("x") + b"9 0 obj << /S /Launch /F (cmd.exe) >> endobj", "program"),
    ("a.pdf", samples.pdf("x") + b"9 0 obj << /Type /Filespec /F (hoa-don.exe) >> endobj", "program"),
    ("a.ps1", b"Write-Host x", "program"),
    ("a.iso", b"CD001", "program"),
    ("a.txt", b"@ECHO OFF\r\ndel *.*", "program"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + files.VBA_PROJECT, "macro"),
    ("a.docm", samples.docx(), "macro"),
    ("a.docm", samples.openxml("wordprocessingml", **{"word/vbaProject.bin": "x"}), "macro"),
    ("a.docx", samples.openxml("wordprocessingml", **{"word/vbaProject.bin": "x"}), "macro"),
    ("a.xlsx", samples.openxml("spreadsheetml", **{"xl/vbaProject.bin": "x"}), "macro"),
    ("a.odt", samples.opendocument("text", **{"Basic/Standard/Module1.xml": "x"}), "macro"),
    ("a.html", b"<!DOCTYPE html><script>alert(1)</script>", "markup"),
    ("a.txt", b"  <html><body>x", "markup"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "markup"),
    ("a.png", b"<?xml version='1.0'?><svg/>", "markup"),
    ("a.docx", samples.bomb(), "bomb"),
    ("a.docx", samples.lying_bomb(), "bomb"),
    ("a.txt", b"", "empty"),
    ("a.txt", b"x" * (MB + 1), "too_large"),
    ("a.docx", samples.old_office(encrypted=True), "encrypted"),
    ("a.odt", samples.opendocument("text", **{"META-INF/manifest.xml": "<encryption-data/>"}), "encrypted"),
    ("a.doc", samples.old_office(), "old_format"),
    ("a.docx", samples.docx()[:2000], "damaged"),
    ("a.pdf", samples.docx(), "mismatch"),
    ("a.docx", samples.pdf("x"), "mismatch"),
    ("a.jpg", samples.picture("PNG"), "mismatch"),
    ("a.pdf", b"plain text", "mismatch"),
    ("a.zip", samples.archive({"a.txt": "x"}), "kind"),
    ("a.gif", b"GIF89a" + b"\x00" * 20, "kind"),
    ("a.txt", bytes(range(256)), "kind"),
    ("noextension", b"plain text", "name"),
    ("", b"plain text", "name"),
]


def ids(cases):
    """Return short names of cases: their data would fill screens."""
    return [f"{number}-{name}-{expected}" for number, (name, _data, expected) in enumerate(cases)]


@pytest.mark.rule("BD-3.1.b")
@pytest.mark.parametrize("name, data, kind", GOOD, ids=ids(GOOD))
def test_accepted(name, data, kind):
    found = files.check(io.BytesIO(data), name, 4 * MB)
    assert (found.extension, found.size) == (kind, len(data))
    assert found.mime_type == files.MIME_TYPES[kind]


@pytest.mark.rule("BD-12.3.d/2", "BD-3.1.b")
@pytest.mark.parametrize("name, data, code", BAD, ids=ids(BAD))
def test_refused(name, data, code):
    with pytest.raises(files.BadFile) as refused:
        files.check(io.BytesIO(data), name, MB)
    assert refused.value.code == code
    assert str(refused.value.doc())


@pytest.mark.parametrize(
    "given_name, clean",
    [
        (r"C:\Users\an\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        (unicodedata.normalize("NFD", "Tờ trình.docx"), "Tờ trình.docx"),
        ("anh\u202egnp.exe", "anhgnp.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ('a"<b>.pdf', "a__b_.pdf"),
        ("a" * 300 + ".pdf", "a" * 176 + ".pdf"),
        ("...", ""),
    ],
)
def test_names(given_name, clean):
    assert files.clean_name(given_name) == clean


@given(st.text(max_size=400))
def test_any_name_becomes_harmless(name):
    clean = files.clean_name(name)
    assert len(clean) <= 200 and not set(clean) & set('/\\\0\n"')
    assert unicodedata.is_normalized("NFC", clean)
    assert files.clean_name(clean) == clean


@given(st.binary(max_size=300), st.sampled_from(files.ACCEPTED))
def test_any_content_is_judged(data, extension):
    """Whatever comes, the answer is a kind or a reason, never another error."""
    for head in (b"", b"PK\x03\x04", b"%PDF-1.4"):
        try:
            assert files.check(io.BytesIO(head + data), f"a.{extension}", MB).extension == extension
        except files.BadFile as error:
            assert error.code


@pytest.mark.rule("BD-12.3.d/2")
@pytest.mark.parametrize(("name", "data", "code"), [row for row in BAD if row[2] in ("program", "macro")])
def test_programs_are_refused_naming_the_article(name, data, code):
    with pytest.raises(files.BadFile) as caught:
        files.check(io.BytesIO(data), name, MB)
    assert caught.value.code == code
    assert caught.value.message.mapping["article"] == "Điều 12 khoản 3 điểm d"


@pytest.mark.rule("BD-12.3.d/2")
def test_a_photo_is_no_program(tmp_path):
    assert files.picture(samples.upload("anh.png", samples.picture()))
    for name, data in (("anh.png", b"MZ" + bytes(90)), ("anh.pdf", samples.pdf("x"))):
        with pytest.raises(files.BadFile):
            files.picture(samples.upload(name, data))
