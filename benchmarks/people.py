"""A house of 600 units and 10,000 accounts: what one person costs who is invited to 2,000 meetings.

    make bench NAME=people

A database server and an instance are started, as in production but on a port
of their own and with one thread, so that both people meet the same warm
caches.  Two people of the same unit, one invited to 2,000 meetings and one to
20, log in, open their start page and search, in turns.  The figures are
medians, and ratios of the first person to the second.  Then one participant
is added to a meeting with 500 documents, and what is written is counted at
the connection to the database.  See docs/benchmarks.md.
"""

from http.client import HTTPConnection
import json
from pathlib import Path
import shutil
import socket
from statistics import median
import subprocess
import sys
from tempfile import mkdtemp
from time import perf_counter
from urllib.parse import urlencode


ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "instance"), str(Path(__file__).parent)]

import common  # noqa: E402
from layout import Layout  # noqa: E402
from processes import Process  # noqa: E402
from processes import Supervisor  # noqa: E402
import run  # noqa: E402


WARM_UP, ROUNDS, LOGINS = 4, 30, 30
ROWS = 5_000
PAGES = {
    "start": "/hopso/@@start",
    "search": "/hopso/luu-tru?" + urlencode({"q": "báo cáo"}),
}
MARKS = {"start": "hs-cols", "search": "<mark>"}


def main(args) -> int:
    """Run the whole, or one of the parts that need a process of their own."""
    if args:
        return part(*args)
    # Beside the code: the folder for temporary files may be small.
    (ROOT / "var").mkdir(exist_ok=True)
    home = Path(mkdtemp(prefix="bench-people-", dir=ROOT / "var"))
    try:
        figures = measure(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for name, value in figures.items():
        print(f"{name}: {value}")
    print(json.dumps({"bench": "people", "figures": figures}))
    return 0


def measure(home: Path) -> dict:
    """Make the house in *home*, start it, measure."""
    layout = Layout(home, "127.0.0.1", free_port(), threads=1)
    layout.write()
    supervisor = Supervisor()
    env = layout.environment()
    try:
        zeo = [run.BIN / "runzeo", "-C", home / "etc" / "zeo.conf"]
        server = supervisor.add(Process("zeo", zeo, home / "log" / "zeo.out", env))
        supervisor.wait_for(server, lambda: run.answers(layout.socket), 60)
        begin = perf_counter()
        create = ("create", "--conf", layout.zope_conf, "--admin-password-file", layout.password_file)
        subprocess.run([str(one) for one in (run.BIN / "hopso-site", *create)], env=env, check=True)
        known = in_process(layout, "fill")
        figures = {"fill_seconds": round(perf_counter() - begin, 1)}
        instance = [run.BIN / "runwsgi", home / "etc" / "wsgi.ini"]
        served = supervisor.add(Process("instance", instance, home / "log" / "instance.out", env))
        supervisor.wait_for(served, lambda: run.login_page(layout), 300)
        figures |= pages(layout.port, known)
        figures |= in_process(layout, "participants", known["big"])
        figures |= in_process(layout, "directory")
        figures |= in_process(layout, "import")
        return figures
    finally:
        supervisor.stop()


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def in_process(layout: Layout, *args) -> dict:
    """Run a part of this script with the database open; return what it found."""
    command = [str(run.BIN / "zopepy"), __file__, args[0], str(layout.zope_conf), *args[1:]]
    done = subprocess.run(command, env=layout.environment(), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{args[0]} failed")
    *said, last = done.stdout.splitlines()
    for line in said:
        print(line)
    return json.loads(last)


# ---- over HTTP ----


class Browser:
    """One person with a cookie and one connection."""

    def __init__(self, port: int, user: str, password: str):
        self.connection = HTTPConnection("127.0.0.1", port)
        self.user, self.password = user, password
        self.cookies: dict[str, str] = {}

    def request(self, method: str, path: str, form=None):
        """Return seconds, status and body."""
        headers = {"Accept": "text/html", "Accept-Language": "vi", "Host": "localhost"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if form is None else urlencode(form)
        begin = perf_counter()
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read()
        seconds = perf_counter() - begin
        for line in answer.headers.get_all("Set-Cookie", ()):
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return seconds, answer.status, text.decode("utf-8", "replace")

    def login(self) -> float:
        """Log in anew; return the seconds of the form's answer."""
        self.cookies.clear()
        form = {"__ac_name": self.user, "__ac_password": self.password, "buttons.login": "1"}
        seconds, status, _text = self.request("POST", "/hopso/login", form)
        if status not in (302, 303) or not self.cookies:
            raise SystemExit(f"{self.user} cannot log in: HTTP {status}")
        return seconds

    def get(self, name: str) -> float:
        """Return the seconds that a page takes."""
        seconds, status, text = self.request("GET", PAGES[name])
        if status != 200 or MARKS[name] not in text:
            raise SystemExit(f"{PAGES[name]} for {self.user}: HTTP {status}, not the page that was meant")
        return seconds


def pages(port: int, known: dict) -> dict:
    """Measure login, start page and search for both people, in turns."""
    people = {name: Browser(port, known[name], known["password"]) for name in ("many", "few")}
    times = {(task, name): [] for task in ("login", *PAGES) for name in people}
    for turn in range(-WARM_UP, ROUNDS):
        for task in ("login", *PAGES):
            if task == "login" and turn >= LOGINS:
                continue
            # Whoever comes first has to clear up after the task before.
            for name, person in sorted(people.items(), reverse=turn % 2 == 0):
                seconds = person.login() if task == "login" else person.get(task)
                if turn >= 0:
                    times[task, name].append(seconds)
    middle = {key: 1000 * median(found) for key, found in times.items()}
    figures = {
        f"{task}_ratio": round(middle[task, "many"] / middle[task, "few"], 2) for task in ("login", *PAGES)
    }
    figures |= {f"{task}_{name}_ms": round(value, 1) for (task, name), value in middle.items()}
    return figures


# ---- with the database open ----


def part(name: str, conf: str, *args) -> int:
    """Carry out a part and print what was found as the last line."""
    import hopso.compat  # noqa: F401

    # isort: split
    from hopso.distribution.making import zope
    from hopso.interfaces import IHopsoLayer
    from zope.component.hooks import setSite
    from zope.interface import alsoProvides

    with zope(Path(conf)) as app:
        site = app.hopso
        setSite(site)
        alsoProvides(app.REQUEST, IHopsoLayer)
        found = PARTS[name](site, *args)
    print(json.dumps(found))
    return 0


def fill(site) -> dict:
    """Make the data."""
    import _people_data as data
    from hopso import factories

    made = data.fill(site)
    return made | {"many": data.MANY_USER, "few": data.FEW_USER, "password": factories.PASSWORD}


def participants(site, path: str) -> dict:
    """Add a person to the big meeting, take another one out; count."""
    import _people_data as data
    from hopso import factories
    from hopso.meetings.preparation import add_participants
    from hopso.meetings.preparation import remove_participants
    from hopso.tests.counting import counted_catalog
    from hopso.tests.counting import counted_writes
    from Products.CMFCore.indexing import processQueue
    import transaction

    meeting, coordinator = data.big_meeting(site, path)
    written, documents = [], []
    changes = [(add_participants, data.MANY_USER), (remove_participants, "cb01050")]
    # Also people who have never been invited to anything.
    changes += [(add_participants, f"cb{n:05}") for n in range(9000, 9900, 100)]
    for change, whom in changes:
        with factories.as_user(coordinator.getId()), counted_catalog() as touched:
            change(meeting, principals=(f"user:{whom}",))
            processQueue()
            with counted_writes(site._p_jar) as stored:
                transaction.commit()
        print(f"{change.name} {whom}: writes {dict(stored)}, indexes {dict(touched)}")
        written.append(sum(stored.values()))
        documents.append(touched["MeetingDocument"])
    return {
        "participant_objects_written": round(median(written)),
        "participant_objects_most": max(written),
        "participant_documents_reindexed": max(documents),
    }


def spreadsheet(site) -> dict:
    """Import new accounts as a unit's administrator does: check, confirm, carry out; count the progress told."""
    import _people_data as data
    from hopso import factories
    from hopso.accounts import importing
    from hopso.accounts import imports
    from hopso.accounts.records import account_store
    from plone.namedfile.file import NamedBlobFile
    import transaction

    unit, admin = data.administrated_unit()
    lines = ["Họ và tên;Thư điện tử công vụ"]
    lines += [f"Nguyễn Văn Mới {n};moi{n}@example.vn" for n in range(ROWS)]
    file = NamedBlobFile(data="\r\n".join(lines).encode(), filename="danh-sach.csv")
    before = len(account_store().by_id)
    told, tell = [], imports.tell_progress
    imports.tell_progress = lambda import_id, done, total: (told.append(done), tell(import_id, done, total))
    with factories.as_user(admin):
        made = importing.hand_in(unit, file=file)
        transaction.commit()
        begin = perf_counter()
        importing.check_import(made.id)
        transaction.commit()
        checked = perf_counter() - begin
        importing.confirm(unit, import_id=made.id)
        transaction.commit()
        begin = perf_counter()
        importing.run_import(made.id)
        transaction.commit()
        seconds = perf_counter() - begin
    imports.tell_progress = tell
    if made.status != imports.DONE or len(account_store().by_id) - before != ROWS:
        raise SystemExit(f"the import ended as {made.status}: {made.message}, {made.counts}")
    return {
        "import_rows": ROWS,
        "import_rows_per_second": round(ROWS / seconds, 1),
        "import_check_rows_per_second": round(ROWS / checked, 1),
        "import_progress_told": len(told),
    }


def directory(site) -> dict:
    """Build the list behind the pickers, and search it as one types."""
    from hopso.theme import people

    def timed(function, *args):
        begin = perf_counter()
        found = function(*args)
        return 1000 * (perf_counter() - begin), found

    cold, found = timed(people.directory, "user")
    people.forget()
    again, found = timed(people.directory, "user")
    typed = "ng", "nguyen", "nguyen va", "nguyễn văn b", "chuyen vien s"
    keys = median(timed(people.matching, found, text)[0] for text in typed)
    return {
        "directory_people": len(found),
        "directory_cold_ms": round(cold),
        "directory_again_ms": round(again),
        "directory_keystroke_ms": round(keys, 1),
    }


PARTS = {"fill": fill, "participants": participants, "directory": directory, "import": spreadsheet}


if __name__ == "__main__":
    common.run_main(lambda: main(sys.argv[1:]))
