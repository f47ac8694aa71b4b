"""The bridge to huey: what a transaction asked for is queued when it is committed.

``HOPSO_QUEUE`` names the queue: the path of an SQLite file (one machine), or a
``redis://`` address (several).  Without it the file ``hopso-queue.sqlite`` in
Zope's client home is used.
"""

import json
import logging
import os
from pathlib import Path
import threading
import time

from App.config import getConfiguration
from hopso.tasks.jobs import find_job
from hopso.tasks.jobs import job_names
from hopso.tasks.jobs import on_worker_start
from hopso.tasks.jobs import periodic
from hopso.tasks.jobs import task
from hopso.tasks.serializer import JsonSerializer
from huey import MemoryHuey
from huey import RedisHuey
from huey import SqliteHuey
from huey.constants import EmptyData
from huey.exceptions import CancelExecution
import transaction


__all__ = [
    "enqueue",
    "enqueue_after_commit",
    "job_names",
    "on_worker_start",
    "periodic",
    "task",
    "waiting_jobs",
]
logger = logging.getLogger("hopso.tasks")
QUEUE_NAME = "hopso"


class Queue:
    """Jobs that wait, and the records that workers leave about themselves.

    *run* is what carries out a job in a worker: called with name, arguments,
    the number of tries left and of the restarts that the job has seen.
    """

    def __init__(self, huey):
        self.huey = huey
        self.run = None
        # One huey task carries all of ours: a name that nobody knows any more is then our business.
        self._carrier = huey.task(name="job", context=True)(self._carry)

    def _carry(self, name, kwargs, restarts=0, task=None):
        if self.run is None:
            raise RuntimeError("this process runs no jobs")
        if not self.run(name, kwargs, task.retries, restarts):
            raise CancelExecution(retry=None)  # again, if tries are left

    def put(self, name: str, kwargs: dict, restarts: int = 0) -> None:
        """Queue a job now, whatever the transaction does."""
        job = find_job(name)
        carried = self._carrier.s(name, kwargs, restarts)
        if job is not None:
            carried.retries = job.retries
            carried.retry_delay = job.retry_delay
        self.huey.enqueue(carried)

    def waiting(self) -> int:
        """Return how many jobs wait to be run now."""
        return self.huey.storage.queue_size()

    def delayed(self) -> int:
        """Return how many jobs wait for a later time, mostly to be tried again."""
        return self.huey.storage.schedule_size()

    def jobs(self) -> list[tuple[str, dict]]:
        """Return (name, arguments) of the jobs that wait, now or for a later time."""
        storage, read = self.huey.storage, self.huey.serializer.deserialize
        return [
            tuple(read(data).args[:2]) for data in [*storage.enqueued_items(), *storage.scheduled_items()]
        ]

    def records(self, prefix: str) -> dict[str, object]:
        """Return the records whose key begins with *prefix*."""
        found = {}
        for key, value in self.huey.storage.result_items().items():
            key = key.decode() if isinstance(key, bytes) else key
            if key.startswith(prefix):
                found[key] = self.huey.serializer.deserialize(value)
        return found

    def write_record(self, key: str, value) -> None:
        """Store a record (JSON-able) under *key*."""
        self.huey.put(key, value)

    def take_record(self, key: str):
        """Remove and return a record; None if another process was quicker."""
        data = self.huey.storage.pop_data(key)
        return None if data is EmptyData else self.huey.serializer.deserialize(data)

    def claim(self, key: str) -> bool:
        """Tell whether this process is the first to claim *key*."""
        return self.huey.put_if_empty(key, int(time.time()))


def memory_queue() -> Queue:
    """Return a queue that lives and dies with this process."""
    return Queue(MemoryHuey(QUEUE_NAME, results=False, serializer=JsonSerializer()))


def queue_address() -> str:
    """Return where the queue is: ``redis://…``, a path, or "" for memory only."""
    address = os.environ.get("HOPSO_QUEUE", "").strip()
    if address:
        return address
    home = getattr(getConfiguration(), "clienthome", None)
    return str(Path(home) / "hopso-queue.sqlite") if home and Path(home).is_dir() else ""


def open_queue(address: str) -> Queue:
    """Open the queue at *address* (see ``queue_address``)."""
    if not address:
        return memory_queue()
    if address.startswith(("redis://", "rediss://", "unix://")):
        return Queue(RedisHuey(QUEUE_NAME, results=False, serializer=JsonSerializer(), url=address))
    Path(address).parent.mkdir(parents=True, exist_ok=True)
    return Queue(
        SqliteHuey(QUEUE_NAME, results=False, serializer=JsonSerializer(), filename=address, timeout=20)
    )


_lock = threading.Lock()
_current: Queue | None = None


def current_queue() -> Queue:
    """Return the queue of this process."""
    global _current
    if _current is None:
        with _lock:
            if _current is None:
                _current = open_queue(queue_address())
    return _current


def use_queue(queue: Queue | None) -> Queue | None:
    """Make *queue* the one of this process (None: open it anew when needed); return the former."""
    global _current
    former, _current = _current, queue
    return former


def enqueue(name: str, **kwargs) -> None:
    """Queue the job *name* at once.  For jobs themselves and tools; operations use enqueue_after_commit."""
    _checked(name, kwargs)
    current_queue().put(name, kwargs)


def enqueue_after_commit(name: str, **kwargs) -> None:
    """Queue the job *name* when the present transaction has been committed.

    Nothing is queued if it is aborted; the same job with the same arguments
    is queued once.  Raises LookupError for an unknown name and TypeError for
    arguments that JSON cannot carry.  Pass no secrets: arguments stand in a file.
    """
    _checked(name, kwargs)
    wanted = pending()
    if not wanted:
        transaction.get().addAfterCommitHook(_after_commit, args=(wanted,))
    wanted.setdefault((name, json.dumps(kwargs, sort_keys=True)), (name, kwargs))


def waiting_jobs() -> list[tuple[str, dict]]:
    """Return (name, arguments) of the jobs in the queue of this process; what runs now is not among them."""
    return current_queue().jobs()


class _Key:
    """What the list of a transaction is stored under."""


_key = _Key()


def pending() -> dict:
    """Return what the present transaction asked for and is not queued yet."""
    present = transaction.get()
    try:
        return present.data(_key)
    except KeyError:
        wanted: dict = {}
        present.set_data(_key, wanted)
        return wanted


def _checked(name, kwargs):
    if find_job(name) is None:
        raise LookupError(f"no job is called {name!r}")
    json.dumps(kwargs)


def _after_commit(success, wanted):
    jobs = list(wanted.values())
    wanted.clear()
    if not success:
        return
    for name, kwargs in jobs:
        try:
            current_queue().put(name, kwargs)
        except Exception as error:
            # The transaction stands; what is left undone is found when a worker starts.
            logger.error("Job %s (%s) could not be queued: %s", name, kwargs.get("uid", "-"), error)
