"""Passwords of an LDAP server, through pas.plugins.ldap.

Its plug-in stands in ``acl_users`` and holds the server's address and names of
attributes; none of its interfaces is active.  So it lists no people, gives no
groups and properties, and no password reaches it but through the one door that
counts failures and asks for one-time codes.
"""

from contextlib import contextmanager

from hopso import _
from hopso.accounts.directory.interfaces import IPasswordDirectory
from hopso.accounts.directory.person import Person
from hopso.accounts.directory.person import Unreachable
import ldap
from node.ext.ldap.interfaces import ILDAPGroupsConfig
from node.ext.ldap.interfaces import ILDAPUsersConfig
from node.ext.ldap.scope import SUBTREE
from node.ext.ldap.ugm import Ugm
from pas.plugins.ldap.plugin import LDAPPlugin
from pas.plugins.ldap.properties import LDAPProps
from plone import api
from zope.interface import implementer


PLUGIN = "hopso_ldap"
# Name in the settings page -> key in the plug-in.
SERVER = {
    "uri": "server.uri",
    "user": "server.user",
    "password": "server.password",
    "start_tls": "server.start_tls",
    "ca_file": "server.tls_cacertfile",
    "base": "users.baseDN",
    "filter": "users.queryFilter",
}
ATTRIBUTES = ("login", "uid", "fullname", "email", "phone", "department")
DEFAULTS = {
    "login": "uid",
    "uid": "uid",
    "fullname": "cn",
    "email": "mail",
    "phone": "telephoneNumber",
    "department": "ou",
}
SECONDS = 5


class Props(LDAPProps):
    """Without the ten seconds that the packages would try again for: a person is waiting."""

    retry_max = 1
    retry_delay = 0.1


@implementer(IPasswordDirectory)
class LdapDirectory:
    """The server whose address the plug-in of the present site holds."""

    def check(self, login: str, password: str) -> Person | None:
        """See IPasswordDirectory."""
        with answering():
            node = people()
            dn, person = self._found(node, "login", login)
            # Not by the package's own way to authenticate: that writes passwords into the log of debugging.
            return person if person and node.ldap_session.authenticate(dn, password) else None

    def find(self, uid: str) -> Person | None:
        """See IPasswordDirectory."""
        with answering():
            return self._found(people(), "uid", uid)[1]

    def test(self) -> int:
        """See IPasswordDirectory."""
        with answering():
            node = people()
            if node is None:
                raise Unreachable("not set up")
            return len(node.search(attrlist=["dn"]))

    def _found(self, node, name, value):
        """Return (DN, Person) of the one entry with a value; two of them are nobody."""
        names = {} if node is None else attributes()
        told = (
            node.search(criteria={names[name]: value}, attrlist=["dn", *set(names.values())]) if names else ()
        )
        if len(told) != 1:
            return "", None
        [(dn, entry)] = told
        values = {name: _first(entry.get(attribute)) for name, attribute in names.items()}
        uid = values.pop("uid", "")
        return (dn, Person("ldap", uid, **values)) if uid and values["login"] else ("", None)


def _first(value) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str) else ""


@contextmanager
def answering():
    """Turn errors of the server into Unreachable; what they tell may name the server, never a password."""
    try:
        yield
    except ldap.LDAPError as error:
        told = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
        raise Unreachable(told.get("desc") or type(error).__name__) from None


def people():
    """Return the node of the server below which people are, None if none is set."""
    plugin = installed()
    if plugin is None:
        return None
    users = ILDAPUsersConfig(plugin)
    return Ugm(props=Props(plugin), ucfg=users, gcfg=ILDAPGroupsConfig(plugin), rcfg=None).users.context


def attributes() -> dict[str, str]:
    """Return our name -> attribute of the server, for those that are set."""
    kept = installed().settings["users.attrmap"]
    return {name: kept[name] for name in ATTRIBUTES if kept.get(name)}


def installed():
    """Return the plug-in that holds the settings, None before they were made."""
    return api.portal.get_tool("acl_users").get(PLUGIN)


def configuration() -> dict:
    """Return the settings without the password; ``has_password`` tells whether there is one."""
    plugin = installed()
    if plugin is None:
        return {"filter": "(objectClass=inetOrgPerson)", "start_tls": True, "has_password": False, **DEFAULTS}
    found = {name: plugin.settings.get(key, "") for name, key in SERVER.items()}
    found["has_password"] = bool(found.pop("password"))
    return found | {name: plugin.settings["users.attrmap"].get(name, "") for name in ATTRIBUTES}


def configure(**values) -> None:
    """Set what is named; ``password`` None leaves the one that is there."""
    folder = api.portal.get_tool("acl_users")
    if PLUGIN not in folder:
        # Not its own installation: that would switch all its interfaces on.
        folder._setObject(PLUGIN, LDAPPlugin(PLUGIN, "LDAP server of Họp Số"))
    kept = folder[PLUGIN].settings
    for name, key in SERVER.items():
        if values.get(name) is not None:
            kept[key] = values[name]
    attributes = dict(kept.get("users.attrmap") or DEFAULTS)
    attributes |= {name: values[name] for name in ATTRIBUTES if values.get(name)}
    # The two names that the package itself looks up.
    kept["users.attrmap"] = attributes | {"rdn": attributes["login"], "id": attributes["login"]}
    kept["users.scope"] = SUBTREE
    kept["users.objectClasses"] = []
    kept["server.ignore_cert"] = False
    kept["server.conn_timeout"] = kept["server.op_timeout"] = SECONDS
    kept["groups.baseDN"] = kept.get("users.baseDN", "")


def remove() -> None:
    """Take the settings away (uninstallation)."""
    folder = api.portal.get_tool("acl_users")
    if PLUGIN in folder:
        folder.manage_delObjects([PLUGIN])


def test():
    """Return what was found, for the settings page.  Raises Unreachable."""
    return _(
        "The directory answers and knows ${count} people.", mapping={"count": str(LdapDirectory().test())}
    )
