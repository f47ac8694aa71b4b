#!/usr/bin/env python3
"""Make everything that running and testing need: virtualenv, eggs, scripts in bin/.

    python3 instance/prepare.py [--test]

Quick when nothing has changed.  --test adds what only tests need.
"""

import sys


# Before anything that an old Python cannot read.
if sys.version_info < (3, 9):  # noqa: UP036
    sys.exit("Python 3.11, 3.12 or 3.13 is needed; this is %d.%d." % sys.version_info[:2])  # noqa: UP031

import argparse
from ctypes.util import find_library
import os
from pathlib import Path
import shutil
import subprocess
import sysconfig

import common
from common import apt_install
from common import ROOT
from common import say
from common import trouble
from common import VENV


LOG = ROOT / "var" / "log" / "prepare.log"
# Program (or a check of ours) -> Debian packages that bring it.
PROGRAMS = {
    "soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui", "libreoffice-impress-nogui"),
    "tesseract": ("tesseract-ocr", "tesseract-ocr-vie", "tesseract-ocr-eng"),
    "fonts": ("fonts-croscore", "fonts-dejavu-core"),
    "pango": ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
}
# python-ldap is compiled.
LDAP_PROGRAMS = {"ldap.h": ("libldap-dev", "libsasl2-dev", "gcc", "libc6-dev", "python3-dev")}
TEST_PROGRAMS = {
    "chromium": ("chromium",),
    "slapd": ("slapd",),
    "postgres": ("postgresql",),
    **LDAP_PROGRAMS,
}
SETUP_FILES = ("setup.py", "buildout.cfg", "versions.cfg", "instance/eggs.txt", "requirements.txt")
# Extras of the package: logins by a directory, PostgreSQL; wanted in production by HOPSO_EXTRAS, always in tests.
EXTRAS = ("ldap", "oidc", "relstorage")


def main() -> int:
    """Prepare; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--test", action="store_true", help="also what tests need")
    options = parser.parse_args()
    check_python()
    asked = wanted_extras()
    # Before the eggs, because one of them is compiled.
    programs(PROGRAMS | (TEST_PROGRAMS if options.test else LDAP_PROGRAMS if "ldap" in asked else {}))
    scripts(asked, also=set(EXTRAS) if options.test else set())
    if options.test:
        tools()
    return 0


def wanted_extras() -> set[str]:
    """Return the extras that HOPSO_EXTRAS names: "ldap" or "ldap,oidc,relstorage"."""
    asked = {one.strip() for one in os.environ.get("HOPSO_EXTRAS", "").split(",")} - {""}
    unknown = ", ".join(sorted(asked - set(EXTRAS)))
    if unknown:
        raise trouble(
            f"HOPSO_EXTRAS names {unknown}; there are {', '.join(EXTRAS)}",
            f"HOPSO_EXTRAS có {unknown}; chỉ có {', '.join(EXTRAS)}",
        )
    return asked


def check_python() -> None:
    """Continue with a Python that we support; raise Trouble if there is none."""
    low, high = common.SUPPORTED
    if low <= sys.version_info[:2] <= high:
        return
    for minor in range(high[1], low[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            os.execv(other, [other, *sys.argv])  # noqa: S606
    version = "{}.{}".format(*sys.version_info[:2])
    raise trouble(
        f"Python 3.11, 3.12 or 3.13 is needed, python3 is {version} (make PYTHON=… names another one)",
        f"cần Python 3.11, 3.12 hoặc 3.13, python3 ở đây là {version} (make PYTHON=… để chọn bản khác)",
    )


def scripts(extras: set[str], also: set[str]) -> None:
    """Make the virtualenv, the eggs and bin/, unless that is done already.

    *extras* have to be there; those of *also* are left out where they cannot be built.
    """
    stamp = VENV / ".hopso-scripts"
    wanted = common.digest(sys.version, str(ROOT), *(ROOT / name for name in SETUP_FILES))
    built, _space, there = (stamp.read_text() if stamp.is_file() else "").partition(" ")
    kept = set(there.split(",")) & set(EXTRAS) if built == wanted else set()
    also = {one for one in also if one != "ldap" or has("ldap.h")}
    if built == wanted and extras | also <= kept and (ROOT / "bin" / "hopso-worker").exists():
        return
    # What is there stays: running after testing must not build everything anew.
    extras = extras | kept
    common.check_space(ROOT, 500)
    common.check_space(common.cache_folder(), 1500)
    say(
        "Preparing (the first time takes some minutes) …",
        "Đang chuẩn bị (lần đầu mất vài phút) …",
    )
    virtualenv()
    python, eggs = VENV / "bin" / "python", common.cache_folder() / "eggs"
    step([python, "-m", "pip", "install", "-q", "-r", "requirements.txt"])
    if not (also - extras and quiet(*build(python, eggs, extras | also))):
        for command in build(python, eggs, extras):
            step(command)
    else:
        extras |= also
    stamp.write_text(f"{wanted} {','.join(sorted(extras))}")


def build(python, eggs, extras: set[str]) -> tuple:
    """Return the commands that make eggs and bin/ with these extras."""
    chosen = ",".join(["test", *sorted(extras)])
    return (
        [python, "-W", "ignore", "instance/eggs.py", eggs, *sorted(extras)],
        [VENV / "bin" / "buildout", "-N", f"buildout:eggs-directory={eggs}", f"scripts:extras={chosen}"],
    )


def virtualenv() -> None:
    """Make .venv, with python3-venv from Debian if that is missing."""
    python = VENV / "bin" / "python"
    if python.exists() and (VENV / "bin" / "pip").exists():
        return
    command = [sys.executable, "-m", "venv", str(VENV)]
    if quiet(command):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    package = "python3-venv"
    if apt_install([package], LOG) and quiet(command):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    raise trouble(
        f"the Debian package {package} is missing: sudo apt-get install {package}",
        f"thiếu gói Debian {package}: sudo apt-get install {package}",
    )


def tools() -> None:
    """Install what only tests need into the virtualenv."""
    needed, alone = ROOT / "requirements-dev.txt", ROOT / "requirements-dev-alone.txt"
    stamp, wanted = VENV / ".hopso-tools", common.digest(sys.version, needed, alone)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say("Fetching the tools for tests …", "Đang tải công cụ kiểm thử …")
    step([VENV / "bin" / "python", "-m", "pip", "install", "-q", "-r", needed])
    step([VENV / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps", "-r", alone])
    stamp.write_text(wanted)


def quiet(*commands) -> bool:
    """Run *commands* into the log until one fails; tell whether all worked."""
    return all(_quiet(command) for command in commands)


def _quiet(command) -> bool:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_RETRIES": "2"}
    with LOG.open("ab") as out:
        out.write(f"$ {' '.join(map(str, command))}\n".encode())
        out.flush()
        arguments = [str(word) for word in command]
        return (
            subprocess.run(arguments, cwd=ROOT, env=env, stdout=out, stderr=out, check=False).returncode == 0
        )


def step(command) -> None:
    """Run *command* into the log; raise Trouble with the likely reason if it fails."""
    begin = LOG.stat().st_size if LOG.exists() else 0
    if quiet(command):
        return
    told = LOG.read_bytes()[begin:].decode("utf-8", "replace")
    name = LOG.relative_to(ROOT)
    if "No space left" in told:
        raise trouble(f"no space left on the disk (see {name})", f"hết dung lượng đĩa (xem {name})")
    if any(word in told for word in NETWORK_ERRORS):
        raise trouble(
            f"packages could not be fetched: the first run needs the network (see {name})",
            f"không tải được gói phần mềm: lần chạy đầu cần mạng (xem {name})",
        )
    raise trouble(
        f"{Path(command[0]).name} failed, see {name}", f"{Path(command[0]).name} bị lỗi, xem {name}"
    )


NETWORK_ERRORS = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "NewConnectionError",
    "Connection refused",
    "Connection to ",
    "ConnectTimeout",
    "Network is unreachable",
    "No matching distribution found",
    "Couldn't find a distribution",
    "ProxyError",
)


def programs(wanted: dict) -> None:
    """Install Debian packages where that needs no question; name what stays missing."""
    missing = [name for name in wanted if not has(name)]
    if not missing:
        return
    packages = [package for name in missing for package in wanted[name]]
    # Tried once for the same list: a run without network must not wait for it each time.
    # Beside the log, because on a bare machine there is no virtualenv yet.
    stamp, tried = LOG.parent / "programs-tried", common.digest(*packages)
    if not (stamp.is_file() and stamp.read_text() == tried):
        say(
            f"Installing {' '.join(packages)} …",
            f"Đang cài đặt {' '.join(packages)} …",
        )
        apt_install(packages, LOG)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(tried)
    missing = [name for name in missing if not has(name)]
    if missing:
        packages = [package for name in missing for package in wanted[name]]
        say(
            f"Missing, some features stay off: sudo apt-get install {' '.join(packages)}",
            f"Còn thiếu, một số chức năng bị tắt: sudo apt-get install {' '.join(packages)}",
        )


def has(name: str) -> bool:
    """Tell whether a program (or fonts, or Tesseract with Vietnamese) is there."""
    if name == "fonts":
        return any(Path("/usr/share/fonts").rglob("Tinos-Regular.ttf"))
    if name == "ldap.h":
        headers = (Path("/usr/include/ldap.h"), Path("/usr/include/sasl/sasl.h"))
        python = Path(sysconfig.get_path("include"), "Python.h")
        return shutil.which("gcc") is not None and all(one.exists() for one in (*headers, python))
    if name == "pango":
        return all(find_library(one) for one in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))
    if name == "postgres":
        # Debian keeps it out of the way, a version each.
        return bool(shutil.which(name) or list(Path("/usr/lib/postgresql").glob("*/bin/postgres")))
    if name == "slapd":
        return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None
    if name == "tesseract" and shutil.which("tesseract"):
        asked = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
        return {"vie", "eng"} <= set(asked.stdout.split())
    return shutil.which(name) is not None


if __name__ == "__main__":
    common.run_main(main)
