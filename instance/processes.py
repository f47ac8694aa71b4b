"""A small supervisor: starts processes in order, watches them, stops them in the reverse order.

Not honcho, because it starts everything at the same moment: the site has to be
made after the database server is up and before Zope opens its port.
"""

from dataclasses import dataclass
from dataclasses import field
import os
from pathlib import Path
import signal
import subprocess
import time

from common import say
from common import trouble


# Seconds from the signal to the end; a worker may finish a document.
PATIENCE = 40
# A process that dies so often within a minute is not started again.
DEATHS = 5


@dataclass
class Process:
    """One program; its output goes to *log*."""

    name: str
    command: list
    log: Path
    env: dict
    running: subprocess.Popen | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C is for the supervisor alone."""
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(
                [str(word) for word in self.command],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    @property
    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def tail(self, lines: int = 15) -> str:
        """Return the end of the log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])


def die_with_parent() -> None:
    """Have the system end this process if the supervisor is killed (Linux)."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    except (OSError, AttributeError):
        pass


class Supervisor:
    """Keeps *processes* running until ``stop``."""

    def __init__(self):
        self.processes: list[Process] = []
        self.stopping = False

    def add(self, process: Process) -> Process:
        """Start a process and look after it from now on."""
        process.start()
        self.processes.append(process)
        return process

    def wait_for(self, process: Process, ready, seconds: float) -> None:
        """Wait until ``ready()``; raise Trouble if the process ends or it takes too long."""
        until = time.monotonic() + seconds
        while not ready():
            if self.stopping:
                raise KeyboardInterrupt
            if not process.alive:
                raise trouble(
                    f"{process.name} ended, see {process.log}\n{process.tail()}",
                    f"{process.name} đã dừng, xem {process.log}\n{process.tail()}",
                )
            if time.monotonic() > until:
                raise trouble(
                    f"{process.name} does not answer after {seconds:.0f} s, see {process.log}",
                    f"{process.name} không trả lời sau {seconds:.0f} giây, xem {process.log}",
                )
            time.sleep(0.2)

    def watch(self) -> None:
        """Start again what dies, until ``stopping`` is set; raise Trouble if that does not help."""
        while not self.stopping:
            for process in self.processes:
                if not process.alive and not self.stopping:
                    self._again(process)
            time.sleep(0.5)

    def _again(self, process: Process) -> None:
        now = time.monotonic()
        process.deaths = [moment for moment in process.deaths if now - moment < 60] + [now]
        if len(process.deaths) >= DEATHS:
            raise trouble(
                f"{process.name} keeps ending, see {process.log}\n{process.tail()}",
                f"{process.name} liên tục dừng, xem {process.log}\n{process.tail()}",
            )
        say(
            f"{process.name} ended (status {process.running.returncode}); it is started again",
            f"{process.name} đã dừng (mã {process.running.returncode}); đang khởi động lại",
        )
        process.start()

    def stop(self) -> None:
        """Stop everything, the last started first."""
        self.stopping = True
        for process in reversed(self.processes):
            if not process.alive:
                continue
            process.running.terminate()
            try:
                process.running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.running.pid, signal.SIGKILL)
                process.running.wait()
