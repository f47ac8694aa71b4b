"""What lists of registers and reports show, as plain values in the catalog."""

from hopso.registers.content import IPeriodicReport
from hopso.registers.content import IRegisterEntry
from hopso.registers.results import results_of
from plone.indexer import indexer


@indexer(IRegisterEntry)
def entry_facts(entry):
    names = (
        "book", "kind", "year", "planned_on", "responsible", "sites", "concerned_unit", "people", "trainer",
        "amount", "months", "submitted_on", "outcome", "decision_number", "decided_on", "done_on", "attended",
        "follow_up_due", "followed_up_on",
    )  # fmt: skip
    problems = sum(one.outcome != "good" for one in results_of(entry).values())
    return {name: getattr(entry, name) for name in names} | {"problems": problems}


@indexer(IPeriodicReport)
def report_facts(report):
    names = (
        "actor",
        "months",
        "first",
        "last",
        "due",
        "rule",
        "receiver",
        "number",
        "submitted_at",
        "figures",
    )
    found = {name: getattr(report, name) for name in names}
    return found | {"figures": dict(found["figures"] or {}), "proposals": bool(report.proposals)}
