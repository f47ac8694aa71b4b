"""What the things that stand in the log are called."""

from hopso import _
from hopso.core.operation import registered


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
    "export.accounts": _("List of accounts exported"),
    "export.logins": _("Login log exported"),
    "setting.changed": _("Setting changed"),
    "setting.added": _("Setting added"),
    "setting.removed": _("Setting removed"),
    "profile.imported": _("Add-on or profile installed"),
    "account.added": _("Account made in Plone"),
    "account.deleted": _("Account deleted in Plone"),
    "account.properties": _("Properties of an account set"),
    "account.password_set": _("Password set"),
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
    "document": _("Documents"),
    "record": _("Minutes and notices"),
    "content": _("Content made, changed, deleted"),
    "item": _("Downloads and reading"),
    "export": _("Exports"),
    "login": _("Logins"),
    "logout": _("Logouts"),
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
