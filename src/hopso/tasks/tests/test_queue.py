"""Jobs are queued by a commit and by nothing else."""

from hopso.tasks import queue as tasks
from hopso.tasks.jobs import find_job
from hopso.tasks.jobs import periodic
from hopso.tasks.jobs import task
from hopso.tasks.testing import waiting
import pytest
import transaction


@task("tests.note", retries=2, retry_delay=7)
def note(uid, more=None):
    """Do nothing; tests look at the queue."""


@pytest.fixture(autouse=True)
def clean_transaction():
    transaction.abort()
    yield
    transaction.abort()


def committed(queue):
    """Return the names and arguments that stand in the queue."""
    return [
        tuple(queue.huey.serializer.deserialize(data).args[:2])
        for data in queue.huey.storage.enqueued_items()
    ]


def test_commit_queues(jobs):
    tasks.enqueue_after_commit("tests.note", uid="a")
    assert committed(jobs) == []
    transaction.commit()
    assert committed(jobs) == [("tests.note", {"uid": "a"})]


def test_abort_queues_nothing(jobs):
    tasks.enqueue_after_commit("tests.note", uid="a")
    transaction.abort()
    transaction.commit()
    assert committed(jobs) == []


def test_failed_commit_queues_nothing(jobs):
    class Refuses:
        transaction_manager = transaction.manager

        def tpc_vote(self, transaction):
            raise RuntimeError("no")

        def sortKey(self):
            return "refuses"

        def nothing(self, transaction):
            pass

        abort = commit = tpc_begin = tpc_finish = tpc_abort = nothing

    tasks.enqueue_after_commit("tests.note", uid="a")
    transaction.get().join(Refuses())
    with pytest.raises(RuntimeError):
        transaction.commit()
    transaction.abort()
    assert committed(jobs) == []


def test_identical_jobs_of_a_transaction_collapse(jobs):
    tasks.enqueue_after_commit("tests.note", uid="a", more=[1])
    tasks.enqueue_after_commit("tests.note", more=[1], uid="a")
    tasks.enqueue_after_commit("tests.note", uid="b")
    transaction.commit()
    assert [kwargs["uid"] for _, kwargs in committed(jobs)] == ["a", "b"]
    tasks.enqueue_after_commit("tests.note", uid="a", more=[1])
    transaction.commit()
    assert jobs.waiting() == 3


@pytest.mark.parametrize(
    ("name", "kwargs", "error"),
    [("tests.unheard_of", {}, LookupError), ("tests.note", {"uid": object()}, TypeError)],
)
def test_what_cannot_be_queued_is_refused_at_once(name, kwargs, error):
    with pytest.raises(error):
        tasks.enqueue_after_commit(name, **kwargs)
    with pytest.raises(error):
        tasks.enqueue(name, **kwargs)


def test_a_queue_that_fails_does_not_undo_the_commit(jobs, caplog):
    def broken(*args):
        raise OSError("disk full")

    jobs.put = broken
    tasks.enqueue_after_commit("tests.note", uid="a", more="hidden")
    transaction.commit()
    assert "tests.note (a) could not be queued" in caplog.text
    assert "hidden" not in caplog.text


def test_waiting_shows_what_is_pending_too(jobs):
    tasks.enqueue("tests.note", uid="now")
    tasks.enqueue_after_commit("tests.note", uid="later")
    assert [kwargs["uid"] for _, kwargs in waiting()] == ["now", "later"]


def test_a_file_keeps_the_queue(tmp_path, monkeypatch):
    where = str(tmp_path / "deep" / "queue.sqlite")
    tasks.open_queue(where).put("tests.note", {"uid": "Điều 6"})
    again = tasks.open_queue(where)
    carried = again.huey.dequeue()
    assert carried.args[:2] == ("tests.note", {"uid": "Điều 6"})
    assert (carried.retries, carried.retry_delay) == (2, 7)
    assert again.waiting() == 0


def test_a_job_tried_again_later_survives_in_the_file(tmp_path):
    where = str(tmp_path / "queue.sqlite")
    queue = tasks.open_queue(where)
    queue.run = lambda name, kwargs, retries, restarts: False
    queue.put("tests.note", {"uid": "a"})
    queue.huey.execute(queue.huey.dequeue())
    again = tasks.open_queue(where)
    assert (again.waiting(), again.delayed()) == (0, 1)


def test_records_are_taken_once(tmp_path):
    queue = tasks.open_queue(str(tmp_path / "queue.sqlite"))
    queue.write_record("worker:a", {"pid": 1})
    assert queue.records("worker:") == {"worker:a": {"pid": 1}}
    assert queue.take_record("worker:a") == {"pid": 1}
    assert queue.take_record("worker:a") is None
    assert queue.claim("slot:1")
    assert not queue.claim("slot:1")


def test_address_of_the_queue(monkeypatch):
    monkeypatch.setenv("HOPSO_QUEUE", " /srv/queue.sqlite ")
    assert tasks.queue_address() == "/srv/queue.sqlite"


def test_names_are_used_once():
    with pytest.raises(ValueError, match=r"tests\.note"):
        task("tests.note")(len)
    with pytest.raises(ValueError, match="at least 1"):
        periodic("tests.periodic", minutes=0)
    assert find_job("tests.note").function is note
