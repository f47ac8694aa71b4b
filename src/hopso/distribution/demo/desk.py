"""Technical checks, duty, notes and help of the demo: one meeting being prepared, one running."""

from datetime import timedelta

from hopso import factories
from hopso.core.text import now
from hopso.distribution.demo.meetings import do
from hopso.operations_desk.backdrop import jobs as backdrop
from hopso.operations_desk.backdrop.records import backdrop_of
from hopso.operations_desk.checks.ordering import order_checks
from hopso.operations_desk.checks.records import check_store
from plone.uuid.interfaces import IUUID


OPERATOR, PREPARER, PROVIDER = "tth-kythuat", "daumoi", "vienthong"
COMING, RUNNING = "giao-ban-tuan", "ung-pho-bao"


def create_all(meetings: dict) -> int:
    """Fill in what technicians of the demo would; return the number of checks that are signed."""
    coming, running = meetings[COMING], meetings[RUNNING]
    with factories.as_system():
        order_checks(coming)
    signed = _coming(coming)
    return signed + _running(running)


def _records(meeting) -> list:
    order = {uid: number for number, uid in enumerate(meeting.sites or ())}
    found = [one for one in check_store().of_meeting(IUUID(meeting)) if one.place in order]
    return sorted(found, key=lambda one: order[one.place])


def _fill(meeting, record, failing=()):
    for item in record.items:
        bad = item.id in failing
        note = "Micro số 2 rè, đã đề nghị thay" if bad else ""
        do(
            meeting, "check_item", OPERATOR, place=record.place, item=item.id,
            result="fail" if bad else "pass", note=note,
        )  # fmt: skip


def _coming(meeting) -> int:
    """One site checked, one with a fault, one begun, one confirmed; people on duty; a backdrop."""
    records = _records(meeting)
    for record, failing in ((records[0], ()), (records[1], ("microphones",))):
        _fill(meeting, record, failing)
        do(meeting, "sign_check", OPERATOR, place=record.place, note="")
    do(meeting, "check_item", OPERATOR, place=records[2].place, item="room", result="pass")
    do(meeting, "confirm_readiness", OPERATOR, place=records[2].place, note="")
    for record in records[:2]:
        do(meeting, "assign_duty", OPERATOR, place=record.place, role="operator", person=OPERATOR)
    do(
        meeting, "assign_duty", OPERATOR, place=records[0].place, role="provider", person=PROVIDER,
        phone="0900 000 800",
    )  # fmt: skip
    do(meeting, "tell_sites", PREPARER, text="Bật hệ thống, kết nối trung tâm trước giờ họp 30 phút.")
    do(
        meeting, "make_backdrop", PREPARER, upper="Ủy ban nhân dân tỉnh Hải Sơn",
        title="Hội nghị giao ban trực tuyến toàn tỉnh", lower="Hải Sơn, tháng 11 năm 2026",
    )  # fmt: skip
    with factories.as_system():
        backdrop.make(IUUID(meeting), backdrop_of(meeting).spec.digest)
    if backdrop_of(meeting).ready:
        do(meeting, "release_backdrop", PREPARER)
    return 2


def _running(meeting) -> int:
    """The centre was checked in time, another site was missed; an interruption, notes, a request for help."""
    records, store, signed = _records(meeting), check_store(), 0
    due = meeting.start - timedelta(hours=1)
    for record in records:
        store.move(record, meeting.start, due)
    if records:
        _fill(meeting, records[0])
        do(meeting, "sign_check", OPERATOR, place=records[0].place, note="")
        records[0].signed_at = due - timedelta(minutes=40)
        store.file(records[0])
        signed = 1
    for record in records[1:2]:
        with factories.as_system():
            record.missed_at = due + timedelta(minutes=2)
            store.file(record)
        do(
            meeting, "report_incident", OPERATOR, kind="network", cause="line", site=record.place,
            what="Mất tín hiệu điểm cầu, đã chuyển đường dự phòng", occurred_at=now() - timedelta(minutes=12),
        )  # fmt: skip
    for record in records[2:]:
        _fill(meeting, record)
        do(meeting, "sign_check", OPERATOR, place=record.place, note="")
        signed += 1
    do(meeting, "note_console", OPERATOR, text="Chuyển bố cục lưới 4 điểm cầu", parameter="Bố cục hình")
    do(meeting, "ask_help", PREPARER, topic="document", text="Tài liệu số 2 mở chậm", seat="Hàng 2")
    return signed
