"""What a rule of a regulation says about a case.

Rules are pure functions; they return findings and know neither the request
nor the database.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime


BLOCK, WARN, RECORD = "block", "warn", "record"
LEVELS = (BLOCK, WARN, RECORD)


@dataclass(frozen=True)
class Finding:
    """One statement of one rule.

    rule: id as in the catalogue of rules, e.g. ``BD-6.1/1``.
    level: ``block`` (not allowed), ``warn`` (allowed, shown), ``record``.
    text: translatable message: what is missing or late, and who must do what.
    article: where it stands, in Vietnamese, e.g. ``Điều 6 khoản 1``.
    deadline: aware datetime, where there is one.
    override: permission of those who may lift a block, giving a reason; empty if nobody may.
    override_who: translatable name of those people, for the blocked user.
    """

    rule: str
    level: str
    text: object
    article: str = ""
    deadline: datetime | None = None
    override: str = ""
    override_who: object = ""
    data: dict = field(default_factory=dict, compare=False)

    def __post_init__(self):
        if self.level not in LEVELS:
            raise ValueError(f"unknown level {self.level!r}")


def blocks(findings) -> list[Finding]:
    """Return those of *findings* that forbid."""
    return [finding for finding in findings if finding.level == BLOCK]
