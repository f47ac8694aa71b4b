"""How much of what the regulation asks for is there, thing by thing."""

from dataclasses import dataclass

from hopso.meetings import facts
from hopso.meetings import rules
from hopso.policy.api import policy_for
from hopso.policy.register import article_of


# The rules that ask for the parts of a registration, by the rule set of the policy.
ASKED_BY = (("BD", "BD-6.2", tuple(rules.REQUIRED)), ("NA", "NA-7", rules.WRITTEN))


@dataclass(frozen=True)
class Part:
    """One thing that is asked for: ``name`` of the field, title, whether it is there, and by which article."""

    name: str
    title: object
    there: bool
    rule: str
    article: str


@dataclass(frozen=True)
class Completeness:
    """``percent`` (0–100) of the ``parts`` are there."""

    percent: int
    parts: tuple[Part, ...]

    @property
    def missing(self) -> list[Part]:
        """The parts that are not there."""
        return [one for one in self.parts if not one.there]


def parts_of(known: rules.Facts, rule_sets=()) -> tuple[Part, ...]:
    """Return what the rules in force ask of a registration, in the order of BD-6.2.

    rule_sets: prefixes of the rules in force; none means all.  Where two
    regulations ask for the same thing the first of ASKED_BY is named.
    """
    spoken = [one for one in ASKED_BY if not rule_sets or one[0] in rule_sets] or ASKED_BY[:1]
    asked: dict[str, str] = {}
    for _rule_set, rule_id, names in spoken:
        for name in names:
            asked.setdefault(name, rule_id)
    return tuple(
        Part(name, title, known.has(name), asked[name], article_of(asked[name]))
        for name, title in rules.REQUIRED.items()
        if name in asked
    )


def completeness(known: rules.Facts, rule_sets=()) -> Completeness:
    """Return how complete a registration with these facts is (BD-6.2, NA-7)."""
    parts = parts_of(known, rule_sets)
    there = sum(1 for one in parts if one.there)
    return Completeness(round(100 * there / len(parts)) if parts else 100, parts)


def completeness_of(meeting) -> Completeness:
    """Return how complete the registration of *meeting* is, by the policy in force for it."""
    return completeness(facts.facts_of(meeting), policy_for(meeting).rule_sets)
