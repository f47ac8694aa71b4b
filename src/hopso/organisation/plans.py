"""Reorganisations from wish to fact: drawn up, previewed, carried out at once, by a job or on their day."""

from dataclasses import replace
from datetime import date

from hopso import _
from hopso.core import errors
from hopso.core.ids import short_id
from hopso.core.text import now
from hopso.organisation import records
from hopso.organisation.carrying_out import carry_out
from hopso.organisation.effects import Draft
from hopso.organisation.planning import draw_up
from hopso.organisation.planning import touched_units
from hopso.organisation.records import Decision
from hopso.organisation.records import organisation_store
from hopso.organisation.records import Plan
from hopso.organisation.situation import holdings
from hopso.organisation.tree import all_units
from hopso.organisation.tree import today
from hopso.tasks.queue import current_queue
from hopso.tasks.queue import enqueue_after_commit
from plone import api


JOB = "organisation.reorganise"
# Things to write beyond which a reorganisation is the worker's business.
AT_ONCE = 400
PROGRESS = "hopso.reorganise."


def draft_of(steps, day: date) -> Draft:
    """Return what *steps* would do if they held from *day*, as things stand now."""
    units = all_units()
    return draw_up(units, holdings(touched_units(units, steps)), steps, day)


def weight(draft: Draft) -> int:
    """Return how much a draft would write, with all that lies below the units that move."""
    catalog = api.portal.get_tool("portal_catalog")
    units, found = all_units(), draft.size()
    for effect in draft.effects:
        moved = type(effect).__name__ in ("Move", "Close") and units.get(effect.unit)
        if moved:
            found += len(catalog.unrestrictedSearchResults(path=moved.path))
    return found


def submit(unit_id: str, steps, decision: Decision, seen: str | None, user_id: str) -> Plan:
    """Carry *steps* out, now, by a job or on the day of *decision*; return the plan and what became of it.

    *seen*: digest of the draft that was shown, None if none was.  Raises Invalid
    if it is impossible, EditConflict if the draft has changed since it was shown.
    """
    steps = tuple(steps)
    draft = draft_of(steps, decision.effective)
    if draft.problems:
        raise errors.Invalid(
            draft.problems[0].text,
            errors={f"step_{one.step}": one.text for one in draft.problems if one.step},
        )
    if seen and seen != draft.digest:
        raise errors.EditConflict(_("Something has changed since the preview was shown: look at it again."))
    plan = Plan(short_id(), unit_id, steps, decision, now(), user_id)
    if decision.effective > today():
        return _keep(plan)
    if weight(draft) > AT_ONCE:
        _keep(replace(plan, status=records.QUEUED))
        enqueue_after_commit(JOB, plan=plan.id)
        return organisation_store().plans[plan.id]
    made = carry_out(draft.effects, decision, user_id)
    return _keep(replace(plan, status=records.DONE, finished_at=now(), result=made))


def _keep(plan: Plan) -> Plan:
    organisation_store().plans[plan.id] = plan
    return plan


def run(plan: Plan) -> Plan:
    """Carry out a plan that waits; all of it or, when it is impossible, nothing.  Return it with the outcome."""
    draft = draft_of(plan.steps, plan.decision.effective)
    if draft.problems:
        text = api.portal.translate(draft.problems[0].text)
        return _keep(replace(plan, status=records.FAILED, problem=text, finished_at=now()))

    def progress(done, total):
        # Outside of the transaction, or nobody would see it before the end.
        current_queue().write_record(PROGRESS + plan.id, {"done": done, "total": total})

    made = carry_out(draft.effects, plan.decision, plan.recorded_by, progress)
    return _keep(replace(plan, status=records.DONE, problem="", finished_at=now(), result=made))


def progress_of(plan_id: str) -> dict:
    """Return ``{"done": …, "total": …}`` of a plan at work; both 0 before it begins."""
    found = current_queue().records(PROGRESS + plan_id)
    return next(iter(found.values()), {"done": 0, "total": 0})


def plans(*statuses: str, unit_id: str | None = None) -> list[Plan]:
    """Return plans by their day, only of some statuses or of one unit if asked."""
    found = [
        one
        for one in organisation_store().plans.values()
        if (not statuses or one.status in statuses) and (unit_id is None or one.unit == unit_id)
    ]
    return sorted(found, key=lambda one: (one.decision.effective, one.recorded_at))


def cancel(plan_id: str) -> Plan:
    """Take back a plan that waits.  Raises WrongState if it is at work or over, Invalid if there is none."""
    plan = organisation_store().plans.get(plan_id)
    if plan is None:
        raise errors.Invalid(_("There is no such plan."), errors={"plan": _("There is no such plan.")})
    if plan.status not in (records.PLANNED, records.FAILED):
        raise errors.WrongState(_("Only a plan that waits for its day can be taken back."))
    return _keep(replace(plan, status=records.CANCELLED, finished_at=now()))
