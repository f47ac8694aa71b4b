"""Answering requests for help in time, and needs told in time; pure."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.operations_desk.rules import minutes_between
from hopso.policy.register import finding
from hopso.policy.register import rule


@rule("BD-9.2/1", "BD-9.3", "NA-5.1/2", "TQ-P5/2")
def help_in_time(
    asked: datetime, answered: datetime | None, due: datetime | None, moment: datetime
) -> list[Finding]:
    """Return what is to be said of a request at *moment*: after how many minutes it was answered, or late."""
    end = answered or moment
    minutes = minutes_between(asked, end)
    if due is not None and end > due:
        text = _(
            "An answer was due on ${due}; ${minutes} minutes have passed.",
            mapping={"due": datetime_text(due), "minutes": minutes},
        )
        return [finding("BD-9.2/1", WARN, text, deadline=due, data={"minutes": minutes})]
    if answered is None:
        return []
    text = _("Answered after ${minutes} minutes.", mapping={"minutes": minutes})
    return [finding("BD-9.2/1", RECORD, text, deadline=due, data={"minutes": minutes})]


@rule("BD-8.2/2")
def need_in_time(moment: datetime, deadline: datetime | None) -> list[Finding]:
    """Warn of a need that is told after *deadline*; nothing where the policy knows none."""
    if deadline is None or moment <= deadline:
        return []
    text = _(
        "A missing device or account is told by ${deadline}; the host unit does what is still possible.",
        mapping={"deadline": datetime_text(deadline)},
    )
    return [finding("BD-8.2/2", WARN, text, deadline=deadline)]


@dataclass(frozen=True)
class HelpFigures:
    """Sums over requests; minutes are medians, None without cases; kept, late: of those with a due time."""

    all: int = 0
    open: int = 0
    to_answer: int | None = None
    to_solve: int | None = None
    kept: int = 0
    late: int = 0


@rule("BD-9.3")
def count_help(requests, moment: datetime) -> HelpFigures:
    """Return the figures of many requests (records with asked_at, first_answer, solved_at, due) at *moment*."""
    requests = list(requests)
    timed = [one for one in requests if one.due is not None]
    late = [one for one in timed if (one.first_answer or moment) > one.due]
    kept = [one for one in timed if one.first_answer is not None and one.first_answer <= one.due]
    return HelpFigures(
        len(requests),
        sum(1 for one in requests if one.solved_at is None),
        _median(minutes_between(one.asked_at, one.first_answer) for one in requests if one.first_answer),
        _median(minutes_between(one.asked_at, one.solved_at) for one in requests if one.solved_at),
        len(kept),
        len(late),
    )


def _median(values) -> int | None:
    known = list(values)
    return round(median(known)) if known else None
