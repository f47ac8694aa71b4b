"""Who must be on duty where; pure."""

from dataclasses import dataclass

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.operations_desk.duty.records import Duty
from hopso.operations_desk.duty.records import PROVIDER
from hopso.policy.register import finding
from hopso.policy.register import rule


@dataclass(frozen=True)
class Post:
    """A place of a meeting with the roles of those on duty there; *centre*: from where the system is run."""

    title: str
    roles: frozenset = frozenset()
    centre: bool = False


@rule("NT-7.1.b", "NT-7.2.c", "NA-8.2/2", "NT-13.2")
def duty_missing(posts, required: bool, provider: bool, rule_sets=()) -> list[Finding]:
    """Warn of each place without somebody of its own, and without the provider's people where there is one.

    required: the policy asks for people on duty; provider: it names a provider;
    rule_sets: prefixes of the rules in force.
    """
    if not required:
        return []
    found = []
    supplied = "NA-8.2/2" if "NA" in rule_sets and "NT" not in rule_sets else "NT-13.2"
    for post in posts:
        if not post.roles - {PROVIDER}:
            text = _("Nobody is on duty at ${place}.", mapping={"place": post.title})
            found.append(finding("NT-7.1.b" if post.centre else "NT-7.2.c", WARN, text))
        if provider and PROVIDER not in post.roles:
            text = _("Nobody of the provider is on duty at ${place}.", mapping={"place": post.title})
            found.append(finding(supplied, WARN, text))
    return found


def overlapping(duty: Duty, others) -> list[Duty]:
    """Return those of *others* that keep the same person elsewhere at the same time."""
    return [
        one
        for one in others
        if one.id != duty.id
        and one.current
        and (one.meeting, one.place) != (duty.meeting, duty.place)
        and one.begins < duty.ends
        and duty.begins < one.ends
    ]


def at_two_places(names) -> list[Finding]:
    """Warn of a person who is on duty elsewhere at the same time; *names* of those places."""
    return [
        Finding(
            "HS-DUTY",
            WARN,
            _("This person is on duty at ${place} at the same time.", mapping={"place": name}),
        )
        for name in names
    ]
