"""Folders and configuration of one installation, made from the templates."""

from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
import hashlib
import os
from pathlib import Path
import secrets
import tempfile

from common import ROOT


TEMPLATES = ROOT / "instance" / "templates"
TIME_ZONE = "Asia/Ho_Chi_Minh"
FOLDERS = ("etc", "log", "cache", "filestorage", "blobstorage", "import")
# The system allows 107 bytes for the path of a socket.
LONGEST_SOCKET = 100


@dataclass(frozen=True)
class Layout:
    """Where the parts of the installation *home* are, and how it is reached."""

    home: Path
    host: str
    port: int
    threads: int = 4
    # How PostgreSQL is reached ("dbname=hopso host=/run/postgresql"); empty: the database is a ZEO server's.
    dsn: str = ""

    @property
    def zope_conf(self) -> Path:
        return self.home / "etc" / "zope.conf"

    @property
    def queue(self) -> Path:
        """Where the code looks for the queue by itself, too."""
        return self.home / "hopso-queue.sqlite"

    @property
    def password_file(self) -> Path:
        return self.home / "admin-password"

    @property
    def audit_keys(self) -> Path:
        """With what the audit log is sealed."""
        return self.home / "audit-keys"

    @property
    def code_keys(self) -> Path:
        """With what the secrets of one-time codes are encrypted."""
        return self.home / "code-keys"

    @property
    def site_stamp(self) -> Path:
        return self.home / "site-made"

    @property
    def url(self) -> str:
        """The address of the site as people type it."""
        # The theme is for names, not for 127.0.0.1; and nobody can type 0.0.0.0.
        name = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "::1", "") else self.host  # noqa: S104
        return f"http://{name}:{self.port}/hopso"

    @property
    def socket(self) -> Path:
        """The ZEO server's socket; in the folder for temporary files if *home* is too deep."""
        wanted = self.home / "zeo.sock"
        if len(os.fsencode(wanted)) <= LONGEST_SOCKET:
            return wanted
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        folder = (
            Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"hopso-{os.getuid()}-{name}"
        )
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / "zeo.sock"

    def environment(self) -> dict[str, str]:
        """Return what all processes find in their environment."""
        given = {
            "HOPSO_QUEUE": str(self.queue),
            "HOPSO_URL": self.url,
            "HOPSO_SITE": "hopso",
            "TZ": TIME_ZONE,
            "PYTHONUNBUFFERED": "1",
            "PYTHONHASHSEED": "random",
            "zope_i18n_compile_mo_files": "true",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }
        # What the person set goes first: a Redis queue, the address behind a proxy.
        return os.environ | {key: os.environ.get(key) or value for key, value in given.items()}

    def write(self) -> None:
        """Make folders and configuration; the data is left alone."""
        for name in FOLDERS:
            (self.home / name).mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o750)
        (self.home / "blobstorage").chmod(0o700)
        host = f"[{self.host}]" if ":" in self.host else self.host
        values = {
            "INSTANCE": self.home,
            "SOCKET": self.socket,
            "LISTEN": f"{host}:{self.port}",
            "THREADS": self.threads,
            "POOL": self.threads + 3,
            "BLOBS": "blobstorage",
            "SHARED": "yes",
            "TZ": TIME_ZONE,
            "IMPORT": "%import relstorage" if self.dsn else "",
            "DSN": self.dsn,
        }
        storage = filled("relstorage.conf" if self.dsn else "zeoclient.conf", values)
        values = {"STORAGE": storage.rstrip("\n"), **values}
        for name in ("zeo.conf", "zope.conf", "wsgi.ini"):
            (self.home / "etc" / name).write_text(filled(name, values), "utf-8")
        self.make_audit_key()
        self.make_code_key()
        (self.home / "etc" / "site.zcml").write_text((TEMPLATES / "site.zcml").read_text("utf-8"), "utf-8")

    def make_audit_key(self) -> None:
        """Make the first key of the audit log, unless there is one; ``hopso-audit new-key`` adds more."""
        if self.audit_keys.exists():
            return
        now = datetime.now(UTC).replace(microsecond=0)
        line = f"k{now:%Y%m%d}-{secrets.token_hex(3)} {now.isoformat()} {secrets.token_hex(32)}\n"
        with os.fdopen(os.open(self.audit_keys, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(line)

    def make_code_key(self) -> None:
        """Make the key of one-time codes, unless there is one; a new first line replaces it."""
        if self.code_keys.exists():
            return
        with os.fdopen(os.open(self.code_keys, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(32) + "\n")


def filled(name: str, values: dict) -> str:
    """Return the template *name* with its @WORDS@ replaced."""
    found = (TEMPLATES / f"{name}.in").read_text("utf-8")
    for key, value in values.items():
        found = found.replace(f"@{key}@", str(value))
    return found
