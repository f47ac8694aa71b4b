"""Jobs for ``test_worker.py``, loaded into real worker processes."""

from pathlib import Path
import time

from hopso.tasks.jobs import on_worker_start
from hopso.tasks.jobs import task
from plone import api


@task("tests.slow")
def slow(uid, folder, seconds):
    """Leave a mark, take some time, change the site, leave another mark."""
    Path(folder, f"{uid}.begun").touch()
    until = time.monotonic() + seconds
    while time.monotonic() < until and not Path(folder, "hurry").exists():
        time.sleep(0.05)
    portal = api.portal.get()
    portal.description = f"{portal.description} {uid}".strip()
    Path(folder, f"{uid}.done").write_text(portal.absolute_url())


@task("tests.tell")
def tell(folder):
    """Write down what earlier jobs have stored."""
    Path(folder, "told").write_text(api.portal.get().description)


@on_worker_start
def started():
    """Show that functions are called when the worker starts."""
    portal = api.portal.get()
    portal.rights = f"{portal.rights or ''}+"
