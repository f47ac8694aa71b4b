"""What roles, parts and sources are called for people."""

from hopso import _
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.security import matrix


PART_TITLES = {
    "chair": _("Chair"),
    "secretary": _("Secretary of the meeting"),
    "approver": _("Approver of documents"),
    "preparer": _("Preparer"),
    "delegates": _("Delegate"),
    "guests": _("Guest"),
    "technicians": _("Technician of the meeting"),
    "console": _("Control of the session"),
    "breakglass": _("Emergency access"),
}
ROLE_TITLES = {
    matrix.SYSTEM: _("System administrator"),
    matrix.UNIT_ADMIN: FUNCTION_TITLES["admins"],
    matrix.COORDINATOR: FUNCTION_TITLES["coordinators"],
    matrix.LEADER: FUNCTION_TITLES["leaders"],
    matrix.CHAIR: PART_TITLES["chair"],
    matrix.SECRETARY: FUNCTION_TITLES["secretaries"],
    matrix.APPROVER: PART_TITLES["approver"],
    matrix.DELEGATE: PART_TITLES["delegates"],
    matrix.GUEST: PART_TITLES["guests"],
    matrix.ARCHIVIST: FUNCTION_TITLES["archivists"],
    matrix.TECHNICIAN: FUNCTION_TITLES["technicians"],
    matrix.PROVIDER: FUNCTION_TITLES["providers"],
    matrix.REGISTRAR: FUNCTION_TITLES["registrars"],
    matrix.PROVINCIAL_CHAIR: FUNCTION_TITLES["provincial_chairs"],
    matrix.CONTROLLER: PART_TITLES["console"],
    matrix.EMERGENCY: PART_TITLES["breakglass"],
    matrix.MEMBER: FUNCTION_TITLES["members"],
    matrix.DEPUTY: _("Delegate for urgent decisions"),
    matrix.CONTENT: _("Unit that prepares the content"),
    matrix.OWNER: _("Author"),
    "Manager": _("Manager of the installation"),
    "Authenticated": _("Logged in"),
    "Anonymous": _("Anybody"),
}
