"""What the rules of the policy in force say at each step of a meeting."""

from hopso import _
from hopso.core import errors
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.meetings import facts as facts_module
from hopso.meetings import rules
from hopso.meetings.agenda import children
from hopso.meetings.approval import records
from hopso.policy.api import policy_for
from hopso.policy.api import regulates
from hopso.policy.policy import WITH_PLAN


# Which rule speaks of classified content, in the order in which they are asked.
SECRECY_RULES = ("NT-4.2/1", "BD-7/2", "HN-5.3/2", "NA-3.2", "HS-SECRET")
COMMITTEE = "committee"


def past_findings(start, moment) -> list[Finding]:
    """Forbid what would take place in the past."""
    if start and start <= moment:
        return [Finding("HS-PAST", BLOCK, _("The start of the meeting is in the past."))]
    return []


def registration_findings(meeting, moment=None) -> list[Finding]:
    """Return what the policy says about registering *meeting* at *moment* (default: now)."""
    moment = moment or now()
    policy, facts = policy_for(meeting), facts_module.facts_of(meeting)
    found = past_findings(meeting.start, moment)
    # Nghệ An's list is the shorter one; where both speak, each thing is named once.
    if regulates(policy, "BD"):
        found.extend(rules.registration_complete(facts))
    else:
        found.extend(rules.written_registration(facts, rules.voice(policy, "NA-7", "HS-REGISTER")))
    found.extend(secrecy_findings(meeting, policy))
    found.extend(content_findings(meeting, policy))
    if meeting.urgent:
        found.extend(urgent_findings(meeting, policy, moment))
    elif policy.lead_time_normal is not None:
        deadline = facts_module.registration_deadline(meeting, policy)
        found.extend(rules.lead_time(moment, deadline, policy.lead_time_level, rules.lead_rule(policy)))
    found.extend(national_findings(meeting, moment))
    return found


def late(meeting, policy, moment) -> bool:
    """Tell whether *moment* is too late to register *meeting* as a planned one."""
    if meeting.urgent or policy.lead_time_normal is None:
        return False
    return moment > facts_module.registration_deadline(meeting, policy)


def national_findings(meeting, moment=None) -> list[Finding]:
    """Return what the national rule says of inviting now: its clock is measured beside the regulation's."""
    if meeting.urgent:
        return []
    deadline = facts_module.invitation_deadline(meeting, policy_for(meeting))
    return rules.national_invitation(moment or now(), deadline)


def secrecy_findings(meeting, policy) -> list[Finding]:
    """Return what stands against the content of *meeting*, and what is to be thought of."""
    level, sensitive = meeting.classification, bool(meeting.sensitive)
    speaking = rules.voice(policy, *SECRECY_RULES)
    found = rules.content_allowed(
        level, sensitive, policy.classified_policy, policy.sensitive_forbidden, speaking
    )
    if found:
        return found
    if regulates(policy, "BD"):
        found.extend(rules.placeholder_only(level))
    if policy.classified_policy == WITH_PLAN:
        found.extend(rules.protection_plan(level, records.protection_plan_of(meeting), WARN))
    found.extend(rules.neutral_words(level, rules.voice(policy, "HN-5.3/2", "NA-3.2", "HS-SECRET")))
    return found


def content_findings(meeting, policy) -> list[Finding]:
    """Return what the policy asks of purpose, host, parties, preparing unit, contact and sites."""
    found, at_nt = [], regulates(policy, "NT") and bool(policy.rule_sets)
    host = facts_module.host_party(meeting)
    if at_nt:
        found.extend(rules.purpose_stated(meeting.purpose))
    if policy.host_contact_required:
        found.extend(rules.contact_named(meeting.host_contact, rules.voice(policy, "NT-11.3", "HS-CONTACT")))
    if meeting.mode != "in_person":
        if policy.host_matrix and host is not None:
            found.extend(
                rules.who_may_meet(
                    policy.host_matrix,
                    host,
                    facts_module.parties_of(meeting),
                    facts_module.matrix_rules(policy, host.kind),
                )
            )
        if at_nt:
            found.extend(rules.one_chair_site(meeting.mode, meeting.sites, meeting.chair_site))
        elif policy.archive_owner_rule == "main_site" or meeting.chair_site:
            speaking = rules.voice(policy, "HN-5.4/1", "HS-SITE")
            found.extend(
                rules.one_chair_site(meeting.mode, meeting.sites, meeting.chair_site, speaking, WARN)
            )
    if at_nt and host is not None and host.kind.endswith(f"/{COMMITTEE}"):
        found.extend(rules.prepared_by_another(meeting.host_unit, meeting.preparing_unit))
        found.extend(rules.items_prepared(unprepared_items(meeting)))
    return found


def unprepared_items(meeting) -> list[str]:
    """Return the titles of the agenda items that name no preparing unit."""
    return [
        one.Title
        for one in children(meeting, unrestricted=True)
        if one.portal_type == "AgendaItem" and not one.preparing_unit
    ]


def urgent_findings(meeting, policy, moment) -> list[Finding]:
    """Return what the policy asks of the registration of an urgent meeting."""
    found = []
    calls = facts_module.call_moments(meeting)
    deadline = facts_module.notice_deadline(meeting, policy)
    if policy.urgent_approver_role:
        found.extend(rules.urgency_explained(meeting.urgent_reason, meeting.urgent_note))
        found.extend(rules.urgency_allowed(None, facts_module.role_title(policy.urgent_approver_role), WARN))
    elif policy.urgent_notice_channel == "operator":
        if not meeting.urgent_reason:
            text = _("Give the reason for the urgency.")
            found.append(Finding("HS-URGENT", BLOCK, text, data={"field": "urgent_reason"}))
        if policy.urgent_call_required:
            found.extend(rules.operator_contacted(facts_module.call_moments(meeting, "operator"), deadline))
    else:
        needed = calls or ([] if policy.urgent_call_required else [moment])
        found.extend(
            rules.urgent_notice(meeting.urgent_reason or "", needed, deadline, policy.allow_below_urgent)
        )
    if policy.lead_time_urgent is not None:
        found.extend(rules.paper_fallback(True, calls, deadline))
    return found


def urgency_findings(meeting, level=BLOCK) -> list[Finding]:
    """Return what is missing of the decision on an urgent meeting (NA-3.1/2)."""
    policy = policy_for(meeting)
    if not meeting.urgent or not policy.urgent_approver_role:
        return []
    decision = records.urgent_decision_of(meeting)
    who = facts_module.role_title(policy.urgent_approver_role)
    return rules.urgency_allowed(None if decision is None else decision.approved, who, level)


def step_findings(meeting) -> list[Finding]:
    """Return whether *meeting* still waits for a step of approval (NA-4.1/2)."""
    from hopso.meetings.approval.steps import pending_step

    step = pending_step(meeting)
    speaking = rules.voice(policy_for(meeting), "NA-4.1/2", "HS-STEP")
    return rules.steps_approved(facts_module.role_title(step) if step else "", rule_id=speaking)


def checklist_findings(meeting, brains=None) -> list[Finding]:
    """Return what the host has still to do (NA-3.3/2)."""
    brains = children(meeting, unrestricted=True) if brains is None else brains
    facts = facts_module.facts_of(meeting, brains)
    items = sum(1 for brain in brains if brain.portal_type == "AgendaItem")
    return rules.host_checklist(
        facts.invitation,
        items,
        facts.documents or facts.handed_out,
        len(facts_module.waiting_documents(brains)),
        bool(meeting.rooms or meeting.sites),
    )


def slot_rule(meeting, policy) -> str:
    """Return which rule on slot and invitation speaks: a department's meeting has one of its own."""
    host = facts_module.host_party(meeting)
    department = host is not None and not host.kind.endswith(f"/{COMMITTEE}")
    return rules.voice(policy, "NT-11.2" if department else "NT-4.2/2", "HS-SLOT")


def invitation_findings(meeting) -> list[Finding]:
    """Return what stands against issuing the invitation of *meeting* now (NT-4.2/2, NT-11.2)."""
    policy = policy_for(meeting)
    if not policy.slot_before_invitation:
        return []
    return rules.slot_before_invitation(records.slot_confirmed_at(meeting), slot_rule(meeting, policy))


def agreed_findings(meeting) -> list[Finding]:
    """Return whether the slot had been confirmed when the invitation was issued (measured)."""
    policy = policy_for(meeting)
    if not policy.slot_before_invitation:
        return []
    issued = records.invitation_issued_at(meeting)
    return rules.agreed_first(records.slot_confirmed_at(meeting), issued, slot_rule(meeting, policy))


def preparation_findings(meeting) -> list[Finding]:
    """Return what stands against starting the technical preparation of *meeting* (NT-4.1)."""
    policy = policy_for(meeting)
    if not policy.invitation_before_preparation:
        return []
    there = any(
        brain.portal_type == "MeetingDocument"
        and brain.doc_kind in records.INVITATIONS
        and brain.review_state in ("approved", "published")
        for brain in children(meeting, unrestricted=True)
    )
    return rules.invitation_before_preparation(there, bool(meeting.urgent))


def opening_findings(meeting) -> list[Finding]:
    """Return what stands against opening the session: plan and recording of classified content."""
    policy, level = policy_for(meeting), meeting.classification
    found = [*secrecy_blocks(meeting, policy), *step_findings(meeting)]
    if policy.classified_policy == WITH_PLAN:
        found.extend(rules.protection_plan(level, records.protection_plan_of(meeting)))
    speaking = rules.voice(policy, "BD-9.1/2", "HS-RECORDING")
    decided = records.recording_decision_of(meeting) is not None
    found.extend(rules.recording_decided(level, decided, speaking))
    # The desk knows meetings; importing it above would close the circle.
    from hopso.operations_desk.duty.api import duty_findings

    found.extend(duty_findings(meeting))
    return found


def secrecy_blocks(meeting, policy) -> list[Finding]:
    """Return what forbids the content of *meeting* whatever its state."""
    return rules.content_allowed(
        meeting.classification,
        bool(meeting.sensitive),
        policy.classified_policy,
        policy.sensitive_forbidden,
        rules.voice(policy, *SECRECY_RULES),
    )


def require_registrar(meeting) -> None:
    """Raise Denied unless the present user is the registrar of *meeting* by its policy."""
    from hopso.meetings.approval.registrar import acts_as_registrar

    if not acts_as_registrar(meeting):
        raise errors.Denied(
            _("Registrations of this meeting are received and scheduled by: ${who}.",
              mapping={"who": facts_module.role_title(policy_for(meeting).registrar_role)})
        )  # fmt: skip


def is_open(meeting) -> bool:
    """Tell whether *meeting* is still to come, as far as its state says."""
    return state_of(meeting) in (
        "draft",
        "registered",
        "returned",
        "scheduled",
        "convened",
        "postponed",
        "displaced",
    )
