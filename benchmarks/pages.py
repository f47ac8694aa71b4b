"""Pages of ours against an empty page of Plone Classic: same process, same person.

    make bench NAME=pages

Two sites in one database: one with Họp Số, one as Plone makes it (Barceloneta,
Diazo).  The same account asks for the start page, a meeting with 50 items and
60 documents, a query of the archive, and an empty page of the other site, in
turns over HTTP.  The figures are medians, and ratios to the empty page.
"""

import base64
from contextlib import contextmanager
from http.client import HTTPConnection
import json
from statistics import median
import sys
from time import perf_counter

import hopso.compat  # noqa: F401


# isort: split
from App.config import getConfiguration
from hopso import factories
from hopso.testing import FUNCTIONAL
from plone import api
from Products.CMFPlone.factory import addPloneSite
import transaction
from zope.component.hooks import setSite


ITEMS, DOCUMENTS, OTHER_MEETINGS = 50, 60, 30
WARM_UP, ROUNDS = 5, 40
USER = "lanhdao"
WORDS = "ngan sach", "Báo cáo thu ngân sách quý"


@contextmanager
def layers():
    """Set up what the functional tests stand on."""
    done = []

    def set_up(layer):
        for base in layer.__bases__:
            set_up(base)
        if layer not in done:
            layer.setUp()
            done.append(layer)

    set_up(FUNCTIONAL)
    for layer in done:
        layer.testSetUp()
    try:
        yield FUNCTIONAL
    finally:
        for layer in reversed(done):
            layer.testTearDown()
        for layer in reversed(done):
            layer.tearDown()


def fill(portal):
    """Make the province and return the address of the big meeting below the site."""
    committee = factories.create_unit("Ủy ban nhân dân tỉnh", "UBND", unit_type="committee")
    office = factories.create_unit("Văn phòng", "VP", parent=committee, unit_type="office")
    factories.create_person(USER, "Trần Hoàng Lan", office, ("leaders",), "Phó Chánh Văn phòng")
    factories.create_person("daumoi", "Lê Phương Thảo", office, ("coordinators",))
    room = factories.create_room(office)
    people = [factories.create_person(f"nguoi{n}", f"Nguyễn Văn {n}", office) for n in range(20)]
    common = {
        "chair": USER,
        "secretary": people[0],
        "approver": USER,
        "preparer": "daumoi",
        "rooms": (room.UID(),),
        "participants": tuple(f"user:{one}" for one in (USER, *people)),
    }
    meeting = factories.create_meeting(office, "Giao ban tuần 48", **common)
    items = [factories.create_item(meeting, f"Nội dung {n}", duration=10) for n in range(ITEMS)]
    for n in range(DOCUMENTS):
        document = factories.create_document(
            meeting, f"{WORDS[1]} {n}", doc_number=f"{n}/BC-STC", agenda_item=items[n % ITEMS].getId()
        )
        factories.put_in_state(document, "submitted" if n % 6 == 0 else "published")
    factories.put_in_state(meeting, "convened")
    for n in range(OTHER_MEETINGS):
        other = factories.create_meeting(
            office, f"Họp chuyên đề {n}", factories.in_days(n // 4, 8 + 2 * (n % 4)), **common
        )
        factories.put_in_state(other, "convened")
    return meeting.absolute_url(relative=True)


def plain_site(app):
    """Make a site as Plone makes it, with an empty page and the same account."""
    with factories.as_system():
        site = addPloneSite(
            app,
            "classic",
            title="Classic",
            setup_content=False,
            default_language="vi",
            extension_ids=("plone.app.contenttypes:default", "plonetheme.barceloneta:default"),
        )
        setSite(site)
        api.user.create(
            email="a@example.vn",
            username=USER,
            password=factories.PASSWORD,
            properties={"fullname": "Trần Hoàng Lan"},
        )
        site.portal_workflow.setDefaultChain("")
        site.invokeFactory("Document", "empty", title="Empty")
    return "classic/empty"


class Browser:
    """Asks for pages as one person over one connection."""

    def __init__(self, host: str, port: int):
        self.connection = HTTPConnection(host, port)
        token = base64.b64encode(f"{USER}:{factories.PASSWORD}".encode()).decode()
        self.headers = {"Authorization": f"Basic {token}", "Accept": "text/html", "Accept-Language": "vi"}

    def get(self, path: str) -> tuple[float, str]:
        """Return seconds and the page."""
        begin = perf_counter()
        self.connection.request("GET", f"/{path}", headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        seconds = perf_counter() - begin
        if answer.status != 200:
            raise SystemExit(f"{path}: HTTP {answer.status}")
        return seconds, body.decode("utf-8")


def main() -> int:
    """Run it and print the figures; return the exit status."""
    with layers() as layer:
        getConfiguration().debug_mode = False
        meeting = fill(layer["portal"])
        transaction.commit()  # what waits to be indexed belongs to the first site
        empty = plain_site(layer["app"])
        transaction.commit()
        paths = {
            "empty": empty,
            "start": "plone/@@start",
            "meeting": f"{meeting}/view",
            "archive": f"plone/luu-tru?q={WORDS[0].replace(' ', '+')}",
        }
        browser = Browser(layer["host"], layer["port"])
        marks = {"empty": "portal-footer", "start": "hs-cols", "meeting": "Nội dung 49", "archive": "<mark>"}
        for name, path in paths.items():
            for _round in range(WARM_UP):
                page = browser.get(path)[1]
            if marks[name] not in page:
                raise SystemExit(f"{path}: this is not the page that was meant")
        times = {name: [] for name in paths}
        for _round in range(ROUNDS):
            for name, path in paths.items():
                times[name].append(browser.get(path)[0])
    middle = {name: median(found) for name, found in times.items()}
    for name, seconds in middle.items():
        print(f"{name}: {1000 * seconds:.1f} ms")
    figures = {
        f"{name}_ratio": round(middle[name] / middle["empty"], 2) for name in ("start", "meeting", "archive")
    }
    figures |= {f"{name}_ms": round(1000 * seconds, 1) for name, seconds in middle.items()}
    print(json.dumps({"bench": "pages", "figures": figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
