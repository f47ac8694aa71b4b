"""The worker's side of rendering: starts the process, reads its pages, adds OCR."""

from collections.abc import Iterator
from dataclasses import dataclass
import importlib.util
import json
import os
from pathlib import Path
import queue
import subprocess
import sys
import threading

from hopso.documents.convert import ocr
from hopso.documents.convert.process import ConversionError
from hopso.documents.convert.process import running


MEMORY = 1536 * 1024**2
PIXELS = 120_000_000
QUALITY = 78
IMAGES = ("jpg", "png", "tiff")
OFFICE = ("docx", "xlsx", "pptx", "odt", "ods", "txt")


@dataclass(frozen=True)
class RenderedPage:
    """A page that is ready: *images* are paths by size name, *width* and *height* of the large one."""

    number: int
    width: int
    height: int
    text: str
    images: dict[str, Path]
    by_ocr: bool = False


@dataclass(frozen=True)
class Limits:
    """What one file may cost; times in seconds."""

    page_seconds: int = 60  # without a new page
    office_seconds: int = 180
    ocr_seconds: int = 60  # a page
    pages: int = 2000


def count_pages(source: Path, kind: str, limits: Limits) -> int:
    """Return the number of pages of a PDF (*kind* pdf) or an image; raises ConversionError."""
    job = _job(source, kind, "", 1, 1, {"large": 1}) | {"count": True}
    count = None
    for line in _lines(job, limits.page_seconds):
        count = line["count"]
    if count is None:
        raise ConversionError("damaged")
    return count


def render_pages(
    source: Path, kind: str, folder: Path, first: int, last: int, sizes: dict[str, int], limits: Limits
) -> Iterator[RenderedPage]:
    """Yield pages *first* to *last* as they get ready; close the iterator to stop early.

    *sizes* are widths in pixels by name.  Raises ConversionError: encrypted,
    damaged, memory, timeout.
    """
    for line in _lines(_job(source, kind, folder, first, last, sizes), limits.page_seconds):
        number, text, by_ocr = line["page"], line["text"], False
        if line["ocr"]:
            picture = folder / f"ocr_{number}.png"
            read = ocr.read_text(picture, limits.ocr_seconds)
            picture.unlink(missing_ok=True)
            if len(read) > len(text):
                text, by_ocr = read, True
        images = {name: folder / f"{name}_{number}.webp" for name in sizes}
        yield RenderedPage(number, line["width"], line["height"], text, images, by_ocr)


def _job(source, kind, folder, first, last, sizes):
    return {
        "source": str(source),
        "kind": kind,
        "target": str(folder),
        "first": first,
        "last": last,
        "sizes": sizes,
        "quality": QUALITY,
        "memory": MEMORY,
        "cpu": 3600,
        "pixels": PIXELS,
    }


def _lines(job, seconds) -> Iterator[dict]:
    """Yield what the rendering process says; *seconds* without a word end it."""
    script = Path(__file__).with_name("render.py")
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(_library_folders())}
    options = {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.DEVNULL,
        "text": True,
    }
    # A process that is ahead of us waits: few pages fit into the queue and into the pipe.
    lines: queue.Queue = queue.Queue(maxsize=4)
    stop = threading.Event()
    with running([sys.executable, str(script)], env=environment, **options) as process:
        json.dump(job, process.stdin)
        process.stdin.close()
        threading.Thread(target=_read, args=(process.stdout, lines, stop), daemon=True).start()
        try:
            while (line := _next(lines, seconds)) is not None:
                if "error" in line:
                    raise ConversionError(line["error"])
                yield line
            if process.wait(timeout=seconds) != 0:
                # Killed by the kernel, out of memory, or PDFium fell over.
                raise ConversionError("damaged", f"exit status {process.returncode}")
        finally:
            stop.set()


def _next(lines, seconds):
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        raise ConversionError("timeout") from None


def _read(stream, lines, stop):
    try:
        for text in stream:
            if not _put(lines, json.loads(text), stop):
                return
    except (ValueError, OSError):
        pass
    _put(lines, None, stop)


def _put(lines, item, stop) -> bool:
    while not stop.is_set():
        try:
            lines.put(item, timeout=0.5)
        except queue.Full:
            continue
        return True
    return False


def _library_folders() -> list[str]:
    """Return the folders of the two libraries that the process needs."""
    found = []
    for name in ("pypdfium2", "pypdfium2_raw", "PIL"):
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin:
            found.append(str(Path(spec.origin).parent.parent))
    return list(dict.fromkeys(found))
