"""Pages of a document: images in documentviewer's storage, texts in ours.

Images are blobs named ``large/dump_1.webp`` (normal, small) in the settings
annotation of collective.documentviewer, so that its ``@@dvpdffiles`` traverser
serves them and checks View for each one.  Texts stand in a BTree by page
number, compressed, beside the same words folded for finding.
"""

from dataclasses import dataclass
import zlib

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collective.documentviewer.settings import GlobalSettings
from collective.documentviewer.settings import Settings
from hopso.archive.normalise import tokens
from plone import api
from plone.uuid.interfaces import IUUID
from ZODB.blob import Blob
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.pages"
PDF_KEY = "hopso.pdf"
VIEWER_KEY = "collective.documentviewer"
SIZES = ("large", "normal", "small")
FORMAT = "webp"


@dataclass(frozen=True)
class Page:
    """One page: its number from 1, size of the large image in pixels, URLs of the images."""

    number: int
    width: int
    height: int
    large: str
    normal: str
    small: str


def page_count(document) -> int:
    """Return how many pages are stored and may be shown now."""
    return len(IAnnotations(document).get(KEY, ()))


def base_url(document) -> str:
    """Return the URL below which ``<size>/dump_<n>.webp`` are served."""
    uid = IUUID(document)
    return f"{api.portal.get().absolute_url()}/@@dvpdffiles/{uid[0]}/{uid[1]}/{uid}"


def pages(document) -> list[Page]:
    """Return the pages stored so far, in order; a running conversion has the first ones already.

    Meant for people who may View the document: the URLs check that again.
    """
    base = base_url(document)
    # The version in the address lets browsers keep images for long.
    version = (document.file_digest or "")[:8]
    return [
        Page(number, width, height, *(f"{base}/{size}/dump_{number}.{FORMAT}?v={version}" for size in SIZES))
        for number, (width, height, _text, _words) in IAnnotations(document).get(KEY, IOBTree()).items()
    ]


def page_text(document, number: int) -> str:
    """Return the text of page *number* (from 1); empty if there is none."""
    entry = IAnnotations(document).get(KEY, {}).get(number)
    return zlib.decompress(entry[2]).decode("utf-8") if entry else ""


def page_texts(document) -> list[str]:
    """Return the texts of all pages, in order."""
    stored = IAnnotations(document).get(KEY, IOBTree())
    return [zlib.decompress(entry[2]).decode("utf-8") for entry in stored.values()]


def document_text(document) -> str:
    """Return the stored text of the whole document; for indexers, extracts nothing."""
    return "\n".join(page_texts(document))


def pages_with(document, words) -> list[int]:
    """Return the numbers of the pages that hold all of *words*.

    *words* is a text or a list of texts; accents, case and spelling variants
    do not matter, and words of one letter count.
    """
    text = words if isinstance(words, str) else " ".join(words)
    wanted = [f" {word} " for word in dict.fromkeys(tokens(text))]
    if not wanted:
        return []
    found = []
    for number, (_w, _h, _text, packed) in IAnnotations(document).get(KEY, IOBTree()).items():
        folded = zlib.decompress(packed).decode("utf-8")
        if all(word in folded for word in wanted):
            found.append(number)
    return found


def image_sizes() -> dict[str, int]:
    """Return the widths of pictures in pixels by name, as documentviewer's settings say."""
    wanted = GlobalSettings(api.portal.get())
    return {"large": wanted.large_size, "normal": wanted.normal_size, "small": wanted.thumb_size}


def store_page(document, number: int, text: str, images: dict, size: tuple[int, int]) -> None:
    """Store one page: *images* are paths by size name (they are taken away), *size* of the large one."""
    annotations = IAnnotations(document)
    if KEY not in annotations:
        annotations[KEY] = IOBTree()
    folded = f" {' '.join(tokens(text))} "
    annotations[KEY][number] = (
        size[0],
        size[1],
        zlib.compress(text.encode("utf-8")),
        zlib.compress(folded.encode("utf-8")),
    )
    files = Settings(document).blob_files
    for name, path in images.items():
        blob = Blob()
        blob.consumeFile(str(path))
        files[f"{name}/dump_{number}.{FORMAT}"] = blob


def open_viewer_storage(document) -> None:
    """Make documentviewer's storage on *document* ready for pages."""
    settings = Settings(document)
    if settings.blob_files is None:
        settings.blob_files = OOBTree()
    settings.storage_type = "Blob"
    settings.pdf_image_format = FORMAT
    settings.converting = True
    settings.enable_indexation = False


def close_viewer_storage(document, success: bool) -> None:
    """Tell documentviewer how the conversion ended."""
    settings = Settings(document)
    settings.num_pages = page_count(document)
    settings.successfully_converted = success
    settings.converting = False


def drop_pages(document) -> None:
    """Take away all pages, images, texts and the PDF made of the file."""
    annotations = IAnnotations(document)
    for key in (KEY, PDF_KEY, VIEWER_KEY):
        if key in annotations:
            del annotations[key]


def keep_pdf(document, path) -> None:
    """Keep the PDF that LibreOffice made, so that a restart need not make it again."""
    blob = Blob()
    blob.consumeFile(str(path))
    IAnnotations(document)[PDF_KEY] = blob


def pdf_of(document):
    """Return the blob of the PDF made of an office file, None if there is none."""
    return IAnnotations(document).get(PDF_KEY)
