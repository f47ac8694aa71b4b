"""Fill the cache of eggs quickly: fetch all wheels at once and unpack them on every core.

    .venv/bin/python instance/eggs.py EGGS-DIRECTORY [ldap] [oidc] [relstorage]     # fill it
    .venv/bin/python instance/eggs.py --list             # write eggs.txt anew after a change of packages

Buildout runs pip once for each of some three hundred packages; on a small
machine that takes eight minutes.  Here a few pip processes fetch the wheels
side by side, and buildout's own function makes the eggs.  ``eggs.txt`` names
the packages; what it lacks buildout gets itself, so an old list costs time only.
"""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor
import configparser
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from zc.buildout import easy_install
from zc.buildout.buildout import _buildout_default_options


ROOT = Path(__file__).resolve().parent.parent
NAMES = ROOT / "instance" / "eggs.txt"
# What the extras need besides: eggs-ldap.txt, eggs-oidc.txt, eggs-relstorage.txt.
EXTRAS = {name: ROOT / "instance" / f"eggs-{name}.txt" for name in ("ldap", "oidc", "relstorage")}
DOWNLOADS = 6


def canonical(name: str) -> str:
    """Return the name of a package as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """Return canonical name -> version, the overrides of buildout.cfg included."""
    found = {}
    for name in ("versions.cfg", "buildout.cfg"):
        config = configparser.ConfigParser(interpolation=None, strict=False)
        config.read(ROOT / name, encoding="utf-8")
        found |= {canonical(key): value for key, value in config["versions"].items()}
    return found


def missing(eggs: Path, extras=()) -> list[str]:
    """Return the requirements (name==version) of eggs.txt and the extras that *eggs* does not hold yet."""
    there = {
        (canonical(dist.project_name), dist.version)
        for project in [easy_install.Environment([str(eggs)])]
        for key in project
        for dist in project[key]
    }
    pinned = pins()
    lists = [NAMES, *(EXTRAS[name] for name in extras)]
    names = [canonical(line) for path in lists for line in path.read_text("utf-8").split()]
    return [
        f"{name}=={pinned[name]}" for name in names if name in pinned and (name, pinned[name]) not in there
    ]


def fetch(wheels: Path, wanted: list[str]) -> None:
    """Put the wheels of *wanted* into the folder, several pips at a time."""

    def pip(part: list[str]) -> None:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels)]
        env = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        done = subprocess.run([*command, *part], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "pip failed")

    parts = [wanted[start::DOWNLOADS] for start in range(DOWNLOADS)]
    with ThreadPoolExecutor(DOWNLOADS) as pool:
        list(pool.map(pip, [part for part in parts if part]))


def make_egg(wheel: Path, eggs: Path) -> None:
    """Make an egg of *wheel* in the folder *eggs*, as buildout would."""
    work = Path(tempfile.mkdtemp(dir=eggs))
    try:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(work)
        for data in work.glob("*.data"):
            for kind in ("purelib", "platlib"):
                if (data / kind).is_dir():
                    shutil.copytree(data / kind, work, dirs_exist_ok=True)
            shutil.rmtree(data)
        [info] = work.glob("*.dist-info")
        [egg] = easy_install.make_egg_after_pip_install(str(work), info.name)
        target = eggs / Path(egg).name
        if not target.exists():
            Path(egg).rename(target)
    finally:
        shutil.rmtree(work)


def write_list() -> None:
    """Write eggs.txt from the scripts that buildout has made."""
    names = {"zc.recipe.egg"}
    for script in ROOT.glob("bin/*"):
        names |= set(re.findall(r"/([^/'-]+)-[^/']*-py3[^/']*\.egg'", script.read_text("utf-8")))
    extra = {canonical(line) for path in EXTRAS.values() for line in path.read_text("utf-8").split()}
    names = {name for name in names if canonical(name) not in extra}
    NAMES.write_text("".join(f"{name}\n" for name in sorted(names, key=str.lower)), "utf-8")


def main(eggs: Path, *extras: str) -> None:
    """Put into *eggs* what is missing there."""
    eggs = eggs / (_buildout_default_options["eggs-directory-version"].value or "")
    eggs.mkdir(parents=True, exist_ok=True)
    wanted = missing(eggs, extras)
    if not wanted:
        return
    print(f"Fetching {len(wanted)} packages …", flush=True)
    with tempfile.TemporaryDirectory(dir=eggs.parent) as folder:
        fetch(Path(folder), wanted)
        wheels = sorted(Path(folder).glob("*.whl"))
        with ProcessPoolExecutor() as pool:
            list(pool.map(make_egg, wheels, [eggs] * len(wheels), chunksize=8))


if __name__ == "__main__":
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(EXTRAS):
        sys.exit(__doc__)
    if sys.argv[1] == "--list":
        write_list()
    else:
        main(Path(sys.argv[1]), *sys.argv[2:])
