"""The week on paper: HTML for its reader, made into a PDF by a job and kept under the digest of its content.

Two readers who may see the same get the same file; whoever may see less gets
another one.  So nobody needs a right on the file: it is found by what one may see.
"""

import hashlib
import logging
from pathlib import Path

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core.text import now
from hopso.tasks.health import Check
from hopso.tasks.health import GOOD
from hopso.tasks.health import WARN
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import periodic
from hopso.tasks.queue import task
from persistent import Persistent
from plone import api
from plone.namedfile.file import NamedBlobFile
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest


logger = logging.getLogger("hopso.calendars")
KEY = "hopso.calendars.papers"
STYLE = Path(__file__).parent / "paper.css"
JOB = "calendars.week_pdf"
WAITING, READY, FAILED, MISSING = "waiting", "ready", "failed", "missing"
KEEP_DAYS = 14
DAY = 24 * 60


class Paper(Persistent):
    """One PDF, or what it is to be made of; made_at is UTC."""

    state = WAITING
    file = None

    def __init__(self, html: str):
        self.html = html
        self.made_at = now()


def html_of(unit, week) -> str:
    """Return the week of a unit for the present user, ready to be set."""
    from hopso.calendars.views.week import WeekPaper  # views stand above

    return WeekPaper(unit, getRequest(), week).html()


def digest_of(html: str) -> str:
    """Return under what a paper is kept."""
    return hashlib.sha256(html.encode()).hexdigest()


def find(html: str) -> Paper | None:
    """Return the paper with this content, None if nobody asked for it yet."""
    return _papers().get(digest_of(html))


def order(html: str) -> Paper:
    """Have a paper made, unless it is there or on its way; one that failed is tried again."""
    papers, digest = _papers(), digest_of(html)
    paper = papers.get(digest)
    if paper is None:
        paper = papers[digest] = Paper(html)
    elif paper.state in (FAILED, MISSING):
        paper.state = WAITING
    if paper.state == WAITING:
        enqueue_after_commit(JOB, digest=digest)
    return paper


def _gave_up(digest, error):
    paper = _papers().get(digest)
    if paper is not None and paper.state == WAITING:
        paper.state = FAILED


@task(JOB, retries=2, retry_delay=20, on_give_up=_gave_up)
def make(digest: str) -> None:
    """Set a paper; nothing happens if that was done already."""
    paper = _papers().get(digest)
    if paper is None or paper.state != WAITING:
        return
    try:
        data = pdf_of(paper.html)
    except (ImportError, OSError) as error:
        logger.error("WeasyPrint does not run: %s", error)
        paper.state = MISSING
        return
    paper.file = NamedBlobFile(data=data, contentType="application/pdf", filename="lich-cong-tac-tuan.pdf")
    paper.state, paper.html = READY, ""


def pdf_of(html: str) -> bytes:
    """Return the PDF of an HTML page, tagged for screen readers; nothing is fetched from anywhere."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=())
    look = weasyprint.CSS(string=STYLE.read_text("utf-8"), url_fetcher=nothing)
    page = weasyprint.HTML(string=html, url_fetcher=nothing)
    return page.write_pdf(stylesheets=[look], pdf_variant="pdf/ua-1")


@periodic("calendars.tidy", minutes=DAY)
def tidy() -> None:
    """Forget papers after some days: they are made again when somebody asks."""
    papers = _papers()
    for digest in [key for key, one in papers.items() if (now() - one.made_at).days >= KEEP_DAYS]:
        del papers[digest]


def health() -> Check:
    """WeasyPrint and the libraries of Debian that it needs."""
    title = _("WeasyPrint (work calendar as PDF)")
    try:
        import weasyprint
    except (ImportError, OSError):
        advice = _("Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0.")
        return Check("weasyprint", title, WARN, _("missing"), advice)
    return Check("weasyprint", title, GOOD, weasyprint.__version__)


def _papers():
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> None:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
