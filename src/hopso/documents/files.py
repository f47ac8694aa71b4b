"""What may be uploaded: decided by the content of a file, not by its name.

BD-3.1.b names the kinds, BD-12.3.d/2 forbids programs.  Pure: nothing here
knows the site.
"""

from dataclasses import dataclass
import re
import unicodedata
import zipfile

from hopso import _
from hopso.policy.register import article_of
from zope.schema import ValidationError


MIME_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tiff": "image/tiff",
    "txt": "text/plain",
}
ACCEPTED = tuple(MIME_TYPES)
ALIASES = {"jpeg": "jpg", "jpe": "jpg", "tif": "tiff"}
OPENXML = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
OPENDOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
PROGRAM_MAGIC = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"#!",
    b"@echo off",
    b"MSCF",
)
PROGRAM_NAMES = re.compile(
    r"\.(exe|dll|com|scr|pif|bat|cmd|ps1|psm1|psd1|vbs|vbe|vb|js|jse|mjs|ws|wsf|wsh|wsc|sct|hta|msi|msp|mst|msix|appx"
    r"|application|gadget|cpl|xll|chm|jar|apk|ipa|dex|class|sh|bash|run|py|pyc|pl|rb|php|lnk|url|scf|inf|reg|so|dylib"
    r"|deb|rpm|dmg|pkg|iso|img|vhd|vhdx)$",
    re.IGNORECASE,
)
MACRO_DOCUMENTS = re.compile(r"\.(docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|ppsm|sldm)$", re.IGNORECASE)
# Where a program begins in the middle of something else, Windows programs give themselves away.
DOS_STUBS = (b"This program cannot be run in DOS mode", b"This program must be run under Win32")
INSTALLER = b"\x84\x10\x0c\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"  # class of MSI packages
VBA_PROJECT = "_VBA_PROJECT".encode("utf-16-le")
PDF_LAUNCH = re.compile(rb"/S\s*/Launch\b")
PDF_ATTACHED = re.compile(
    rb"/U?F\s*\([^()]{0,200}\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|hta|msi|jar|lnk)\)", re.IGNORECASE
)
HEAD = 4096
BLOCK = 1 << 20
EMBEDDED = 32 * 1024**2  # of an embedded object so much is looked through
MACRO_NAMES = re.compile(r"(vbaproject\.bin|vbaprojectsignature.*\.bin)$|^(basic|scripts)/.", re.IGNORECASE)
MARKUP = re.compile(rb"^\s*(<!doctype\s|<html|<head|<body|<script|<svg|<\?xml|<\?php)", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

ARTICLE = article_of("BD-12.3.d/2")
PICTURES = ("jpg", "png")
MAX_PICTURE = 15 * 1024**2
MAX_NAME = 180
MAX_ENTRIES = 20_000
MAX_UNPACKED = 1024**3
MAX_RATIO = 150
RATIO_MATTERS_FROM = 64 * 1024**2


class BadFile(ValidationError):
    """The file is not accepted; ``code`` says why in one word, ``doc()`` in a sentence for people."""

    def __init__(self, code: str, message):
        super().__init__(str(message))
        self.code = code
        self.message = message

    def doc(self):
        """Return the sentence for people, as forms and the API show it."""
        return self.message


def program() -> BadFile:
    """Return the refusal of a program, naming the article that forbids it."""
    text = _("Programs and scripts must not be uploaded (${article}).", mapping={"article": ARTICLE})
    return BadFile("program", text)


def program_inside() -> BadFile:
    """Return the refusal of a file that carries a program."""
    text = _(
        "The file has a program inside and must not be uploaded (${article}).", mapping={"article": ARTICLE}
    )
    return BadFile("program", text)


def macros() -> BadFile:
    """Return the refusal of a file with macros."""
    text = _(
        "The file contains macros (${article}). Save it without macros and upload that.",
        mapping={"article": ARTICLE},
    )
    return BadFile("macro", text)


@dataclass(frozen=True)
class FileKind:
    """What a file is: its canonical *extension* (a key of MIME_TYPES), cleaned *filename* and *size* in bytes."""

    extension: str
    filename: str
    size: int

    @property
    def mime_type(self) -> str:
        """The content type with which it is sent."""
        return MIME_TYPES[self.extension]


def clean_name(filename: str) -> str:
    """Return *filename* without folders, control and direction marks, in NFC, at most 180 characters long."""
    name = unicodedata.normalize("NFC", filename or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = re.sub(r'[<>:"|?*]', "_", name).strip().strip(".").strip()
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(extension) - 1].rstrip()}.{extension[:20]}"


def extension_of_name(filename: str) -> str:
    """Return the canonical extension in a name, lower case, empty if there is none."""
    _stem, dot, extension = (filename or "").rpartition(".")
    extension = extension.lower() if dot else ""
    return ALIASES.get(extension, extension)


def extension_of(value) -> str:
    """Return the canonical extension of a stored NamedBlobFile, empty for None."""
    return extension_of_name(value.filename) if value is not None else ""


def title_of_name(filename: str) -> str:
    """Return a title made of a file's name: without extension, underscores as blanks."""
    stem = clean_name(filename).rpartition(".")[0] or clean_name(filename)
    return re.sub(r"[_\s]+", " ", stem).strip()


def check(stream, filename: str, max_bytes: int) -> FileKind:
    """Return what the file in *stream* (binary, seekable) is.

    Raises BadFile with code: name, empty, too_large, program, markup, macro,
    encrypted, old_format, bomb, damaged, kind, mismatch.
    """
    name = clean_name(filename)
    size = stream.seek(0, 2)
    stream.seek(0)
    if not name or "." not in name:
        raise BadFile("name", _("The file needs a name with an extension, for example report.pdf."))
    if size == 0:
        raise BadFile("empty", _("The file is empty."))
    if size > max_bytes:
        limit = max(1, max_bytes // 1024**2)
        raise BadFile("too_large", _("The file is larger than ${limit} MB.", mapping={"limit": limit}))
    if PROGRAM_NAMES.search(name):
        raise program()
    found = kind_of_content(stream, size)
    if MACRO_DOCUMENTS.search(name):
        raise macros()
    wanted = extension_of_name(name)
    if found is None or wanted not in ACCEPTED:
        kinds = {"kinds": ", ".join(ACCEPTED)}
        raise BadFile("kind", _("This kind of file is not accepted. Accepted are: ${kinds}.", mapping=kinds))
    if found != wanted:
        raise BadFile(
            "mismatch",
            _(
                "The file is named .${wanted} but its content is ${found}. Please give it the right name.",
                mapping={"wanted": wanted, "found": found},
            ),
        )
    return FileKind(found, name, size)


def kind_of_content(stream, size: int) -> str | None:
    """Return the canonical extension that the content asks for, None if it is nothing we accept."""
    stream.seek(0)
    head = stream.read(HEAD)
    if is_program(head):
        raise program()
    if MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise BadFile(
            "markup", _("Web pages, SVG and XML files are not accepted; please upload a PDF of it.")
        )
    if head.startswith(OLE):
        raise _old_office(stream)
    if head.startswith(b"PK"):
        return _kind_of_zip(stream, size)
    if b"%PDF-" in head[:1024]:
        _refuse_active_pdf(stream)
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return "tiff"
    return "txt" if _is_text(stream) else None


def _old_office(stream) -> BadFile:
    vba = False
    for data in _blocks(stream):
        if INSTALLER in data:
            return program()
        if ENCRYPTED_PACKAGE in data:
            return BadFile("encrypted", _("The file is protected with a password. Upload it without one."))
        vba = vba or VBA_PROJECT in data
    if vba:
        return macros()
    return BadFile(
        "old_format",
        _("This is the format of an old Office. Save the file as docx, xlsx or pptx and upload that."),
    )


def _kind_of_zip(stream, size) -> str | None:
    damaged = BadFile("damaged", _("The file is damaged and cannot be opened."))
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries, size)
            names = [entry.filename for entry in entries]
            kind = _kind_of_package(archive, set(names))
            # What is no package of an office is refused anyway; the reason should be the true one.
            if any(PROGRAM_NAMES.search(name) for name in names) or _carries_program(archive, entries):
                raise program_inside()
            return kind
    except BadFile:
        raise
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise damaged from error
    except Exception as error:  # zlib and lzma have errors of their own
        raise damaged from error


def _carries_program(archive, entries) -> bool:
    """Tell whether a part is a program under another name, or an embedded object holds one."""
    for entry in entries:
        if entry.is_dir() or entry.flag_bits & 1 or entry.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            if is_program(part.read(16)):
                return True
        if entry.filename.lower().endswith((".bin", ".ole")):
            with archive.open(entry) as part:
                data = part.read(EMBEDDED)
            if any(stub in data for stub in DOS_STUBS):
                return True
    return False


def is_program(head: bytes) -> bool:
    """Tell whether data that begins with *head* are a program or a script, whatever their name."""
    return head.lower().startswith(tuple(one.lower() for one in PROGRAM_MAGIC))


def _blocks(stream):
    """Yield a stream in blocks, each with the end of the one before."""
    stream.seek(0)
    before = b""
    while block := stream.read(BLOCK):
        yield before + block
        before = block[-256:]


def _refuse_active_pdf(stream) -> None:
    """Raise BadFile for a PDF that starts programs or carries them along."""
    for data in _blocks(stream):
        if PDF_LAUNCH.search(data) or PDF_ATTACHED.search(data) or any(stub in data for stub in DOS_STUBS):
            raise program_inside()


def _refuse_bomb(entries, size):
    unpacked = sum(entry.file_size for entry in entries)
    starts = [entry.header_offset for entry in entries]
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * size)
        or len(set(starts)) != len(starts)
    ):
        raise BadFile("bomb", _("The file would unpack to an enormous size and is not accepted."))


def _kind_of_package(archive, names) -> str | None:
    if "[Content_Types].xml" in names:
        types = _part(archive, "[Content_Types].xml")
        if (
            b"macroEnabled" in types
            or b"vbaProject" in types
            or any(MACRO_NAMES.search(name) for name in names)
        ):
            raise macros()
        return next((kind for mark, kind in OPENXML.items() if mark.encode() in types), None)
    if "mimetype" in names:
        kind = OPENDOCUMENT.get(_part(archive, "mimetype").decode("ascii", "replace").strip())
        if kind and "META-INF/manifest.xml" in names:
            if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
                raise BadFile("encrypted", _("The file is protected with a password. Upload it without one."))
            if any(MACRO_NAMES.search(name) for name in names):
                raise macros()
        return kind
    return None


def _part(archive, name) -> bytes:
    with archive.open(name) as part:
        return part.read(1 << 20)


def _is_text(stream) -> bool:
    stream.seek(0)
    data = stream.read(1 << 20)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data[: len(data) // 2 * 2].decode("utf-16")
        except UnicodeDecodeError:
            return False
    else:
        text = data.decode("utf-8", "replace") if b"\x00" not in data else "\x00"
        if text.count("\ufffd") > 1:
            text = data.decode("latin-1")
    strange = sum(ord(char) < 32 and char not in "\t\n\r\f\x1b" for char in text)
    return strange == 0


def check_upload(value, max_bytes: int) -> FileKind:
    """Check a NamedBlobFile (see ``check``)."""
    with value.open() as stream:
        return check(stream, value.filename or "", max_bytes)


def picture(value) -> bool:
    """Tell that an upload is a photo (jpg or png) that may be stored; raises BadFile, which says why not."""
    found = check_upload(value, MAX_PICTURE)
    if found.extension not in PICTURES:
        raise BadFile("kind", _("Please choose a photo: jpg or png."))
    value.filename, value.contentType = found.filename, found.mime_type
    return True
