"""Meetings of the demo, each brought to its state by the people who would do it."""

from functools import partial

from hopso import factories
from hopso.core.operation import find_operation
from hopso.core.operation import inside_operation
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.distribution.demo import data
from hopso.distribution.demo import times
from hopso.distribution.demo.organisation import find_room
from hopso.distribution.demo.organisation import find_unit
from hopso.distribution.demo.sites import find_site
from hopso.documents import approval
from hopso.meetings.rooms import HOLDS_ROOMS
from hopso.minutes.records import digest_of
from hopso.organisation.place import meeting_folder
from plone.app.textfield import RichTextValue
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.namedfile.file import NamedBlobFile
from plone.uuid.interfaces import IUUID


PATH = ("draft", "registered", "scheduled", "convened", "in_session", "ended", "concluded", "archived")
FIELDS = (
    "kind", "meeting_type", "mode", "content", "purpose", "preparing_unit", "chair", "secretary", "approver",
    "preparer", "urgent", "urgent_reason", "urgent_note", "host_contact",
)  # fmt: skip


def create_all() -> dict:
    """Make all meetings; return id -> meeting."""
    moment = now()
    return {
        record["id"]: create_meeting(record, number, moment)
        for number, record in enumerate(data.records("meetings"))
    }


def create_meeting(record: dict, number: int, moment):
    """Make one meeting of data/meetings.json, seen from *moment* (aware)."""
    start, end = times.final(record["when"], record["hours"], moment)
    life = times.times_of(start, end, record.get("urgent", False), moment)
    begin, finish = times.planned(number, record["hours"], moment)
    meeting = draft(record, begin, finish, start)
    steps = {
        "registered": lambda: do(meeting, "register", record["register"]),
        "scheduled": lambda: do(meeting, "schedule", record["schedule"]),
        "convened": partial(convene, meeting, record),
        "in_session": partial(begin_session, meeting, record),
        "ended": partial(end_session, meeting, record),
        "concluded": lambda: do(meeting, "conclude", record["secretary"]),
        "archived": lambda: do(meeting, "archive", record["schedule"]),
    }
    for state in PATH[1 : PATH.index(record["state"]) + 1]:
        steps[state]()
    if record["state"] in HOLDS_ROOMS:
        # The event of a change of time takes the rooms for the new one; only a registrar may do that.
        with factories.as_user(record["schedule"]):
            factories.change(meeting, start=start, end=end)
    with factories.as_system():
        meeting.start, meeting.end = start, end
        times.backdate(meeting, life)
    return meeting


def do(thing, verb: str, user_id: str, **params):
    """Carry out the operation *verb* as the person."""
    operation = find_operation(thing, verb)
    with factories.as_user(user_id):
        return operation(thing, **params)


def draft(record: dict, begin, finish, start):
    """Let the preparer make the draft with its agenda and documents."""
    host = find_unit(record["host"])
    with factories.as_system():
        # By its final day: an archived meeting may be of last year.
        folder = meeting_folder(host, local(start).year)
    fields = {name: record[name] for name in FIELDS if name in record}
    with factories.as_user(record["preparer"]):
        meeting = put(
            folder,
            "Meeting",
            record["id"],
            title=record["title"].format(week=local(start).isocalendar().week),
            start=begin,
            end=finish,
            host_unit=record["host"],
            rooms=tuple(IUUID(find_room(one)) for one in record["rooms"]),
            participants=tuple(record["participants"]),
            sites=tuple(IUUID(find_site(one)) for one in record.get("sites", ())),
            chair_site=IUUID(find_site(record["sites"][0])) if record.get("sites") else None,
            **fields,
        )
    with factories.as_user(record["preparer"]):
        # Now as one who prepares this very meeting.
        for item in record["items"]:
            put(meeting, "AgendaItem", **item)
        for one in record["documents"]:
            add_document(meeting, one)
    for one in record["documents"]:
        judge_document(meeting, one, record)
    for call in record.get("calls", ()):
        do(meeting, "log_call", record["preparer"], **call)
    return meeting


def put(container, portal_type: str, id: str, **fields):
    """Add content with an id of the demo's choice as the present person."""
    content = createContent(portal_type, **fields)
    content.id = id
    return addContentToContainer(container, content)


def add_document(meeting, one: dict):
    """Add a document as the present person; its conversion is queued as for any upload."""
    file = NamedBlobFile(data=data.file_bytes(one["file"]), filename=one["file"])
    return put(
        meeting,
        "MeetingDocument",
        one["file"].replace(".", "-"),
        title=one["title"],
        doc_number=one["number"],
        doc_kind=one["kind"],
        issuing_body=one["body"],
        agenda_item=one["item"],
        classification="none",
        file=file,
    )


def judge_document(meeting, one: dict, record: dict) -> None:
    """Bring a document to its state: handed in by the preparer, judged by its approver."""
    document = meeting[one["file"].replace(".", "-")]
    if one["state"] == "draft":
        return
    do(document, "submit", record["preparer"])
    approver = approval.approver_ids(document)[0]
    if one["state"] == "returned":
        do(document, "return", approver, comment=one["comment"], page=one["page"])
    elif one["state"] in ("approved", "published"):
        approve_unseen(document, approver)
    if one["state"] == "published":
        do(document, "publish", record["convene"])


def approve_unseen(document, approver: str) -> None:
    """Approve a document whose pages are not prepared yet.

    The operation forbids that (BD-7/2); here the file is known to be harmless.
    """
    with factories.as_user(approver), inside_operation():
        approval.record(document, approval.APPROVED)
        transition(document, "approve")


def convene(meeting, record: dict) -> None:
    """Publish the meeting and take the answers of those who have answered."""
    do(meeting, "convene", record["convene"])
    for one in record.get("answers", ()):
        params = {name: value for name, value in one.items() if name != "by"}
        do(meeting, "answer", one["by"], **params)


def begin_session(meeting, record: dict) -> None:
    """Open the session; some documents come late."""
    do(meeting, "start", record["chair"])
    with factories.as_user(record["preparer"]):
        for one in record.get("later", ()):
            add_document(meeting, one)
    for one in record.get("later", ()):
        judge_document(meeting, one, record)


def end_session(meeting, record: dict) -> None:
    """Close the session and write its minutes and notice."""
    do(meeting, "end", record["chair"])
    for one in record.get("records", ()):
        write_record(meeting, one, record)


def write_record(meeting, one: dict, record: dict):
    """Make minutes or a notice and bring it to its state."""
    text = RichTextValue(data.record_text(one["text"]), "text/html", "text/x-html-safe")
    with factories.as_user(record["preparer"]):
        made = put(meeting, one["type"], one["id"], title=one["title"], text=text)
    do(made, "submit", record["preparer"])
    if one["state"] == "issued":
        do(made, "approve", record["chair"], digest=digest_of(made))
        do(made, "issue", record.get("clerk", record["preparer"]), number=one["number"])
    return made
