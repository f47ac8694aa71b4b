"""What the worker can do: jobs by name, periodic jobs, and what happens when it starts.

A room declares its jobs beside what they do:

    @task("documents.convert", retries=3)
    def convert(uid): …

Names are what stands in the queue, so they stay the same when functions move.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """A function that the worker may run under *name*.

    ``retries`` is how often it is tried again after an error, ``retry_delay``
    the seconds between, ``on_give_up`` is called with the same arguments and
    ``error`` (text) in a transaction of its own when the last try has failed.
    ``minutes`` is set for periodic jobs: every how many minutes it is due.
    """

    name: str
    function: Callable
    retries: int = 0
    retry_delay: int = 30
    on_give_up: Callable | None = None
    minutes: int | None = None


_jobs: dict[str, Job] = {}
_on_start: list[Callable] = []


def _register(job: Job) -> None:
    known = _jobs.get(job.name)
    if known is not None and known.function.__qualname__ != job.function.__qualname__:
        raise ValueError(f"job {job.name!r} exists already")
    _jobs[job.name] = job


def task(
    name: str, *, retries: int = 0, retry_delay: int = 30, on_give_up: Callable | None = None
) -> Callable:
    """Let the worker run the decorated function as *name*.

    The function takes keyword arguments that JSON can carry.  It runs in a
    transaction of its own, with the site set and all rights, and again after
    a conflict: whatever it does outside of the database must bear repetition.
    """

    def decorate(function):
        _register(Job(name, function, retries, retry_delay, on_give_up))
        return function

    return decorate


def periodic(name: str, *, minutes: int) -> Callable:
    """Have the decorated function (no arguments) run every so many *minutes*, by one worker."""
    if minutes < 1:
        raise ValueError("minutes must be at least 1")

    def decorate(function):
        _register(Job(name, function, minutes=minutes))
        return function

    return decorate


def on_worker_start(function: Callable) -> Callable:
    """Call the decorated function (no arguments) when a worker starts, in a transaction of its own.

    The place to find again what was left half done.
    """
    if function not in _on_start:
        _on_start.append(function)
    return function


def find_job(name: str) -> Job | None:
    """Return the job *name*, None if there is none."""
    return _jobs.get(name)


def job_names() -> list[str]:
    """Return the names of all jobs, sorted."""
    return sorted(_jobs)


def periodic_jobs() -> list[Job]:
    """Return the periodic jobs, in the order of names."""
    return [_jobs[name] for name in job_names() if _jobs[name].minutes]


def start_functions() -> list[Callable]:
    """Return what is to be called when a worker starts, in the order of declaration."""
    return list(_on_start)
