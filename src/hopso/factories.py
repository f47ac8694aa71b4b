"""Small makers of units, people and meetings, for tests and the demo.

They act with the rights of the system, so that a test says only what matters.
"""

from contextlib import contextmanager
from datetime import datetime
from datetime import timedelta

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from hopso.accounts.records import Account
from hopso.accounts.records import account_store
from hopso.core.text import now
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.place import meeting_folder
from hopso.organisation.place import province
from hopso.organisation.place import room_folder
from hopso.organisation.place import site_folder
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope.annotation.interfaces import IAnnotations
from zope.event import notify
from zope.globalrequest import getRequest
from zope.lifecycleevent import ObjectModifiedEvent


PASSWORD = "Mat-khau-2026!"
# The version of the terms of use that new people of tests and the demo have accepted.
TERMS = "1"


@contextmanager
def as_system():
    """Act with all rights."""
    kept = getSecurityManager()
    newSecurityManager(None, system)
    try:
        yield
    finally:
        setSecurityManager(kept)


@contextmanager
def as_user(user_id: str):
    """Act as a person, with fresh groups, as at the beginning of a request."""
    _forget_local_roles()
    kept = getSecurityManager()
    user = api.portal.get_tool("acl_users").getUserById(user_id)
    if user is None:
        raise LookupError(user_id)
    newSecurityManager(None, user.__of__(api.portal.get_tool("acl_users")))
    try:
        yield user
    finally:
        setSecurityManager(kept)


def _forget_local_roles():
    """Drop what Plone's local-role plug-in remembers for the length of a request."""
    remembered = IAnnotations(getRequest(), None) or {}
    for key in [one for one in remembered if str(one).startswith("borg.localrole")]:
        del remembered[key]


def add(container, portal_type: str, id: str | None = None, **fields):
    """Make content with the rights of the system and return it."""
    with as_system():
        content = createContent(portal_type, **fields)
        if id:
            content.id = id
        return addContentToContainer(container, content, checkConstraints=False)


def create_unit(title: str, code: str = "", parent=None, id: str | None = None, **fields):
    """Make a unit under *parent* (default: directly under /don-vi)."""
    parent = province() if parent is None else parent
    return add(parent, "Unit", id=id, title=title, code=code or title[:20], **fields)


def create_person(
    user_id: str, fullname: str = "", unit=None, functions=("members",), position="", account=None, **props
):
    """Make an account with functions in its home unit; return its user id.

    *account*: fields of its record (``hopso.accounts.records.Account``); *props*: member properties.
    """
    account = {"terms_version": TERMS, "terms_at": now(), **(account or {})}
    with as_system():
        api.user.create(
            email=props.pop("email", f"{user_id}@example.vn"),
            username=user_id,
            password=props.pop("password", PASSWORD),
            properties={"fullname": fullname or user_id, **props},
        )
        home = "" if unit is None else unit.getId()
        account_store().add(
            Account(user_id, **{"unit": home, "created_at": now(), "password_set_at": now(), **account})
        )
        for function in functions if unit is not None else ():
            assignment_store().assign(user_id, Assignment(home, function, position))
    return user_id


def create_room(unit, title: str = "Phòng họp số 1", **fields):
    """Make a room of a unit."""
    with as_system():
        folder = room_folder(unit)
    return add(folder, "Room", title=title, **fields)


def create_site(unit, title: str = "Điểm cầu", **fields):
    """Make a site of a unit."""
    with as_system():
        folder = site_folder(unit)
    return add(folder, "Site", title=title, **fields)


def in_days(days: float, hour: int = 8) -> datetime:
    """Return an aware moment *days* from now at *hour* o'clock in Viet Nam."""
    from hopso.core.text import local

    return (local(now()) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def create_meeting(
    unit, title: str = "Giao ban tuần", start: datetime | None = None, hours: float = 1.5, **fields
):
    """Make a draft meeting hosted by *unit*, by default ten days ahead."""
    start = start or in_days(10)
    with as_system():
        folder = meeting_folder(unit, start.year)
    fields.setdefault("host_unit", unit.getId())
    return add(folder, "Meeting", title=title, start=start, end=start + timedelta(hours=hours), **fields)


def create_item(meeting, title: str = "Nội dung", **fields):
    """Make an agenda item."""
    return add(meeting, "AgendaItem", title=title, **fields)


def create_document(meeting, title: str = "Báo cáo", file=None, classification: str = "none", **fields):
    """Make a document of a meeting; *file* is a NamedBlobFile or None."""
    return add(meeting, "MeetingDocument", title=title, file=file, classification=classification, **fields)


def change(content, /, **fields):
    """Set fields of content as a form would, with its event."""
    for name, value in fields.items():
        setattr(content, name, value)
    notify(ObjectModifiedEvent(content))
    return content


def put_in_state(content, state: str):
    """Put content into a workflow state without its operations (tests only)."""
    with as_system():
        tool = api.portal.get_tool("portal_workflow")
        flow = tool.getWorkflowsFor(content)[0]
        status = dict(tool.getStatusOf(flow.id, content) or {})
        status.update(review_state=state, action="test", actor="system", comments="")
        tool.setStatusOf(flow.id, content, status)
        flow.updateRoleMappingsFor(content)
        content.reindexObject()
        content.reindexObjectSecurity()
    return content


class FormerProvince:
    """A province as it was before July 2025: committee, a department, districts with their communes.

    Every unit has an administrator (``<code>-qt``), a leader who is its head
    (``<code>-ld``), a coordinator (``<code>-dm``) and an archivist (``<code>-vt``),
    all small letters, a meeting that was archived in 2024 and an open one.
    ``units``: code -> unit; ``past``, ``open``: code -> UID of the meeting.
    """

    def __init__(self, name: str, prefix: str, districts: int = 2, communes: int = 2, meetings: bool = True):
        self.name, self.prefix, self.meetings = name, prefix, meetings
        self.units, self.past, self.open = {}, {}, {}
        self.committee = self._unit(f"Ủy ban nhân dân tỉnh {name}", "UBND", None, "committee", "province")
        self.department = self._unit(f"Sở Nội vụ {name}", "SNV", self.committee, "department", "province")
        self.districts, self.communes = [], []
        for one in range(1, districts + 1):
            title = f"Ủy ban nhân dân huyện {name} {one}"
            district = self._unit(title, f"H{one}", self.committee, "committee", "district")
            self.districts.append(district)
            for number in range(1, communes + 1):
                title = f"Ủy ban nhân dân xã {name} {one}.{number}"
                self.communes.append(self._unit(title, f"X{one}{number}", district, "commune", "commune"))

    def _unit(self, title, code, parent, unit_type, level):
        code = f"{self.prefix}{code}"
        unit = create_unit(title, code, parent=parent, unit_type=unit_type, level=level)
        for suffix, function in (
            ("qt", "admins"),
            ("ld", "leaders"),
            ("dm", "coordinators"),
            ("vt", "archivists"),
        ):
            create_person(f"{code.lower()}-{suffix}", f"Người {code} {suffix}", unit, (function,))
        change(unit, head=f"{code.lower()}-ld")
        self.units[code] = unit
        if self.meetings:
            held = datetime(2024, 5, 6, 1, 0, tzinfo=now().tzinfo)
            past = create_meeting(unit, f"Họp năm 2024 {code}", held, preparer=f"{code.lower()}-dm")
            put_in_state(past, "archived")
            ahead = create_meeting(
                unit,
                f"Họp sắp tới {code}",
                in_days(20),
                chair=f"{code.lower()}-ld",
                preparer=f"{code.lower()}-dm",
            )
            put_in_state(ahead, "registered")
            self.past[code], self.open[code] = past.UID(), ahead.UID()
        return unit
