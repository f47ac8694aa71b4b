"""Is everything there that the features need?  Checks without side effects.

Each check answers with what was found and, when something is off, what to do
about it.  None of them tells a secret: addresses, names, paths and figures only.
"""

from collections.abc import Callable
from dataclasses import dataclass
import importlib.metadata
import os
from pathlib import Path
import platform
import shutil
import subprocess
import time

from hopso import _


GOOD, WARN, BAD = "good", "warn", "bad"
GOOD_TITLE, WARN_TITLE, BAD_TITLE = _("On"), _("Attention"), _("Off")
SUMMARIES = {
    GOOD: _("Everything that the features need is there."),
    WARN: _("Everything works; some things want your attention."),
    BAD: _("Some features are off; what to do stands beside them."),
}
# Megabytes: below the first a warning, below the second documents may get lost.
SPACE_WARN, SPACE_BAD = 5000, 500
# A queue that long, or a job that waits so long (seconds), means too few workers.
QUEUE_WARN = 200
PROGRAM_SECONDS = 20
VERSIONS = (
    "hopso",
    "Products.CMFPlone",
    "Zope",
    "ZODB",
    "ZEO",
    "huey",
    "pypdfium2",
    "collective.documentviewer",
)


@dataclass(frozen=True)
class Check:
    """One line of the health page.

    ``level`` is good, warn or bad; ``found`` a short text or a translatable
    one; ``advice`` what to do (empty when all is well).
    """

    id: str
    title: object
    level: str
    found: object
    advice: object = ""

    @property
    def on(self) -> bool:
        """Tell whether the feature works."""
        return self.level != BAD


def program_output(*command: str) -> str | None:
    """Return what a program prints, None if it is missing or does not end in time."""
    path = shutil.which(command[0])
    if path is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603
            [path, *command[1:]], capture_output=True, text=True, timeout=PROGRAM_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout or done.stderr).strip()


_installed_answers: dict[tuple, str] = {}


def _installed(*command: str) -> str | None:
    """Like ``program_output``; asking LibreOffice takes a second, so answers are kept, failures not."""
    if command not in _installed_answers:
        said = program_output(*command)
        if said is None:
            return None
        _installed_answers[command] = said
    return _installed_answers[command]


def libreoffice(ask: Callable = _installed) -> Check:
    """LibreOffice makes PDF of office files."""
    title = _("LibreOffice (office files to PDF)")
    said = ask("soffice", "--version")
    if said is None:
        advice = _("Install libreoffice-writer-nogui, libreoffice-calc-nogui and libreoffice-impress-nogui.")
        return Check("libreoffice", title, BAD, _("missing"), advice)
    return Check("libreoffice", title, GOOD, " ".join(said.split()[:2]))


def tesseract(ask: Callable = _installed) -> Check:
    """Tesseract reads scanned pages; Vietnamese is a package of its own."""
    title = _("Tesseract with Vietnamese (text of scanned pages)")
    said = ask("tesseract", "--list-langs")
    if said is None:
        advice = _("Install tesseract-ocr, tesseract-ocr-vie and tesseract-ocr-eng.")
        return Check("tesseract", title, BAD, _("missing"), advice)
    if "vie" not in said.split():
        return Check("tesseract", title, BAD, _("without Vietnamese"), _("Install tesseract-ocr-vie."))
    version = (ask("tesseract", "--version") or "").split("\n")[0]
    return Check("tesseract", title, GOOD, version)


def pdfium() -> Check:
    """pypdfium2 draws pages and reads their text."""
    title = _("pypdfium2 (pages of documents)")
    try:
        import pypdfium2  # noqa: F401

        return Check("pypdfium2", title, GOOD, importlib.metadata.version("pypdfium2"))
    except (ImportError, OSError):
        return Check("pypdfium2", title, BAD, _("missing"), _("Run the installation again."))


def worker(records: list, now: float | None = None) -> Check:
    """Some worker was seen lately; *records* are those of ``presence.workers``."""
    now = time.time() if now is None else now
    title = _("Worker (background jobs)")
    alive = [one for one in records if one.alive(now)]
    if not alive:
        advice = _("Start bin/hopso-worker: documents are neither converted nor mailed without it.")
        return Check("worker", title, BAD, _("none is running"), advice)
    running = sum(len(one.running) for one in alive)
    found = _(
        "${workers} running, ${jobs} jobs in work, seen ${seconds} s ago",
        mapping={
            "workers": len(alive),
            "jobs": running,
            "seconds": max(0, round(now - max(one.seen for one in alive))),
        },
    )
    return Check("worker", title, GOOD, found)


def queue_length(waiting: int, delayed: int) -> Check:
    """Jobs that wait."""
    found = _("${waiting} waiting, ${delayed} later", mapping={"waiting": waiting, "delayed": delayed})
    if waiting > QUEUE_WARN:
        return Check(
            "queue", _("Queue"), WARN, found, _("Start the worker with more jobs at a time (--workers).")
        )
    return Check("queue", _("Queue"), GOOD, found)


def mail(host: str, sender: str) -> Check:
    """Mail can be sent: a server and the address of the sender are set."""
    if host and sender:
        return Check("mail", _("Mail"), GOOD, f"{sender} ({host})")
    advice = _("Set the mail server and the sender's address in Site Setup, Mail.")
    return Check("mail", _("Mail"), WARN, _("not set up"), advice)


def database(storage_name: str, connected: bool) -> Check:
    """The database server answers."""
    if not connected:
        return Check("database", _("Database"), BAD, _("no connection"), _("Start the ZEO server."))
    return Check("database", _("Database"), GOOD, storage_name)


def disk(folder: Path | None, usage: Callable = shutil.disk_usage) -> Check:
    """There is room for documents where the data is kept."""
    title = _("Disk space")
    if folder is None:
        return Check("disk", title, WARN, _("unknown"), "")
    found = usage(folder)
    free = found.free // 2**20
    text = _("${free} of ${total} GB free", mapping={"free": free // 1024, "total": found.total // 2**30})
    if free < SPACE_BAD:
        return Check("disk", title, BAD, text, _("Make room now: nothing can be stored soon."))
    if free < SPACE_WARN:
        return Check("disk", title, WARN, text, _("Make room, or move the data to a bigger disk."))
    return Check("disk", title, GOOD, text)


def versions() -> dict[str, str]:
    """Return name -> version of what matters when one reports a problem."""
    found = {"Python": platform.python_version()}
    for name in VERSIONS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def worst(checks: list[Check]) -> str:
    """Return the worst level of all."""
    levels = {check.level for check in checks}
    return next((level for level in (BAD, WARN) if level in levels), GOOD)


def data_folder() -> Path | None:
    """Return the folder whose disk matters, if it is on this machine."""
    from App.config import getConfiguration

    home = getattr(getConfiguration(), "clienthome", None) or os.environ.get("HOPSO_DATA")
    return Path(home) if home and Path(home).is_dir() else None
