"""A PostgreSQL server of its own, for tests and benchmarks: loopback, a free port, gone when it is stopped.

PostgreSQL refuses to run as root; then it runs as Debian's user ``postgres``.
"""

import os
from pathlib import Path
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time


USER = "hopso"
PATIENCE = 30


def programs() -> Path | None:
    """Return the folder of initdb and postgres, None if PostgreSQL is missing."""
    found = shutil.which("postgres")
    if found and shutil.which("initdb"):
        return Path(found).parent
    there = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda one: int(one.parts[-3].split(".")[0])
    )
    return there[-1].parent if there else None


def missing() -> str:
    """Return why no server can be started, "" if one can."""
    if programs() is None:
        return "PostgreSQL is missing: sudo apt-get install postgresql"
    if os.geteuid() == 0 and not has_user("postgres"):
        return "PostgreSQL does not run as root, and there is no user postgres"
    return ""


def has_user(name: str) -> bool:
    """Tell whether the system has such a user."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


class Postgres:
    """The server; ``start`` makes its data in a new folder, ``stop`` removes it."""

    def __init__(self):
        # Not below the checkout: the user postgres may not be able to go there.
        self.folder = Path(tempfile.mkdtemp(prefix="hopso-pg-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.password = secrets.token_urlsafe(16)
        self.running: subprocess.Popen | None = None

    @property
    def dsn(self) -> str:
        """How it is reached."""
        return f"dbname=postgres host=127.0.0.1 port={self.port} user={USER} password={self.password}"

    def start(self) -> "Postgres":
        """Make the data, start the server, wait until it listens.  Raises RuntimeError."""
        secret = self.folder / "secret"
        secret.write_text(self.password)
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            for path in (self.folder, secret):
                os.chown(path, account.pw_uid, account.pw_gid)
        data = self.folder / "data"
        init = ["initdb", "-D", data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8"]
        done = subprocess.run(
            self._command(*init, "--no-sync", "--locale=C.UTF-8"),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if done.returncode:
            self.stop()
            raise RuntimeError(f"initdb failed: {done.stderr}")
        secret.unlink()
        # Nothing in it has to outlive a power cut.
        settings = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=60"]
        serve = ["postgres", "-D", data, "-h", "127.0.0.1", "-p", self.port, "-k", self.folder, *settings]
        with (self.folder / "log").open("wb") as out:
            self.running = subprocess.Popen(self._command(*serve), stdout=out, stderr=out, cwd="/")
        until = time.monotonic() + PATIENCE
        while not self._listens():
            if self.running.poll() is not None or time.monotonic() > until:
                told = (self.folder / "log").read_text("utf-8", "replace")
                self.stop()
                raise RuntimeError(f"postgres does not start: {told}")
            time.sleep(0.1)
        return self

    def _command(self, name, *arguments) -> list[str]:
        words = [str(programs() / name), *map(str, arguments)]
        # setpriv replaces itself by the program, so that our signals reach it.
        lower = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
        return ["setpriv", "--pdeathsig=INT", *lower, *words]

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return (self.folder / "data" / "postmaster.pid").exists()

    def stop(self) -> None:
        """End the server, its connections too, and remove its data."""
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(signal.SIGINT)
            try:
                self.running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.running.send_signal(signal.SIGQUIT)
                self.running.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
