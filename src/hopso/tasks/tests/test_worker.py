"""The worker as a process of its own, on a real ZEO server."""

import os
from pathlib import Path
import signal
import subprocess
import sys
import time

import hopso
from hopso.tasks.presence import workers
from hopso.tasks.queue import open_queue
import hopso.tasks.tests.slow_jobs
import pytest


ROOT = Path(hopso.__file__).parents[2]
BIN = ROOT / "bin"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (BIN / "hopso-worker").exists(), reason="needs the scripts of buildout"),
]


def wait_for(ready, seconds=120):
    """Wait until ``ready()`` is true and return what it said."""
    until = time.monotonic() + seconds
    while not (found := ready()):
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)
    return found


class Installation:
    """A database server with a site, and workers."""

    def __init__(self, home):
        sys.path.insert(0, str(ROOT / "instance"))
        try:
            from layout import Layout
        finally:
            sys.path.pop(0)
        self.layout = Layout(home, "localhost", 1)
        self.layout.write()
        self.env = self.layout.environment() | {"HOPSO_QUEUE": str(self.layout.queue)}
        self.queue = open_queue(str(self.layout.queue))
        self.started = []

    def make(self):
        """Start the database server and make a site."""
        self.start(BIN / "runzeo", "-C", self.layout.home / "etc" / "zeo.conf")
        wait_for(self.layout.socket.exists)
        conf = self.layout.zope_conf
        made = subprocess.run([BIN / "hopso-site", "create", "--conf", conf, "--demo", "no"], env=self.env)
        assert made.returncode == 0

    def start(self, *command):
        out = (self.layout.home / "log" / "out").open("ab")
        process = subprocess.Popen([str(word) for word in command], env=self.env, stdout=out, stderr=out)
        self.started.append(process)
        return process

    def worker(self):
        load = "hopso.tasks.tests.slow_jobs"
        return self.start(BIN / "hopso-worker", "--conf", self.layout.zope_conf, "--load", load)

    def stop(self):
        for process in reversed(self.started):
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("worker").resolve())
    try:
        made.make()
        yield made
    finally:
        made.stop()  # also where the site could not be made


def test_jobs_survive_the_death_of_their_worker(installation, tmp_path):
    queue, folder = installation.queue, str(tmp_path)
    first = installation.worker()
    queue.put("tests.unheard_of", {})
    queue.put("tests.slow", {"uid": "a", "folder": folder, "seconds": 300})
    queue.put("tests.slow", {"uid": "b", "folder": folder, "seconds": 0})
    wait_for((tmp_path / "a.begun").exists)
    [record] = workers(queue)
    assert [job["kwargs"]["uid"] for job in record.running] == ["a"]
    assert (record.pid, record.alive(time.time())) == (first.pid, True)

    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    (tmp_path / "a.begun").unlink()
    (tmp_path / "hurry").touch()
    second = installation.worker()
    wait_for((tmp_path / "a.done").exists)
    wait_for((tmp_path / "b.done").exists)
    assert (tmp_path / "a.done").read_text() == "http://localhost:1/hopso"

    # What is running when the worker is told to stop comes to its end.
    (tmp_path / "hurry").unlink()
    queue.put("tests.slow", {"uid": "c", "folder": folder, "seconds": 2})
    queue.put("tests.tell", {"folder": folder})
    wait_for((tmp_path / "c.begun").exists)
    second.send_signal(signal.SIGTERM)
    assert second.wait(60) == 0
    assert (tmp_path / "c.done").exists()
    assert workers(queue) == []

    third = installation.worker()
    wait_for((tmp_path / "told").exists)
    assert sorted((tmp_path / "told").read_text().split()) == ["a", "b", "c"]
    third.send_signal(signal.SIGINT)
    assert third.wait(60) == 0


def test_a_missing_configuration_is_one_clear_error(installation):
    done = subprocess.run([BIN / "hopso-worker"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "--conf" in done.stderr
