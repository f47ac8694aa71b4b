"""What the worker does about units: reorganisations on their day, and reminders to confirm."""

import logging

from hopso.audit.log import acting_for
from hopso.audit.log import record
from hopso.core.operation import inside_operation
from hopso.organisation import records
from hopso.organisation.plans import JOB
from hopso.organisation.plans import plans
from hopso.organisation.plans import run
from hopso.organisation.records import organisation_store
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import today
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import on_worker_start
from hopso.tasks.queue import periodic
from hopso.tasks.queue import task


logger = logging.getLogger("hopso.organisation")


def _gave_up(error: str, plan: str) -> None:
    """Say at the plan why it was not carried out."""
    from dataclasses import replace

    store = organisation_store()
    kept = store.plans.get(plan)
    if kept is not None and kept.status in (records.QUEUED, records.PLANNED):
        store.plans[plan] = replace(kept, status=records.FAILED, problem=str(error)[:300])


@task(JOB, retries=2, retry_delay=60, on_give_up=_gave_up)
def reorganise(plan: str) -> None:
    """Carry out a plan in one transaction; one that is over or was taken back is left alone."""
    kept = organisation_store().plans.get(plan)
    if kept is None or kept.status not in (records.QUEUED, records.PLANNED):
        return
    with inside_operation(), acting_for(kept.recorded_by):
        done = run(kept)
    context = find_unit(kept.unit) if kept.unit else None
    with acting_for(kept.recorded_by):
        record(
            "unit.reorganised",
            context,
            details={"plan": plan, "status": done.status, "decision": kept.decision.number},
        )
    logger.info("Reorganisation %s: %s", plan, done.status)


@periodic("organisation.due", minutes=15)
def carry_out_due() -> None:
    """Start the plans whose day has come; each is a job, and a transaction, of its own."""
    for plan in plans(records.PLANNED):
        if plan.decision.effective <= today():
            enqueue_after_commit(JOB, plan=plan.id)


@on_worker_start
def find_lost() -> None:
    """Start again what was queued when a worker or the queue died."""
    for plan in plans(records.QUEUED):
        enqueue_after_commit(JOB, plan=plan.id)


@periodic("organisation.confirmations", minutes=12 * 60)
def remind_to_confirm() -> None:
    """Remind the administrators of units whose data are due to be confirmed."""
    from hopso.organisation.confirming import remind

    remind()
