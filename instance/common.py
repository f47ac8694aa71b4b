"""What the scripts of this folder share: where things are, and how they speak.

Standard library only: they run before anything is installed.
"""

import errno
import hashlib
import os
from pathlib import Path
import shutil
import subprocess
import sys


ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SUPPORTED = ((3, 11), (3, 13))


class Trouble(Exception):
    """Something that a person can put right; the text says what, in one line."""


def vietnamese() -> bool:
    """Tell whether the terminal speaks Vietnamese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].lower().startswith("vi")
    return False


def text(english: str, viet: str) -> str:
    """Return the text in the language of the terminal."""
    return viet if vietnamese() else english


def say(english: str, viet: str) -> None:
    """Print a line."""
    print(text(english, viet), flush=True)


def trouble(english: str, viet: str) -> Trouble:
    """Return the error to raise."""
    return Trouble(text(english, viet))


def run_main(main) -> None:
    """Call *main*; turn Trouble into one line and exit status 1, Ctrl-C into status 130."""
    try:
        sys.exit(main())
    except Trouble as error:
        give_up(str(error))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        give_up(text("no space left on the disk", "hết dung lượng đĩa"))
    except KeyboardInterrupt:
        sys.exit(130)


def give_up(reason: str) -> None:
    """Print the one line and leave with status 1."""
    print(f"{text('Họp Số cannot start', 'Không khởi động được Họp Số')}: {reason}", file=sys.stderr)
    sys.exit(1)


def cache_folder() -> Path:
    """Return where eggs are kept for all checkouts of this user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "hopso"


def check_space(folder: Path, megabytes: int) -> None:
    """Raise Trouble unless so much space is free where *folder* is or will be."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    if free < megabytes:
        raise trouble(
            f"no space left: {folder} has {free} MB free, {megabytes} MB are needed",
            f"hết dung lượng đĩa: {folder} còn {free} MB, cần {megabytes} MB",
        )


def digest(*parts) -> str:
    """Return a fingerprint of files (paths) and texts."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part.read_bytes() if isinstance(part, Path) else str(part).encode())
        found.update(b"\0")
    return found.hexdigest()


def as_root() -> list[str] | None:
    """Return the prefix of commands that need root's rights: [] for root, sudo if it asks nothing, else None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(packages: list[str], log: Path) -> bool:
    """Install Debian packages if that can be done without asking; tell whether it worked."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return False
    log.parent.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    with log.open("ab") as out:
        for command in (install, [*prefix, "apt-get", "update", "-q"], install):
            done = subprocess.run(command, env=env, stdout=out, stderr=subprocess.STDOUT, check=False)
            if done.returncode == 0 and command is install:
                return True
    return False
