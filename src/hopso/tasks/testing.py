"""Jobs in tests: they wait in memory until the test lets them run.

    enqueue_after_commit("documents.convert", uid=uid)   # by the code under test
    run_all()

``conftest.py`` uses the fixture ``jobs`` for every test.
"""

from hopso.tasks import queue as tasks
from hopso.tasks.jobs import find_job
from hopso.tasks.site import all_rights
from plone import api
import pytest
import transaction


@pytest.fixture(autouse=True)
def jobs():
    """An empty queue in memory for each test."""
    fresh = tasks.memory_queue()
    former = tasks.use_queue(fresh)
    yield fresh
    tasks.use_queue(former)


def waiting() -> list[tuple[str, dict]]:
    """Return (name, arguments) of what waits: first what is committed, then what still is not."""
    return _committed(tasks.current_queue()) + list(tasks.pending().values())


def run_all(limit: int = 1000) -> list[tuple[str, dict]]:
    """Run what waits, and what that enqueues, as the worker would; return (name, arguments) of each.

    Jobs of the transaction in hand run inside of it, without a commit, so that
    tests on the integration layer can use them; jobs of committed transactions
    are committed one by one.  An error of a job is raised.
    """
    done: list[tuple[str, dict]] = []
    while len(done) < limit:
        carried = tasks.current_queue().huey.dequeue()
        if carried is not None:
            name, kwargs = carried.args[:2]
            transaction.begin()
            _run(name, kwargs)
            transaction.commit()
            done.append((name, kwargs))
            continue
        wanted = tasks.pending()
        if not wanted:
            return done
        name, kwargs = wanted.pop(next(iter(wanted)))
        _run(name, kwargs)
        done.append((name, kwargs))
    raise AssertionError(f"more than {limit} jobs: {done[-3:]}")


def _run(name, kwargs):
    with all_rights(api.portal.get_tool("acl_users")):
        find_job(name).function(**kwargs)


def _committed(queue):
    found = []
    for data in queue.huey.storage.enqueued_items():
        found.append(tuple(queue.huey.serializer.deserialize(data).args[:2]))
    return found
