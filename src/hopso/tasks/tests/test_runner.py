"""How a worker carries out jobs; without a site."""

import os
import socket
import time

from hopso.tasks import queue as tasks
from hopso.tasks.jobs import _jobs
from hopso.tasks.jobs import _on_start
from hopso.tasks.jobs import on_worker_start
from hopso.tasks.jobs import periodic
from hopso.tasks.jobs import task
from hopso.tasks.presence import GONE
from hopso.tasks.presence import Presence
from hopso.tasks.presence import workers
from hopso.tasks.runner import RESTARTS
from hopso.tasks.runner import Runner
from hopso.tasks.site import NoSite
import pytest


@pytest.fixture
def declared(monkeypatch):
    """Jobs declared in a test end with it."""
    monkeypatch.setattr("hopso.tasks.jobs._jobs", dict(_jobs))
    monkeypatch.setattr("hopso.tasks.jobs._on_start", [])
    return _on_start


@pytest.fixture
def runner(jobs):
    return Runner(jobs, inside=lambda function, kwargs: function(**kwargs))


def drain(queue):
    """Run what waits; return how many jobs that were."""
    done = 0
    while (carried := queue.huey.dequeue()) is not None:
        queue.huey.execute(carried)
        done += 1
    return done


def test_a_job_gets_its_arguments(jobs, runner, declared):
    seen = []
    task("t.seen")(lambda uid: seen.append(uid))
    tasks.enqueue("t.seen", uid="a")
    assert drain(jobs) == 1
    assert seen == ["a"]
    assert runner.presence.record.running == []


def test_an_unknown_job_is_dropped(jobs, runner, declared, caplog):
    jobs.put("t.unheard_of", {"uid": "a"})
    assert drain(jobs) == 1
    assert jobs.waiting() == jobs.delayed() == 0
    assert "t.unheard_of any more" in caplog.text


def test_a_failing_job_is_tried_again_and_given_up(jobs, runner, declared):
    tried, given_up = [], []

    @task("t.fails", retries=2, retry_delay=0, on_give_up=lambda **kw: given_up.append(kw))
    def fails(uid):
        tried.append(uid)
        raise ValueError("broken file")

    tasks.enqueue("t.fails", uid="a")
    assert drain(jobs) == 3
    assert tried == ["a"] * 3
    assert given_up == [{"uid": "a", "error": "ValueError: broken file"}]


def test_logs_tell_no_secrets(jobs, runner, declared, caplog):
    @task("t.mail")
    def mail(password, uid):
        raise ValueError(f"login with {password} refused")

    tasks.enqueue("t.mail", password="s3cr3t!", uid="a")
    drain(jobs)
    assert "t.mail (a) failed" in caplog.text
    assert "login with *** refused" in caplog.text
    assert "s3cr3t!" not in caplog.text


def test_one_bad_job_does_not_stop_others(jobs, runner, declared):
    seen = []

    @task("t.either")
    def either(uid):
        if uid == "bad":
            raise RuntimeError(uid)
        seen.append(uid)

    for uid in ("a", "bad", "b"):
        tasks.enqueue("t.either", uid=uid)
    drain(jobs)
    assert seen == ["a", "b"]


def die_with(queue, name, restarts=0, pid=2**22 + 1):
    """Leave the record of a worker that was killed while it ran the job *name*."""
    dead = Presence(queue, 1)
    dead.record.pid = pid
    dead.begin(name, {"uid": "a"}, restarts)
    return dead


def test_the_job_of_a_killed_worker_is_queued_again(jobs, runner, declared):
    task("t.long")(lambda uid: None)
    die_with(jobs, "t.long")
    assert runner.recover() == 1
    assert jobs.waiting() == 1
    assert runner.recover() == 0


def test_a_job_that_kills_workers_is_given_up(jobs, runner, declared):
    given_up = []
    task("t.deadly", on_give_up=lambda **kw: given_up.append(kw["uid"]))(lambda uid: None)
    die_with(jobs, "t.deadly", restarts=RESTARTS)
    assert runner.recover() == 0
    assert given_up == ["a"]


def test_living_workers_keep_their_jobs(jobs, runner, declared):
    task("t.long")(lambda uid: None)
    alive = die_with(jobs, "t.long", pid=os.getpid())
    assert runner.recover() == 0
    assert [one.id for one in workers(jobs)] == [alive.record.id]


@pytest.mark.parametrize(
    ("host", "pid", "age", "alive"),
    [
        (socket.gethostname(), os.getpid(), 1, True),
        (socket.gethostname(), 2**22 + 1, 1, False),
        ("another.machine", 2**22 + 1, 1, True),
        ("another.machine", 1, GONE + 1, False),
        (socket.gethostname(), os.getpid(), GONE + 1, False),
    ],
)
def test_who_is_alive(jobs, host, pid, age, alive):
    record = Presence(jobs, 1).record
    record.host, record.pid, record.seen = host, pid, time.time() - age
    assert record.alive(time.time()) is alive


def test_leaving(jobs, runner):
    runner.presence.beat()
    assert len(workers(jobs)) == 1
    runner.presence.leave()
    assert workers(jobs) == []


def test_start_waits_for_the_site_and_goes_on_after_errors(jobs, declared):
    called, there = [], []

    def inside(function, kwargs):
        if not there:
            raise NoSite
        return function(**kwargs)

    @on_worker_start
    def broken():
        raise RuntimeError("no")

    on_worker_start(lambda: called.append("second"))
    runner = Runner(jobs, inside=inside)
    assert runner.start() is False
    there.append(True)
    assert runner.start() is True
    assert called == ["second"]


def test_periodic_jobs_are_queued_once_a_slot(jobs, declared):
    ran = []
    periodic("t.clock", minutes=5)(lambda: ran.append(1))
    one, two = (Runner(jobs, inside=lambda function, kwargs: function(**kwargs)) for _ in "ab")
    noon = 60 * 5 * 1_000_000
    queued = [who.queue_periodic(noon + shift) for shift in (0, 100, 301) for who in (one, two)]
    assert [names.count("t.clock") for names in queued] == [1, 0, 0, 0, 1, 0]
    assert len(jobs.records("periodic:t.clock:")) == 1
    drain(jobs)
    assert ran == [1, 1]
