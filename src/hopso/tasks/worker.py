"""``hopso-worker``: the process that runs the jobs.

    bin/hopso-worker --conf etc/zope.conf [--workers 2] [--site hopso]

It opens the database like any Zope (usually as a ZEO client).  SIGTERM or
SIGINT: no new job is begun, the running ones may finish within --grace
seconds; what is cut off then is queued again when a worker starts.
"""

import argparse
from functools import partial
import importlib
import logging
import os
import signal
import sys
import threading


logger = logging.getLogger("hopso.tasks")


def main(argv: list[str] | None = None) -> int:
    """Run until told to stop; return the exit status."""
    options = parse(argv)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for noisy in ("huey", "ZEO", "txn", "plone", "chameleon"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for noisy in ("Init", "collective.documentviewer"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    stop = threading.Event()
    # Nothing is at stake while it starts: a signal ends it at once.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *ignored: os._exit(0))
    configure(options.conf)
    for name in options.load:
        importlib.import_module(name)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *ignored: stop.set())
    return work(options, stop)


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="hopso-worker", description="Run the background jobs of Họp Số.")
    parser.add_argument("--conf", required=True, help="zope.conf of the instance")
    parser.add_argument("--workers", type=int, default=1, help="jobs at a time (default 1)")
    parser.add_argument("--site", default=os.environ.get("HOPSO_SITE", ""), help="id of the Plone site")
    parser.add_argument("--grace", type=int, default=30, help="seconds for running jobs when stopped")
    parser.add_argument(
        "--load", action="append", default=[], metavar="MODULE", help="import this as well: it declares jobs"
    )
    options = parser.parse_args(argv)
    if options.workers < 1:
        parser.error("--workers must be at least 1")
    return options


def configure(conf: str) -> None:
    """Load the configuration, every add-on, and open the database."""
    import Zope2
    from Zope2.Startup.run import configure_wsgi

    configure_wsgi(conf)
    Zope2.app()._p_jar.close()


def work(options: argparse.Namespace, stop: threading.Event) -> int:
    """Run jobs until *stop* is set; return the exit status."""
    from hopso.tasks.queue import current_queue
    from hopso.tasks.queue import job_names
    from hopso.tasks.runner import Runner
    from hopso.tasks.site import run_in_site

    queue = current_queue()
    runner = Runner(queue, threads=options.workers, inside=partial(run_in_site, site_id=options.site))
    waited = False
    while not runner.start():
        if not waited:
            logger.info("There is no site yet; waiting for it")
            waited = True
        if stop.wait(2):
            return 0
    consumer = make_consumer(queue.huey, options.workers)
    watch = threading.Thread(target=runner.keep_watch, daemon=True, name="watch")
    watch.start()
    consumer.start()
    logger.info("Ready: %d at a time, jobs %s", options.workers, ", ".join(job_names()) or "none")
    while not stop.wait(5):
        consumer.check_worker_health()
    logger.info("Stopping; running jobs may finish within %d s", options.grace)
    consumer.shutdown_timeout = options.grace
    consumer.stop(graceful=True)
    runner.stopped.set()
    runner.presence.leave()
    close_database()
    sys.stderr.flush()
    # A job that does not come to an end would keep the process alive.
    os._exit(0)


def make_consumer(huey, workers: int):
    """Return huey's consumer, its threads not started, that leaves signals to us."""
    from huey.consumer import Consumer

    class OurConsumer(Consumer):
        def _set_signal_handlers(self):
            """Signals are ours: both of them stop the worker in the same way."""

    return OurConsumer(huey, workers=workers, periodic=False, max_delay=1.0, scheduler_interval=1)


def close_database() -> None:
    """Close the database, so that the server does not have to notice by itself."""
    import Zope2

    try:
        Zope2.DB.close()
    except Exception as error:
        logger.debug("closing the database: %s", error)


if __name__ == "__main__":
    sys.exit(main())
