#!/usr/bin/env python3
"""Build what of the browser's code comes from npm: frontend/ -> src/hopso/*/static.

    python3 instance/bundle.py            # build it anew, after a change in frontend/
    python3 instance/bundle.py --check    # fail unless what is committed is what a build gives

What is built is committed, so that nobody needs Node to run the site.  Node and
npm come with a wheel (requirements-dev.txt); packages are those of
package-lock.json, checked by their digests, and run no scripts of their own.
"""

import argparse
import json
from pathlib import Path
import subprocess
import sys
import tempfile

import common
from common import ROOT
from common import say
from common import trouble
from common import VENV


FRONTEND = ROOT / "frontend"
LOCK = FRONTEND / "package-lock.json"
MODULES = FRONTEND / "node_modules"
STAMP = MODULES / ".hopso-lock"
# Entry in frontend/ -> where the bundle goes.
BUNDLES = {
    "fullcalendar.js": "src/hopso/calendars/static/fullcalendar.js",
    "fullcalendar.css": "src/hopso/calendars/static/fullcalendar.css",
}
LICENCES = "src/hopso/calendars/static/LICENSES.txt"
OPTIONS = (
    *("--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"),
    *("--legal-comments=none", "--log-level=warning"),
)
HEAD = "/* Made by instance/bundle.py from frontend/; licences: LICENSES.txt */\n"


def main() -> int:
    """Build or check; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    options = parser.parse_args()
    packages()
    made = build()
    if not options.check:
        for name, data in made.items():
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_bytes(data)
        say(f"Built {len(made)} files.", f"Đã dựng {len(made)} tệp.")
        return 0
    different = [name for name, data in made.items() if committed(name) != data]
    for name in different:
        print(f"{name} is not what frontend/ gives: make bundle", file=sys.stderr)
    return 1 if different else 0


def packages() -> None:
    """Fetch the packages of the lock file, unless they are there."""
    wanted = common.digest(LOCK)
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    done = subprocess.run(
        [VENV / "bin" / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        raise trouble("npm could not fetch the packages of frontend/", "npm không tải được gói của frontend/")
    STAMP.write_text(wanted)


def build() -> dict[str, bytes]:
    """Return path below the root -> content of each bundle, and the licences of what is in them."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for entry, target in BUNDLES.items():
            out = Path(folder) / entry
            subprocess.run(
                [
                    VENV / "bin" / "node",
                    MODULES / "esbuild" / "bin" / "esbuild",
                    entry,
                    *OPTIONS,
                    f"--outfile={out}",
                ],
                cwd=FRONTEND,
                check=True,
            )
            found[target] = HEAD.encode() + out.read_bytes()
    found[LICENCES] = licences().encode()
    return found


def licences() -> str:
    """Return name, version and licence text of every package that goes into a bundle."""
    texts = []
    for path, one in sorted(json.loads(LOCK.read_text("utf-8"))["packages"].items()):
        if not path or one.get("dev"):
            continue
        folder = FRONTEND / path
        text = next((each.read_text("utf-8") for each in sorted(folder.glob("LICEN*"))), "")
        name = path.rpartition("node_modules/")[2]
        texts.append(f"{name} {one['version']} ({one.get('license', '')})\n\n{text.strip()}\n")
    return f"\n{'-' * 70}\n\n".join(texts)


def committed(name: str) -> bytes | None:
    """Return what stands in the repository now, None if there is nothing."""
    path = ROOT / name
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    common.run_main(main)
