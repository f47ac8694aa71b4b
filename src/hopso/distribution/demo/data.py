"""Reads the data files of the demo."""

import csv
import json
from pathlib import Path


HERE = Path(__file__).parent


def records(name: str) -> list[dict]:
    """Return the list in ``data/<name>.json``."""
    return json.loads((HERE / "data" / f"{name}.json").read_text("utf-8"))


def people() -> list[dict]:
    """Return the rows of ``data/people.csv``; functions as a list of (unit, function)."""
    with (HERE / "data" / "people.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        row["functions"] = [tuple(one.split(":")) for one in row["functions"].split()]
    return rows


def file_bytes(name: str) -> bytes:
    """Return the content of ``files/<name>``."""
    return (HERE / "files" / name).read_bytes()


def record_text(name: str) -> str:
    """Return the HTML in ``data/records/<name>.html``."""
    return (HERE / "data" / "records" / f"{name}.html").read_text("utf-8")


def room_rules() -> str:
    """Return the rules of a meeting room."""
    return (HERE / "data" / "room-rules.txt").read_text("utf-8")
