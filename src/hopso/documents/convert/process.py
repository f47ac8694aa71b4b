"""Running foreign programs with limits, and getting rid of all of their children."""

from contextlib import contextmanager
from contextlib import suppress
import os
import shutil
import signal
import subprocess


class ConversionError(Exception):
    """A file cannot be turned into pages; ``reason`` is a key of ``conversion.REASONS``."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def limited(command, *, memory: int, cpu: int, file_size: int) -> list[str]:
    """Return *command* under limits of address space and file size (bytes) and CPU time (seconds)."""
    prlimit = shutil.which("prlimit")
    if prlimit is None:
        return list(command)
    return [prlimit, f"--as={memory}", f"--cpu={cpu}", f"--fsize={file_size}", "--core=0", "--", *command]


@contextmanager
def running(command, **options):
    """Run *command* as the head of a process group; the whole group is dead at the end."""
    process = subprocess.Popen(command, start_new_session=True, **options)  # noqa: S603  (our own commands)
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process) -> None:
    """Kill a process and everything it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.close()
