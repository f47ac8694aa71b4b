"""What workers tell about themselves, in the store of the queue, not in the ZODB.

Each worker keeps one record: when it was seen last and which jobs it runs.
The record of a worker that was killed shows which jobs have to be queued again.
"""

from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
import os
import secrets
import socket
import threading
import time


PREFIX = "worker:"
# Seconds: a worker writes its record this often, and counts as gone after so long without.
BEAT = 10
GONE = 90


@dataclass
class Worker:
    """The record of one worker; times are seconds since the epoch."""

    id: str
    host: str
    pid: int
    threads: int
    started: float
    seen: float
    running: list[dict] = field(default_factory=list)

    def alive(self, now: float) -> bool:
        """Tell whether the worker was seen lately and, on this machine, whether its process exists."""
        if now - self.seen > GONE:
            return False
        return self.host != socket.gethostname() or process_exists(self.pid)


def process_exists(pid: int) -> bool:
    """Tell whether a process has the number *pid*."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def workers(queue) -> list[Worker]:
    """Return the records of all workers, dead ones included, the latest first."""
    found = [Worker(**record) for record in queue.records(PREFIX).values()]
    return sorted(found, key=lambda one: one.seen, reverse=True)


def take_abandoned(queue, now: float | None = None) -> list[dict]:
    """Remove the records of workers that are gone and return the jobs they ran.

    Each job is ``{"name", "kwargs", "restarts"}``; two workers that look at the
    same time do not both get it.
    """
    now = time.time() if now is None else now
    jobs: list[dict] = []
    for worker in workers(queue):
        if not worker.alive(now):
            record = queue.take_record(PREFIX + worker.id)
            jobs.extend(record["running"] if record else ())
    return jobs


class Presence:
    """Keeps the record of the worker of this process up to date."""

    def __init__(self, queue, threads: int):
        self.queue = queue
        self.lock = threading.Lock()
        now = time.time()
        # A name of its own for every run: after a restart in a container even the pid is the same.
        name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self.record = Worker(name, socket.gethostname(), os.getpid(), threads, now, now)

    def beat(self) -> None:
        """Write the record: the worker is alive."""
        with self.lock:
            self.record.seen = time.time()
            self.queue.write_record(PREFIX + self.record.id, asdict(self.record))

    def begin(self, name: str, kwargs: dict, restarts: int) -> dict:
        """Note that a job is being run; give what is returned to ``end``."""
        job = {"name": name, "kwargs": kwargs, "restarts": restarts, "since": time.time()}
        with self.lock:
            self.record.running.append(job)
        self.beat()
        return job

    def end(self, job: dict) -> None:
        """Note that the job is done, one way or the other."""
        with self.lock:
            self.record.running[:] = [one for one in self.record.running if one is not job]
        self.beat()

    def leave(self) -> None:
        """Remove the record, unless jobs are left in it for another worker to find."""
        if not self.record.running:
            self.queue.take_record(PREFIX + self.record.id)
