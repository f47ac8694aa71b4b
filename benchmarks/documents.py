"""Our conversion against collective.documentviewer's own: same files, one run.

    make bench NAME=documents

Both make the same three sizes of pictures and the text of every page.  Theirs
is called as its own code calls it, without its storage; ours runs whole, as
the worker does it, with storage and catalog in a site made for the run.  The
memory is this process, site included, plus the largest program it started.
Needs GraphicsMagick, qpdf and Ghostscript for the other side (Debian:
graphicsmagick qpdf ghostscript poppler-utils).
"""

import json
from pathlib import Path
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import hopso.compat  # noqa: F401


# isort: split
from collective.documentviewer.convert import docsplit
from hopso import factories
from hopso.documents.convert import office
from hopso.documents.tests import samples
from hopso.tasks import queue
from hopso.tasks.testing import run_all
from hopso.testing import FUNCTIONAL


PROGRAMS = {"gm": "graphicsmagick", "qpdf": "qpdf", "gs": "ghostscript", "pdftotext": "poppler-utils"}
PAGES = 300
SIZES = (("large", 1000), ("normal", 700), ("small", 180))
PARAGRAPH = (
    "Thực hiện Chương trình công tác năm 2026, Ủy ban nhân dân tỉnh báo cáo kết quả ứng phó thiên tai, "
    "tình hình kinh tế – xã hội, quốc phòng, an ninh và nhiệm vụ trọng tâm của quý tiếp theo. "
)


def main() -> int:
    """Run it and print the figures; return the exit status."""
    missing = ensure_programs()
    if missing:
        print(f"Missing for the comparison: apt-get install {' '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="hopso-bench-") as folder:
        files = make_files(Path(folder))
        with site() as portal:
            peak, pages_a_second = long_document(portal)
            ours = {name: our_seconds(portal, name, path) for name, path in files.items()}
        theirs = {name: their_seconds(path) for name, path in files.items()}
    pages = sum(count for _seconds, count in ours.values())
    our_speed = pages / sum(seconds for seconds, _count in ours.values())
    their_speed = pages / sum(theirs.values())
    for name, (seconds, count) in ours.items():
        print(f"{name}: {count} pages, ours {seconds:.1f} s, documentviewer {theirs[name]:.1f} s")
    figures = {
        "speedup_vs_documentviewer": round(our_speed / their_speed, 2),
        "pages_per_second": round(our_speed, 2),
        "pages_per_second_documentviewer": round(their_speed, 2),
        "peak_mb_300_pages": round(peak, 1),
        "pages_per_second_300_pages": round(pages_a_second, 2),
        "pages_compared": pages,
    }
    print(json.dumps({"bench": "documents", "figures": figures}))
    return 0


def ensure_programs() -> list[str]:
    """Install what the other side needs where we may; return the packages that are still missing."""
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if missing and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [package for program, package in PROGRAMS.items() if shutil.which(program) is None]


def make_files(folder: Path) -> dict[str, Path]:
    """Return name -> PDF: one written by LibreOffice, one plain, both with text."""
    plain = folder / "plain.pdf"
    plain.write_bytes(samples.pdf(*[page_of_text(number) for number in range(12)]))
    files = {"plain": plain}
    if office.program():
        source = folder / "report.docx"
        source.write_bytes(samples.docx(*[PARAGRAPH * 4 for _number in range(60)]))
        files["report"] = office.to_pdf(source, "docx", folder, 300)
    return files


def page_of_text(number: int) -> str:
    """Return forty lines."""
    return "\n".join(f"Page {number} line {line}: bao cao tinh hinh kinh te - xa hoi" for line in range(40))


class site:
    """A site in memory with Họp Số, as the tests have it."""

    def __enter__(self):
        self.layers = []
        self._set_up(FUNCTIONAL)
        for layer in self.layers:
            layer.testSetUp()
        queue.use_queue(queue.memory_queue())
        return FUNCTIONAL["portal"]

    def _set_up(self, layer):
        for base in layer.__bases__:
            self._set_up(base)
        if layer not in self.layers:
            layer.setUp()
            self.layers.append(layer)

    def __exit__(self, *details):
        for layer in reversed(self.layers):
            layer.testTearDown()
        for layer in reversed(self.layers):
            layer.tearDown()


def convert(portal, name: str, data: bytes):
    """Upload and convert; return (seconds of conversion, document)."""
    import transaction

    units = portal["don-vi"]
    if "bench" not in units:
        factories.create_meeting(factories.create_unit("Đơn vị đo", id="bench"))
    meeting = next(iter(next(iter(units["bench"]["hop"].objectValues())).objectValues()))
    with factories.as_system():
        document = factories.create_document(meeting, name, file=samples.upload(f"{name}.pdf", data))
        transaction.commit()
        begin = time.monotonic()
        run_all()
        seconds = time.monotonic() - begin
    transaction.begin()
    return seconds, document


def our_seconds(portal, name: str, path: Path) -> tuple[float, int]:
    """Return seconds and pages of our whole conversion."""
    seconds, document = convert(portal, name, path.read_bytes())
    if not document.page_count:
        raise RuntimeError(f"{name} was not converted")
    return seconds, document.page_count


def long_document(portal) -> tuple[float, float]:
    """Return peak memory in MB and pages a second of a document of 300 pages."""
    data = samples.pdf(*[page_of_text(number) for number in range(PAGES)])
    seconds, document = convert(portal, "long", data)
    if document.page_count != PAGES:
        raise RuntimeError("the long document was not converted")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + started) / 1024, PAGES / seconds


def their_seconds(path: Path) -> float:
    """Return the seconds that documentviewer's converter takes, called as its ``run_conversion`` does."""
    with tempfile.TemporaryDirectory(prefix="hopso-bench-dv-") as folder:
        begin = time.monotonic()
        docsplit.convert(
            folder,
            inputfilepath=str(path),
            sizes=SIZES,
            enable_indexation=True,
            ocr=False,
            detect_text=True,
            format="gif",
            filename=path.name,
        )
        seconds = time.monotonic() - begin
        made = len(list(Path(folder, "large").glob("*.gif")))
        if not made:
            raise RuntimeError("documentviewer made no pictures")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
