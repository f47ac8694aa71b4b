"""What other rooms ask about duty."""

from hopso.operations_desk.checks import template
from hopso.operations_desk.checks.places import places_of
from hopso.operations_desk.duty.records import Duty
from hopso.operations_desk.duty.records import duty_store
from hopso.operations_desk.duty.rules import duty_missing
from hopso.operations_desk.duty.rules import Post
from hopso.policy import bodies
from hopso.policy.api import policy_for
from plone.uuid.interfaces import IUUID


def duties_of(meeting) -> list[Duty]:
    """Return who is on duty for *meeting*, in the order in which they were put there; asks for no right."""
    return [one for one in duty_store().of_meeting(IUUID(meeting)) if one.current]


def duty_findings(meeting) -> list:
    """Return who is missing at which place of *meeting*, by its policy (NT-7.1.b, NT-7.2.c, NT-13.2, NA-8.2/2)."""
    policy = policy_for(meeting)
    if not policy.duty_required:
        return []
    roles: dict[str, set] = {}
    for one in duties_of(meeting):
        roles.setdefault(one.place, set()).add(one.role)
    posts = [
        Post(one.title, frozenset(roles.get(one.uid, ())), template.CENTRAL in one.occasions)
        for one in places_of(meeting)
    ]
    return duty_missing(posts, True, bodies.provider_unit(policy) is not None, policy.rule_sets)


__all__ = ["Duty", "duties_of", "duty_findings"]
