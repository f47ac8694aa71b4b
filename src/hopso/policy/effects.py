"""What another policy would mean for meetings that are registered; nothing here changes any of them.

The same rule functions are asked twice: with the copy that a meeting keeps, and
with the policy that is looked at.  What they answer differently is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime

from AccessControl import getSecurityManager
from Acquisition import aq_base
from DateTime import DateTime
from hopso.core import errors
from hopso.core.findings import RECORD
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.policy.api import policy_on
from hopso.policy.api import rule_of
from hopso.policy.api import under
from hopso.policy.compliance import CHECKED_IN_TIME
from hopso.policy.compliance import clocks_of
from hopso.policy.policy import KEYS
from hopso.policy.policy import Policy
from hopso.policy.policy import write_value
from plone import api


# States in which a meeting is registered and still to come.
TO_COME = ("registered", "returned", "scheduled", "convened", "postponed", "displaced")
# More are not looked at for one page; the page says so.
MOST = 300

_watched: list[tuple[str, Callable]] = []


@dataclass(frozen=True)
class Difference:
    """One thing that would be otherwise: rule id, what is said now and then ("" for nothing)."""

    rule: str
    before: str
    after: str
    kind: str = "finding"  # or "deadline"


@dataclass
class Effect:
    """What a policy would mean for one meeting.

    uid, url, title, start, state of the meeting (title empty: not for this reader);
    unit: name of its unit; differences; keys: names of the values that differ.
    """

    uid: str
    title: str
    url: str
    start: datetime
    unit: str
    differences: list[Difference] = field(default_factory=list)
    keys: tuple[str, ...] = ()


def watch(function: Callable) -> Callable:
    """Have *function* (meeting) -> findings asked as well, under both policies."""
    if function not in _watched:
        _watched.append(function)
    return function


def _registration(meeting):
    """What the rules say of the registration, at the moment when it was handed in."""
    from hopso.meetings.operations import registration_findings

    return registration_findings(meeting, meeting.registered_at or now())


def _check_due(meeting):
    """When the technical check would be due; the checks that are ordered keep their own time."""
    from hopso.operations_desk.checks.ordering import due_of

    policy = policy_for(meeting)
    rule_id = rule_of(policy, *CHECKED_IN_TIME, "NA-5.1/4", "HN-5.5")
    if rule_id and policy.tech_check_due is not None:
        yield rule_id, None, due_of(meeting)


def said(meeting) -> dict[tuple, str]:
    """Return (kind, rule, number) -> text of all deadlines and findings for *meeting*, under the policy found."""
    found: dict[tuple, str] = {}

    def add(kind, rule_id, text):
        number = sum(1 for key in found if key[:2] == (kind, rule_id))
        found[(kind, rule_id, number)] = text

    for rule_id, _done, due in (*clocks_of(meeting), *_check_due(meeting)):
        if due is not None:
            add("deadline", rule_id, datetime_text(due))
    for function in (_registration, *_watched):
        try:
            findings = function(meeting)
        except errors.OperationError as error:
            findings = error.findings
        for one in findings:
            if one.level != RECORD:
                add("finding", one.rule, api.portal.translate(one.text))
    return found


def compare(meeting, policy: Policy) -> list[Difference]:
    """Return what would be otherwise for *meeting* under *policy*."""
    before = said(meeting)
    with under(policy):
        after = said(meeting)
    return [
        Difference(key[1], before.get(key, ""), after.get(key, ""), key[0])
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]


def differing_keys(meeting, policy: Policy) -> tuple[str, ...]:
    """Return the names of values of which the meeting's copy and *policy* differ."""
    own = policy_for(meeting)
    return tuple(
        name
        for name, one in KEYS.items()
        if one.metadata["frozen"]
        and write_value(name, getattr(own, name)) != write_value(name, getattr(policy, name))
    )


def meetings_to_come() -> list:
    """Return the catalog's records of registered meetings that are still to come, the next first; unrestricted."""
    catalog = api.portal.get_tool("portal_catalog")
    return list(
        catalog.unrestrictedSearchResults(
            portal_type="Meeting",
            review_state=TO_COME,
            meeting_start={"query": DateTime(now().isoformat()), "range": "min"},
            sort_on="meeting_start",
            sort_limit=MOST + 1,
        )
    )


def effects(policy_of: Callable, *, all_of_them: bool = False) -> list[Effect]:
    """Return what would differ for registered meetings to come, for the present reader.

    policy_of: meeting -> the policy that would hold for it; all_of_them: those with other
    values but the same outcome too.
    """
    found, may = [], getSecurityManager().checkPermission
    for brain in meetings_to_come()[:MOST]:
        meeting = brain._unrestrictedGetObject()
        if not getattr(aq_base(meeting), "policy_values", None):
            continue
        policy = policy_of(meeting)
        keys = differing_keys(meeting, policy)
        if not keys:
            continue
        differences = compare(meeting, policy)
        if not differences and not all_of_them:
            continue
        visible, unit = may("View", meeting), unit_of(meeting)
        found.append(
            Effect(
                uid=brain.UID,
                title=meeting.title if visible else "",
                url=meeting.absolute_url() if visible else "",
                start=meeting.start,
                unit=unit.title if unit is not None else "",
                differences=differences,
                keys=keys,
            )
        )
    return found


def on_its_day(meeting) -> Policy:
    """Return the policy in force on the day of *meeting*, as the site knows it now."""
    return policy_on(local(meeting.start).date())
