"""Registers of the demo: what the office has planned and done."""

from datetime import timedelta

from hopso import factories
from hopso.core.operation import find_operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.distribution.demo import data
from hopso.distribution.demo.organisation import find_unit
from hopso.registers.operations import entries


def create_all() -> int:
    """Make the entries, each by the person who would; return how many there are."""
    today, rows = local(now()).date(), data.records("registers")
    for row in rows:
        fields = {
            name: value for name, value in row.items() if name not in ("unit", "by", "verb", "days", "result")
        }
        if "days" in row:
            fields["planned_on"] = today + timedelta(days=row["days"])
        if row["verb"] == "draft_plan":
            fields["year"] = today.year + 1
        if "people" in row:
            fields["people"] = tuple(row["people"])
        unit = find_unit(row["unit"])
        with factories.as_user(row["by"]):
            entry = find_operation(unit, row["verb"])(unit, **fields)
            if "result" in row:
                entries.complete(entry, result=row["result"], done_on=fields["planned_on"])
    return len(rows)
