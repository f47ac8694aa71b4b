"""A real LDAP server on a port of its own, with a temporary database."""

from importlib.util import find_spec
import os
from pathlib import Path
import shutil
import socket
import subprocess
import time

import pytest


SLAPD = shutil.which("slapd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
SUFFIX = "dc=haison,dc=example"
ADMIN, SECRET = f"cn=admin,{SUFFIX}", "bi-mat-thu-muc"
CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile {folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
maxsize 10485760
suffix "{suffix}"
rootdn "{admin}"
rootpw {secret}
directory {folder}/data
"""
# uid, name, address, telephone, unit, password
PEOPLE = (
    (
        "nvbinh",
        "Nguyễn Văn Bình",
        "chutri@example.vn",
        "0912 345 678",
        "Ủy ban nhân dân tỉnh",
        "Thu-muc-2026",
    ),
    ("tvquan", "Trần Văn Quản", "admin_vp@example.vn", "", "Văn phòng", "Thu-muc-2026"),
    ("chuaco", "Lý Chưa Có", "chuaco@example.vn", "", "Văn phòng", "Thu-muc-2026"),
    ("daibieu", "Phạm Quang", "khac@example.vn", "", "Sở Nội vụ", "Thu-muc-2026"),
)


def required() -> bool:
    """Tell whether what is missing is an error: on the build server."""
    return bool(os.environ.get("CI"))


def missing() -> str:
    """Return why these tests cannot run here, "" if they can."""
    if SLAPD is None:
        return "slapd is missing: sudo apt-get install slapd ldap-utils"
    if not installed("pas.plugins.ldap"):
        return "the extra ldap is missing: sudo apt-get install libldap-dev libsasl2-dev gcc python3-dev"
    return ""


def installed(name: str) -> bool:
    """Tell whether a package is there."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


class Slapd:
    """The server; ``stop`` and ``start`` as often as a test likes."""

    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "data").mkdir()
        values = {"folder": folder, "suffix": SUFFIX, "admin": ADMIN, "secret": SECRET}
        (folder / "slapd.conf").write_text(CONFIGURATION.format(**values))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.uri = f"ldap://127.0.0.1:{self.port}"
        self.base = f"ou=people,{SUFFIX}"
        self.process = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [SLAPD, "-f", str(self.folder / "slapd.conf"), "-h", self.uri, "-d", "0"]
        self.process = subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError("slapd does not start")

    def stop(self) -> None:
        """Stop it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def connection(self):
        """Return a connection of the administrator."""
        import ldap

        connection = ldap.initialize(self.uri)
        connection.simple_bind_s(ADMIN, SECRET)
        return connection

    def fill(self) -> None:
        """Put the people in."""
        connection = self.connection()
        connection.add_s(SUFFIX, _entry(objectClass=("dcObject", "organization"), o="Hải Sơn", dc="haison"))
        connection.add_s(self.base, _entry(objectClass="organizationalUnit", ou="people"))
        for person in PEOPLE:
            self.add(*person, connection=connection)
        connection.unbind_s()

    def add(self, uid, name, email, phone, unit, password, connection=None) -> None:
        """Put one person in."""
        values = {
            "uid": uid,
            "cn": name,
            "sn": name.split()[0],
            "mail": email,
            "ou": unit,
            "userPassword": password,
        }
        values |= {"telephoneNumber": phone} if phone else {}
        entry = _entry(objectClass="inetOrgPerson", **values)
        (connection or self.connection()).add_s(f"uid={uid},{self.base}", entry)

    def change(self, uid, **values) -> None:
        """Change attributes of a person."""
        import ldap

        changes = [(ldap.MOD_REPLACE, name, [value.encode()]) for name, value in values.items()]
        self.connection().modify_s(f"uid={uid},{self.base}", changes)


def _entry(**values):
    return [
        (name, [one.encode() for one in (value if isinstance(value, tuple) else (value,))])
        for name, value in values.items()
    ]


@pytest.fixture(scope="module")
def slapd_running(tmp_path_factory):
    reason = missing()
    if reason and not required():
        pytest.skip(reason)
    assert not reason, reason
    server = Slapd(tmp_path_factory.mktemp("slapd"))
    server.start()
    server.fill()
    yield server
    server.stop()


@pytest.fixture
def slapd(slapd_running):
    """The server, running whatever the test before did."""
    if slapd_running.process is None:
        slapd_running.start()
    return slapd_running


def use(slapd, **chosen) -> None:
    """Switch the directory on in the present site."""
    from hopso.accounts.directory import door
    from hopso.accounts.directory import ldap

    ldap.configure(
        uri=slapd.uri,
        user=ADMIN,
        password=SECRET,
        base=slapd.base,
        filter="(objectClass=inetOrgPerson)",
        start_tls=False,
        ca_file="",
    )
    for name, value in {"ldap_on": True, "exclusive": True, **chosen}.items():
        setattr(door.settings(), name, value)
