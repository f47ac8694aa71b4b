#!/usr/bin/env python3
"""Run the tests: lint, unit and integration, acceptance in a browser.

T=path or T=keyword (environment) runs a part: a path of src/ or a keyword is
for pytest, a .robot file or a folder of acceptance-tests/ for the browser.
"""

import os
from pathlib import Path
import subprocess
import sys

import common
from common import ROOT
from common import VENV


def main() -> int:
    """Run what T asks for; return the exit status of what failed first."""
    chosen = os.environ.get("T", "").strip()
    if chosen:
        return run(*command_for(chosen))
    failed = 0
    for command in everything():
        failed = run(*command) or failed
    return failed


def everything() -> list[tuple]:
    """Return the commands of a whole run, the quick ones first."""
    commands = [
        (VENV / "bin" / "ruff", "check"),
        (VENV / "bin" / "ruff", "format", "--check", "--quiet"),
        (sys.executable, ROOT / "instance" / "bundle.py", "--check"),
        (ROOT / "bin" / "pytest", "-q", "src"),
    ]
    if acceptance().exists():
        commands.append((acceptance(),))
    return commands


def acceptance() -> Path:
    """Return the program that runs the acceptance tests."""
    return ROOT / "acceptance-tests" / "run"


def command_for(chosen: str) -> tuple:
    """Return the command that runs the part *chosen*."""
    path = chosen.partition("::")[0]
    for candidate in (Path(path), Path("acceptance-tests") / path):
        there = ROOT / candidate
        if there.exists() and (there.suffix == ".robot" or "acceptance-tests" in candidate.parts):
            return (acceptance(), str(candidate))
    for candidate in (path, f"src/hopso/{path}"):
        if (ROOT / candidate).exists():
            return (ROOT / "bin" / "pytest", candidate + chosen[len(path) :])
    return (ROOT / "bin" / "pytest", "src", "-k", chosen)


def run(*command) -> int:
    """Run a command and tell what it is; return its exit status."""
    words = [str(word) for word in command]
    shown = [os.path.relpath(words[0], ROOT), *words[1:]]
    print("$", *shown, flush=True)
    try:
        return subprocess.run(words, cwd=ROOT, check=False).returncode
    except OSError as error:
        print(f"{shown[0]}: {error.strerror}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    common.run_main(main)
