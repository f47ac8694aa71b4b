"""200 people book one room for overlapping times at the same moment, through two instances.

    make bench NAME=booking
    bin/zopepy benchmarks/booking.py zeo            # or: relstorage, conflicts

Once on a ZEO server and once on RelStorage with a PostgreSQL server of its own
(instance/postgres.py): real processes, real HTTP.  Exactly one may win; all
others must hear that the room is taken and what is free instead.  Then the
look for conflicts is timed with 1,000 and with 100,000 bookings.  See
docs/benchmarks.md.
"""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
import json
from pathlib import Path
import shutil
import socket
import subprocess
import sys
from tempfile import mkdtemp
from threading import Barrier
from time import perf_counter


ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "instance"), str(Path(__file__).parent)]

import common  # noqa: E402
from layout import Layout  # noqa: E402
import postgres  # noqa: E402
from processes import Process  # noqa: E402
from processes import Supervisor  # noqa: E402
import run  # noqa: E402


AT_ONCE = 200
INSTANCES = 2
THREADS = 4
PARTS = ("zeo", "relstorage", "conflicts")


def main(args) -> int:
    """Run the parts named (all if none is), or one that needs a process of its own."""
    if args and args[0] not in PARTS:
        import _booking_data

        print(json.dumps(_booking_data.part(*args)))
        return 0
    (ROOT / "var").mkdir(exist_ok=True)
    figures = {}
    for name in args or PARTS:
        home = Path(mkdtemp(prefix="bench-booking-", dir=ROOT / "var"))
        try:
            figures |= measure(name, home)
        finally:
            shutil.rmtree(home, ignore_errors=True)
    for name, value in figures.items():
        print(f"{name}: {value}")
    print(json.dumps({"bench": "booking", "figures": figures}))
    return 0


def measure(name: str, home: Path) -> dict:
    """Return the figures of one part, made in the folder *home*."""
    if name == "conflicts":
        return in_process(Layout(home, "127.0.0.1", 1), "conflicts", str(home))
    if name == "zeo":
        return crowd(name, Layout(home, "127.0.0.1", free_port(), THREADS))
    if postgres.missing():
        raise SystemExit(postgres.missing())
    server = postgres.Postgres().start()
    try:
        return crowd(name, Layout(home, "127.0.0.1", free_port(), THREADS, server.dsn))
    finally:
        server.stop()


def crowd(name: str, layout: Layout) -> dict:
    """Make a site with AT_ONCE registered meetings, start the instances, have all scheduled at once."""
    layout.write()
    env, etc, log = layout.environment(), layout.home / "etc", layout.home / "log"
    supervisor = Supervisor()
    try:
        if not layout.dsn:
            zeo = supervisor.add(
                Process("zeo", [run.BIN / "runzeo", "-C", etc / "zeo.conf"], log / "zeo.out", env)
            )
            supervisor.wait_for(zeo, lambda: run.answers(layout.socket), 60)
        say(f"{name}: making the site …")
        create = ("create", "--conf", layout.zope_conf, "--admin-password-file", layout.password_file)
        subprocess.run([str(one) for one in (run.BIN / "hopso-site", *create)], env=env, check=True)
        known = in_process(layout, "fill", str(AT_ONCE))
        say(f"{name}: starting {INSTANCES} instances …")
        ports = [layout.port]
        while len(ports) < INSTANCES:
            ports.append(free_port())
        for number, port in enumerate(ports):
            ini = etc / f"wsgi-{number}.ini"
            text = (etc / "wsgi.ini").read_text("utf-8").replace(f":{layout.port}", f":{port}")
            ini.write_text(text.replace("instance.log", f"instance-{number}.log"), "utf-8")
            command = [run.BIN / "runwsgi", ini]
            served = supervisor.add(
                Process(f"instance {number}", command, log / f"instance-{number}.out", env)
            )
            other = Layout(layout.home, layout.host, port)
            supervisor.wait_for(served, lambda other=other: run.login_page(other), 300)
        say(f"{name}: {AT_ONCE} at once …")
        begin = perf_counter()
        answers = all_at_once(ports, known)
        seconds = perf_counter() - begin
        told = in_process(layout, "verify", known["room"])
    finally:
        supervisor.stop()
    return judged(name, answers, told, seconds)


def all_at_once(ports, known) -> list[tuple[int, dict]]:
    """Schedule every meeting at the same moment, spread over the instances; return status and answer of each."""
    together = Barrier(len(known["meetings"]))

    def schedule(number_and_path):
        number, path = number_and_path
        connection = HTTPConnection("127.0.0.1", ports[number % len(ports)], timeout=300)
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Authorization": f"Basic {known['login']}",
            "Host": "localhost",
        }
        together.wait(60)
        connection.request("POST", f"{path}/@operations/schedule", body="{}", headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        try:
            return answer.status, json.loads(text)
        except ValueError:
            return answer.status, {"no JSON": text[:300].decode("utf-8", "replace")}

    with ThreadPoolExecutor(len(known["meetings"])) as pool:
        return list(pool.map(schedule, enumerate(known["meetings"])))


def judged(name: str, answers, told: dict, seconds: float) -> dict:
    """Return the figures; whatever is neither a win nor a clear refusal is printed."""
    won = [
        answer for status, answer in answers if status == 200 and answer.get("review_state") == "scheduled"
    ]
    clear, kinds = 0, {}
    for status, answer in answers:
        kinds[status] = kinds.get(status, 0) + 1
        if status == 200:
            continue
        if is_clear(status, answer):
            clear += 1
        else:
            say(f"{name}: not clear: {status} {json.dumps(answer, ensure_ascii=False)[:400]}")
    if told["scheduled"] != len(won) or told["holders"] != told["winners"]:
        say(f"{name}: what was answered and what is stored differ: {len(won)} won, {told}")
    return {
        f"{name}_winners": len(won) if told["scheduled"] == len(won) == len(told["holders"]) else -1,
        f"{name}_clear_refusals": clear,
        f"{name}_slots_held": len(told["holders"]),
        f"{name}_status": kinds,
        f"{name}_seconds": round(seconds, 1),
    }


def is_clear(status: int, answer: dict) -> bool:
    """Tell whether an answer says that the room is taken and what is free instead."""
    findings = answer.get("error", {}).get("findings", [])
    taken = [one for one in findings if one["rule"] == "HS-ROOM"]
    return status in (409, 422) and any(one["alternatives"] for one in taken)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def in_process(layout: Layout, *args) -> dict:
    """Run a part that opens the database; return what it found."""
    command = [str(run.BIN / "zopepy"), __file__, f"_{args[0]}", str(layout.zope_conf), *args[1:]]
    done = subprocess.run(command, env=layout.environment(), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{args[0]} failed")
    *said, last = done.stdout.splitlines()
    for line in said:
        print(line)
    return json.loads(last)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


if __name__ == "__main__":
    common.run_main(lambda: main(sys.argv[1:]))
