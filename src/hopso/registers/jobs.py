"""What the worker does for reports: their drafts begin by themselves, and writers are reminded."""

from datetime import timedelta

from hopso.core.text import local
from hopso.core.text import now
from hopso.notifications.jobs import SEND
from hopso.notifications.log import notice_key
from hopso.notifications.log import notification_log
from hopso.operations_desk.place import find_unit
from hopso.operations_desk.place import people_of
from hopso.registers.duties import all_duties
from hopso.registers.operations.reports import begin
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import periodic
from plone.uuid.interfaces import IUUID


AHEAD = timedelta(days=7)


def reminder(due, today) -> str:
    """Return which reminder is due: ``soon`` in the last week, ``late-<week>`` once a week after, else empty."""
    if due < today:
        return f"late-{(today - due).days // 7}"
    return "soon" if due - today <= AHEAD else ""


@periodic("registers.report_reminders", minutes=12 * 60)
def remind() -> int:
    """Begin the reports that are due and remind their writers, once an occasion; return how many mails."""
    today, book, count = local(now()).date(), notification_log(), 0
    for duty in all_duties():
        stamp = reminder(duty.due, today) if not duty.done else ""
        unit = find_unit(duty.unit) if stamp else None
        if unit is None:
            continue
        report = begin(unit, actor=duty.actor, months=duty.period.months, last=duty.period.last)
        for user_id in people_of(unit, "admins", "leaders"):
            uid = IUUID(report)
            if book.get(notice_key("report_due", uid, stamp, user_id)) is None:
                enqueue_after_commit(SEND, kind="report_due", uid=uid, recipient=user_id, stamp=stamp)
                count += 1
    return count
