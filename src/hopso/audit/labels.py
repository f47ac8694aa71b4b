"""What the things that stand in the log are called."""

from functools import lru_cache

from hopso import _
from hopso.core.operation import registered
from hopso.meetings.views import labels as states
from plone.dexterity.utils import iterSchemataForType
from zope.schema import getFieldsInOrder


# Entries that are no operations of ours.
TITLES = {
    "content.added": _("Created"),
    "content.modified": _("Changed"),
    "content.removed": _("Deleted"),
    "item.download": _("Downloaded"),
    "item.view": _("Opened"),
    "item.export": _("Exported"),
    "login": _("Logged in"),
    "login.failed": _("Login failed"),
    "login.locked": _("Login locked for a while"),
    "login.refused": _("Login refused"),
    "logout": _("Logged out"),
    "session.ended": _("Session ended"),
    "session.distant": _("Sessions from distant addresses"),
    "access.refused": _("Access refused"),
    "audit.export": _("Log exported"),
    "audit.archived": _("Log archived"),
    "export.archive": _("List of the archive exported"),
    "export.statistics": _("Statistics exported"),
    "export.people": _("List of participants exported"),
    "export.meetings": _("List of meetings exported"),
    "export.access": _("Access list exported"),
    "password.changed": _("Password changed"),
    "password.help_asked": _("Link for a new password asked for"),
    "terms.accepted": _("Terms of use accepted"),
    "codes.on": _("One-time codes switched on"),
    "codes.off": _("One-time codes switched off"),
    "codes.recovery_renewed": _("Recovery codes renewed"),
    "codes.recovery_used": _("Recovery code used"),
    "data.erased": _("Personal data erased"),
    "account.closed_in_time": _("Leaver's account closed in time"),
    "export.accounts": _("List of accounts exported"),
    "export.logins": _("Login log exported"),
    "setting.changed": _("Setting changed"),
    "setting.added": _("Setting added"),
    "setting.removed": _("Setting removed"),
    "profile.imported": _("Add-on or profile installed"),
    "account.added": _("Account made in Plone"),
    "account.deleted": _("Account deleted in Plone"),
    "account.properties": _("Properties of an account set"),
    "account.password_set": _("Password set in Plone"),
    "group.added": _("Group made"),
    "group.deleted": _("Group deleted"),
    "group.member_added": _("Added to a group"),
    "group.member_removed": _("Removed from a group"),
    "role.granted": _("Role given for the whole site"),
    "role.withdrawn": _("Role withdrawn for the whole site"),
    "role.changed": _("Local roles changed"),
    "permission.changed": _("Permissions changed"),
    "workflow.changed": _("Workflow changed"),
    "type.changed": _("Type of content changed"),
    "plugin.changed": _("Plug-in of the user folder changed"),
}
# The filter by kind: the first part of names -> what people call it.
KINDS = {
    "meeting": _("Meetings"),
    "document": _("Documents of meetings"),
    "record": _("Minutes and conclusion notices"),
    "content": _("Content made, changed, deleted"),
    "item": _("Downloads and reading"),
    "export": _("Exports"),
    "login": _("Coming in"),
    "logout": _("Going out"),
    "session": _("Sessions"),
    "access": _("Refused access"),
    "account": _("Accounts"),
    "unit": _("Units"),
    "group": _("Groups"),
    "role": _("Roles"),
    "permission": _("Permissions"),
    "policy": _("Policy"),
    "setting": _("Settings"),
    "profile": _("Add-ons"),
    "workflow": _("Workflows"),
    "plugin": _("User folder"),
    "audit": _("Audit log"),
}


def operation_titles() -> dict:
    """Return name -> translatable title of everything that the log may speak of."""
    return {one.name: one.title for one in registered()} | TITLES


def kind_titles() -> dict:
    """Return first part of a name -> title, of everything that the log may speak of."""
    names = {name.partition(".")[0] for name in operation_titles()}
    return {name: KINDS.get(name, name) for name in sorted(names | set(KINDS))}


# Details that are no parameters of operations.
DETAILS = {
    "request": _("Request"),
    "status": _("Status code"),
    "claimed": _("Name given"),
    "rows": _("Number of rows"),
    "format": _("Format"),
    "file": _("File"),
    "fields": _("Fields"),
    "setting": _("Setting"),
    "profile": _("Profile"),
    "group": _("Group"),
    "roles": _("Roles"),
    "from": _("From"),
    "to": _("To"),
}
STATES = {
    "Meeting": states.STATES,
    "MeetingDocument": states.DOCUMENT_STATES,
    "Minutes": states.RECORD_STATES,
    "ConclusionNotice": states.RECORD_STATES,
}


def state_title(portal_type: str, state: str):
    """Return what a review state of a type is called; its name where nothing calls it anything."""
    return states.tag(STATES[portal_type], state)["name"] if state in STATES.get(portal_type, ()) else state


@lru_cache(maxsize=256)
def field_titles(operation: str, portal_type: str) -> dict:
    """Return name -> title of the parameters of an operation and of the fields of a type."""
    found = dict(DETAILS)
    if portal_type:
        for schema in iterSchemataForType(portal_type):
            found.update((name, one.title) for name, one in getFieldsInOrder(schema) if one.title)
    for one in registered():
        if one.name == operation and one.schema is not None:
            found.update((name, field.title) for name, field in getFieldsInOrder(one.schema) if field.title)
    return found
