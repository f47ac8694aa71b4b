#!/usr/bin/env python3
"""Run a benchmark of benchmarks/: NAME=documents (environment).

benchmarks/<name>.py (or an executable benchmarks/<name>) runs in the
buildout's Python and ends with one line of JSON, {"bench": …, "figures": {…}}.
"""

import json
import os
from pathlib import Path
import subprocess
import sys

import common
from common import ROOT
from common import trouble


FOLDER = ROOT / "benchmarks"


def main() -> int:
    """Run it; return its exit status, or 1 if its last line is no figures."""
    name = os.environ.get("NAME", "").strip()
    command = command_for(name)
    last = ""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as bench:
        for line in bench.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line if line.strip() else last
    if bench.returncode:
        return bench.returncode
    try:
        figures = json.loads(last)["figures"]
    except (ValueError, KeyError, TypeError):
        raise trouble(f"{name} ended without a line of figures", f"{name} không in dòng số liệu") from None
    return 0 if isinstance(figures, dict) else 1


def names() -> list[str]:
    """Return the names of the benchmarks."""
    found = {path.stem for path in FOLDER.glob("*.py")} if FOLDER.is_dir() else set()
    found |= {
        path.name
        for path in FOLDER.glob("*")
        if path.is_file() and not path.suffix and os.access(path, os.X_OK)
    }
    return sorted(name for name in found if not name.startswith("_"))


def command_for(name: str) -> list[str]:
    """Return the command of the benchmark *name*; raise Trouble if there is none."""
    if name not in names():
        known = ", ".join(names()) or "-"
        raise trouble(f"NAME= must be one of: {known}", f"NAME= phải là một trong: {known}")
    script = FOLDER / f"{name}.py"
    return [str(ROOT / "bin" / "zopepy"), str(script)] if script.exists() else [str(Path(FOLDER / name))]


if __name__ == "__main__":
    common.run_main(main)
