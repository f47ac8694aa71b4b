"""How a worker carries out one job: find it, run it in the site, tell what went wrong."""

import logging
import threading
import time
import traceback

from hopso.tasks.jobs import find_job
from hopso.tasks.jobs import periodic_jobs
from hopso.tasks.jobs import start_functions
from hopso.tasks.presence import BEAT
from hopso.tasks.presence import Presence
from hopso.tasks.presence import take_abandoned
from hopso.tasks.queue import Queue
from hopso.tasks.site import NoSite
from hopso.tasks.site import run_in_site


logger = logging.getLogger("hopso.tasks")
# A job that was running when its worker died is queued again so often, then given up:
# it may be what kills the workers.
RESTARTS = 3
SECRET_WORDS = ("password", "secret", "token", "key", "otp")


class Runner:
    """Runs jobs of *queue*; ``inside`` calls a function inside of the site (see ``run_in_site``)."""

    def __init__(self, queue: Queue, *, threads: int = 1, inside=run_in_site):
        self.queue = queue
        self.inside = inside
        self.presence = Presence(queue, threads)
        self.stopped = threading.Event()
        queue.run = self.run

    def run(self, name: str, kwargs: dict, retries: int, restarts: int) -> bool:
        """Carry out a job.  Return False if it failed and should be tried again, tries permitting."""
        job = find_job(name)
        if job is None:
            logger.warning("Nobody knows the job %s any more; it is dropped", name)
            return True
        noted = self.presence.begin(name, kwargs, restarts)
        began = time.monotonic()
        try:
            self.inside(job.function, kwargs)
        except Exception as error:
            logger.error(
                "Job %s failed, %d tries left\n%s", label(name, kwargs), retries, told(error, kwargs)
            )
            if retries <= 0:
                self.give_up(job, kwargs, error)
            return False
        else:
            logger.info("Job %s done in %.1f s", label(name, kwargs), time.monotonic() - began)
            return True
        finally:
            self.presence.end(noted)

    def give_up(self, job, kwargs: dict, error: object) -> None:
        """Tell the room that *job* has failed for good."""
        if job.on_give_up is None:
            return
        try:
            self.inside(job.on_give_up, kwargs | {"error": f"{type(error).__name__}: {error}"})
        except Exception as another:
            logger.error("Giving up %s failed\n%s", label(job.name, kwargs), told(another, kwargs))

    def recover(self) -> int:
        """Queue again what workers ran that are gone; return how many jobs that were."""
        again = 0
        for left in take_abandoned(self.queue):
            name, kwargs, restarts = left["name"], left["kwargs"], left["restarts"] + 1
            job = find_job(name)
            if job is not None and restarts > RESTARTS:
                logger.error("Job %s was interrupted %d times; it is given up", label(name, kwargs), restarts)
                self.give_up(job, kwargs, InterruptedError("worker died"))
            elif job is not None and not job.minutes:
                logger.warning("Job %s was interrupted; it is queued again", label(name, kwargs))
                self.queue.put(name, kwargs, restarts)
                again += 1
        return again

    def start(self) -> bool:
        """Do what is to be done when a worker starts.  Return False as long as there is no site."""
        try:
            self.inside(lambda: None, {})
        except NoSite:
            return False
        self.presence.beat()
        self.recover()
        for function in start_functions():
            try:
                self.inside(function, {})
            except Exception as error:
                logger.error("%s failed when the worker started\n%s", function.__qualname__, told(error, {}))
        return True

    def queue_periodic(self, now: float | None = None) -> list[str]:
        """Queue the periodic jobs that are due; each by one worker only.  Return their names."""
        minute = int((time.time() if now is None else now) // 60)
        queued = []
        for job in periodic_jobs():
            slot, prefix = minute // job.minutes, f"periodic:{job.name}:"
            if not self.queue.claim(f"{prefix}{slot}"):
                continue
            for key in self.queue.records(prefix):
                if int(key.rpartition(":")[2]) < slot:
                    self.queue.take_record(key)
            self.queue.put(job.name, {})
            queued.append(job.name)
        return queued

    def keep_watch(self) -> None:
        """Beat, queue periodic jobs and look for dead workers until ``stopped`` is set."""
        while not self.stopped.wait(BEAT):
            try:
                self.presence.beat()
                self.queue_periodic()
                self.recover()
            except Exception as error:
                logger.error("The queue cannot be reached: %s", error)


def label(name: str, kwargs: dict) -> str:
    """Return what logs call a job: its name and the thing it is about, no other arguments."""
    return f"{name} ({kwargs['uid']})" if isinstance(kwargs.get("uid"), str) else name


def told(error: BaseException, kwargs: dict) -> str:
    """Return the traceback of *error* without the values of arguments that may be secret."""
    text = "".join(traceback.format_exception(error))
    for key, value in kwargs.items():
        if any(word in key.lower() for word in SECRET_WORDS) and str(value):
            text = text.replace(str(value), "***")
    return text
