"""Small files for tests, good and hostile, made on the spot."""

import io
import struct
import subprocess
import zipfile

from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont
from plone.namedfile.file import NamedBlobFile


TEXT = "Báo cáo tình hình kinh tế – xã hội tuần 47 của Ủy ban nhân dân tỉnh."
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def upload(filename: str = "bao-cao.txt", data=TEXT):
    """Return a NamedBlobFile of text or bytes."""
    return NamedBlobFile(data=data.encode() if isinstance(data, str) else data, filename=filename)


def pdf(*texts) -> bytes:
    """Return a PDF with one page for each text (letters of ASCII only), without any tool."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for text in texts:
        shown = b" ".join(b"(%s) Tj T*" % line.encode("ascii") for line in text.split("\n"))
        stream = b"BT /F1 14 Tf 18 TL 72 760 Td " + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (refs, len(kids))
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """Return a PDF that asks for a password nobody knows."""
    key = b"<" + b"28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a" + b">"
    data = pdf("secret")
    crypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> /ID [<00><00>]" % (key, key)
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R " + crypt)


def docx(*paragraphs) -> bytes:
    """Return a Word file."""
    import docx as library

    document = library.Document()
    for text in paragraphs or (TEXT,):
        document.add_paragraph(text)
    return _saved(document)


def xlsx(text=TEXT) -> bytes:
    """Return an Excel file."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = text
    return _saved(book)


def _saved(thing) -> bytes:
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def archive(parts: dict, stored=()) -> bytes:
    """Return a ZIP file of name -> text or bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def openxml(part: str, **more) -> bytes:
    """Return the shell of an OpenXML package; *part* is wordprocessingml, spreadsheetml or presentationml."""
    kind = {"wordprocessingml": "document", "spreadsheetml": "sheet", "presentationml": "presentation"}[part]
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml"'
        f' ContentType="application/vnd.openxmlformats-officedocument.{part}.{kind}.main+xml"/></Types>'
    )
    return archive({"[Content_Types].xml": types, "main.xml": "<main/>", **more})


def opendocument(kind: str, **more) -> bytes:
    """Return the shell of an OpenDocument package; *kind* is text, spreadsheet …"""
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": "<office/>",
        "META-INF/manifest.xml": "<manifest/>",
        **more,
    }
    return archive(parts, stored=("mimetype",))


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.{kind}"
  xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
  xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body>{body}</office:body></office:document>"""
BODIES = {
    "odt": ("text", "<office:text><text:p>{}</text:p></office:text>"),
    "ods": (
        "spreadsheet",
        '<office:spreadsheet><table:table table:name="1"><table:table-row><table:table-cell office:value-type="string">'
        "<text:p>{}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>",
    ),
    "pptx": (
        "presentation",
        '<office:presentation><draw:page draw:name="1"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm"'
        ' svg:height="3cm"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></draw:page>'
        "</office:presentation>",
    ),
}


def office(folder, extension: str, text: str = TEXT) -> bytes:
    """Return an odt, ods or pptx file with *text*, as LibreOffice saves it; *folder* is for its work."""
    kind, body = BODIES[extension]
    source = folder / f"flat.fod{kind[0]}"
    source.write_text(FLAT.format(kind=kind, body=body.format(text)), "utf-8")
    subprocess.run(  # noqa: S603  (nothing in it comes from outside)
        [
            *("soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--convert-to", extension, "--outdir", str(folder), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / f"flat.{extension}").read_bytes()


def picture(format: str = "PNG", text: str = "", size=(900, 300), frames: int = 1) -> bytes:
    """Return an image, perhaps with *text* to recognise and several frames (TIFF)."""
    pages = []
    for _number in range(frames):
        image = Image.new("RGB", size, "white")
        if text:
            ImageDraw.Draw(image).text((40, 60), text, fill="black", font=ImageFont.truetype(FONT, 40))
        pages.append(image)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if frames > 1 else {}
    pages[0].save(out, format, **more)
    return out.getvalue()


def old_office(encrypted: bool = False) -> bytes:
    """Return the beginning of an OLE file, as of old Word or of a protected docx."""
    inside = "EncryptedPackage" if encrypted else "WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000 + inside.encode("utf-16-le") + b"\x00" * 500


def bomb() -> bytes:
    """Return a docx whose one part unpacks to more than 150 times its size."""
    zeros = b"0" * (80 * 1024**2)
    return openxml("wordprocessingml", **{"word/media/huge.xml": zeros})


def lying_bomb() -> bytes:
    """Return a docx that pretends, in its directory, that a part is of 2 GB."""
    data = bytearray(openxml("wordprocessingml", **{"word/media/huge.xml": b"0" * 1000}))
    central = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, central + 24, 2**31)
    return bytes(data)
