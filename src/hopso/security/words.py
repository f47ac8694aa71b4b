"""The words of the matrix: roles, functions and the roles they give, permissions, what a workflow is."""

from dataclasses import dataclass


SYSTEM = "System Administrator"
UNIT_ADMIN = "Unit Administrator"
COORDINATOR = "Meeting Coordinator"
LEADER = "Leader"
CHAIR = "Meeting Chair"
SECRETARY = "Meeting Secretary"
APPROVER = "Document Approver"
DELEGATE = "Delegate"
GUEST = "Meeting Guest"
ARCHIVIST = "Archivist"
TECHNICIAN = "Technician"
PROVIDER = "Provider"
REGISTRAR = "Registrar"
PROVINCIAL_CHAIR = "Provincial Chair"
CONTROLLER = "Session Controller"
EMERGENCY = "Emergency Reader"
MEMBER = "Unit Member"
# At single meetings, given by the policy (meetings/approval/access.py): who decides on an urgent
# meeting as a recorded delegate, and who of another unit prepares its content.
DEPUTY = "Urgent Decision Delegate"
CONTENT = "Content Preparer"
# Whom a violation is about: a person by user id, a unit by the group of its leaders.
CONCERNED = "Person Concerned"
OWNER = "Owner"

ROLES = (
    SYSTEM,
    UNIT_ADMIN,
    COORDINATOR,
    LEADER,
    CHAIR,
    SECRETARY,
    APPROVER,
    DELEGATE,
    GUEST,
    ARCHIVIST,
    TECHNICIAN,
    PROVIDER,
    REGISTRAR,
    PROVINCIAL_CHAIR,
    CONTROLLER,
    EMERGENCY,
    MEMBER,
    DEPUTY,
    CONTENT,
    CONCERNED,
)
# Local roles that the groups of a unit (unit:<id>:<function>) get on its folder …
UNIT_FUNCTION_ROLES = {
    "admins": (UNIT_ADMIN,),
    "coordinators": (COORDINATOR,),
    "leaders": (LEADER,),
    "secretaries": (SECRETARY,),
    "archivists": (ARCHIVIST,),
    "technicians": (TECHNICIAN,),
    "providers": (PROVIDER,),
    "registrars": (REGISTRAR,),
    "provincial_chairs": (PROVINCIAL_CHAIR,),
    "members": (MEMBER,),
}
# … those that keep them in the units below …
INHERITED_FUNCTIONS = ("admins", "provincial_chairs")
# … and those of the groups of a meeting (meeting:<id>:<part>) on the meeting.
MEETING_PART_ROLES = {
    "chair": (CHAIR,),
    "secretary": (SECRETARY,),
    "approver": (APPROVER,),
    "preparer": (COORDINATOR,),
    "delegates": (DELEGATE,),
    "guests": (GUEST,),
    "technicians": (TECHNICIAN,),
    # For a time: who was given the control of the session, who broke the glass.
    "console": (CONTROLLER,),
    "breakglass": (EMERGENCY,),
}

VIEW = "View"
ACCESS = "Access contents information"
MODIFY = "Modify portal content"
DELETE = "Delete objects"
ADD_CONTENT = "Add portal content"
LOGISTICS = "hopso: View logistics"
ADD_UNIT = "hopso: Add Unit"
ADD_SECTION = "hopso: Add Section"
ADD_ROOM = "hopso: Add Room"
ADD_SITE = "hopso: Add Site"
ADD_MEETING = "hopso: Add Meeting"
ADD_ITEM = "hopso: Add Agenda Item"
ADD_DOCUMENT = "hopso: Add Meeting Document"
ADD_RECORD = "hopso: Add Record"
ADD_DESK = "hopso: Add Desk Record"

# Whoever does something in a unit or a meeting, in whatever function.
EVERYBODY_AT_WORK = (
    UNIT_ADMIN,
    COORDINATOR,
    LEADER,
    CHAIR,
    SECRETARY,
    APPROVER,
    DELEGATE,
    GUEST,
    ARCHIVIST,
    TECHNICIAN,
    PROVIDER,
    REGISTRAR,
    PROVINCIAL_CHAIR,
    CONTROLLER,
    MEMBER,
)


@dataclass(frozen=True)
class Transition:
    """From some states to one; ``permission`` empty: any operation may take it."""

    title: str
    sources: tuple[str, ...]
    target: str
    permission: str = ""


@dataclass(frozen=True)
class Workflow:
    """States give roles their permissions; nothing is acquired."""

    title: str
    types: tuple[str, ...]
    initial: str
    states: dict[str, str]
    permissions: dict[str, dict[str, tuple[str, ...]]]
    transitions: dict[str, Transition]
