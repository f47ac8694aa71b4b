"""``/@@directory-settings``: the directory in its administrators' hands.

Secrets are written and never shown, logged or kept in the audit log.
"""

from importlib.util import find_spec

from hopso import _
from hopso.accounts.directory import door
from hopso.accounts.directory.interfaces import IDirectorySettings
from hopso.accounts.directory.interfaces import WAYS_TO_MATCH
from hopso.accounts.directory.person import Unreachable
from hopso.audit.log import record
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView


LDAP, OIDC = "ldap", "oidc"
TITLES = {LDAP: _("Directory (LDAP)"), OIDC: _("Login portal (OpenID Connect)")}
PACKAGES = {LDAP: "pas.plugins.ldap", OIDC: "pas.plugins.oidc"}
EXTRAS = {LDAP: "hopso[ldap]", OIDC: "hopso[oidc]"}
# name, title, help; "*" before a name: a secret, "?" a yes or no.
FIELDS = {
    LDAP: (
        ("uri", _("Address of the server"), _("ldaps://ldap.tinh.gov.vn, or ldap://… with STARTTLS")),
        ("?start_tls", _("Encrypt the connection with STARTTLS"), ""),
        ("ca_file", _("File of the certificate authority"), _("On the server; empty: those of the system.")),
        ("user", _("Name for searching (bind DN)"), _("It needs to read people only.")),
        ("*password", _("Password for searching"), ""),
        ("base", _("Where people are (base DN)"), ""),
        ("filter", _("Who counts as a person (filter)"), ""),
        ("login", _("Attribute of the login name"), ""),
        ("uid", _("Attribute that never changes"), _("entryUUID or objectGUID where there is one.")),
        ("fullname", _("Attribute of the name"), ""),
        ("email", _("Attribute of the official e-mail address"), ""),
        ("phone", _("Attribute of the telephone"), ""),
        ("department", _("Attribute of the unit"), _("For telling strangers whom to ask for an account.")),
    ),
    OIDC: (
        ("issuer", _("Address of the portal (issuer)"), _("https://sso.tinh.gov.vn/realms/tinh")),
        ("client_id", _("Name of this site at the portal (client id)"), ""),
        ("*client_secret", _("Secret of this site at the portal"), ""),
        ("login_claim", _("Claim of the login name"), _("preferred_username in most cases")),
    ),
}
COMMON = ("match", "exclusive", "take_over", "portal_title")
LONGEST = 500


def server(name: str):
    """Return the module that keeps the settings of a server, None where its extra is not installed."""
    try:
        if find_spec(PACKAGES[name]) is None:
            return None
    except ModuleNotFoundError:
        return None
    if name == LDAP:
        from hopso.accounts.directory import ldap as module
    else:
        from hopso.accounts.directory import oidc as module
    return module


class DirectorySettings(BrowserView):
    """Shows, saves and tests."""

    page_title = _("Logins by a directory")
    tested = None
    error = ""

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            form = self.request.form
            if "test" in form:
                self.tested = self.test(str(form["test"]))
            elif self.save(form):
                api.portal.show_message(_("Saved."), self.request)
                self.request.response.redirect(
                    f"{self.context.absolute_url()}/@@directory-settings", status=303
                )
                return ""
        return self.index()

    # -- what the page shows ----------------------------------------------

    @property
    def token(self) -> str:
        return createToken()

    def servers(self) -> list[dict]:
        """Return both kinds, with their fields where the extra is there."""
        return [self._server(name) for name in (LDAP, OIDC)]

    def _server(self, name):
        module = server(name)
        kept = module.configuration() if module else {}
        return {
            "name": name,
            "title": TITLES[name],
            "there": module is not None,
            "extra": EXTRAS[name],
            "on": getattr(door.settings(), f"{name}_on"),
            "fields": [self._field(name, *one, kept) for one in FIELDS[name]] if module else [],
            "note": module.note() if hasattr(module, "note") else "",
            "tested": self.tested if self.tested and self.tested["name"] == name else None,
        }

    def _field(self, server_name, name, title, help, kept):
        plain = name.lstrip("*?")
        secret = name.startswith("*")
        return {
            "id": f"{server_name}-{plain}",
            "name": f"{server_name}.{plain}",
            "title": title,
            "help": _("Kept. Leave it empty to keep it.") if secret and kept.get(f"has_{plain}") else help,
            "kind": "secret" if secret else "yes_no" if name.startswith("?") else "line",
            "value": "" if secret else kept.get(plain, ""),
        }

    def common(self) -> dict:
        """Return the settings of both."""
        return {name: getattr(door.settings(), name) for name in COMMON}

    def ways(self) -> list[dict]:
        """Return how people may be matched."""
        chosen = door.settings().match
        return [
            {"value": one.value, "title": one.title, "selected": one.value == chosen} for one in WAYS_TO_MATCH
        ]

    def titles(self) -> dict:
        """Return name -> title of the common settings."""
        return {name: IDirectorySettings[name].title for name in (*COMMON, "ldap_on", "oidc_on")}

    # -- what it does ------------------------------------------------------

    def save(self, form) -> bool:
        """Keep what was sent; tell whether it was fit to be kept."""
        sent = {
            name: value.strip()
            for name, value in form.items()
            if isinstance(value, str) and len(value) <= LONGEST
        }
        if any(not value.isprintable() for value in sent.values()):
            self.error = _("Please check what you entered.")
            return False
        values = {name: self._values(name, sent) for name in FIELDS if server(name)}
        problem = next((one for name in values if (one := self._problem(name, values[name]))), "")
        if problem:
            self.error = problem
            return False
        before = self._snapshot()
        for name in values:
            server(name).configure(**values[name])
        chosen = door.settings()
        for name in ("ldap_on", "oidc_on"):
            setattr(chosen, name, name in sent and server(name.removesuffix("_on")) is not None)
        chosen.exclusive, chosen.take_over = "exclusive" in sent, "take_over" in sent
        if sent.get("match") in WAYS_TO_MATCH:
            chosen.match = sent["match"]
        chosen.portal_title = sent.get("portal_title", "")[:60]
        self._record(before, values)
        return True

    def _values(self, name, sent):
        found = {}
        for field, _title, _help in FIELDS[name]:
            plain = field.lstrip("*?")
            value = sent.get(f"{name}.{plain}", "")
            if field.startswith("?"):
                found[plain] = bool(value)
            else:
                found[plain] = None if field.startswith("*") and not value else value
        return found

    def _problem(self, name, values):
        if (
            name == LDAP
            and values["uri"]
            and not values["uri"].startswith(("ldap://", "ldaps://", "ldapi://"))
        ):
            return _("The address of the directory begins with ldap:// or ldaps://.")
        if (
            name == OIDC
            and values["issuer"]
            and not values["issuer"].startswith(("https://", "http://localhost"))
        ):
            return _("The address of the portal begins with https://.")
        return ""

    def _snapshot(self):
        found = {name: getattr(door.settings(), name) for name in (*COMMON, "ldap_on", "oidc_on")}
        for name in FIELDS:
            if module := server(name):
                found |= {f"{name}.{key}": value for key, value in module.configuration().items()}
        return found

    def _record(self, before, values):
        after = self._snapshot()
        changes = {key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]}
        secrets = [
            f"{name}.{field.lstrip('*')}"
            for name in values
            for field, _title, _help in FIELDS[name]
            if field.startswith("*") and values[name][field.lstrip("*")]
        ]
        if changes or secrets:
            record("directory.configure", self.context, details={"changes": changes, "written_anew": secrets})

    def test(self, name: str) -> dict | None:
        """Ask the server; return what to say."""
        module = server(name) if name in FIELDS else None
        if module is None:
            return None
        try:
            text, good = module.test(), True
        except Unreachable as error:
            text, good = _("No answer: ${reason}", mapping={"reason": str(error)}), False
        return {"name": name, "text": text, "css": "hs-note" if good else "hs-note hs-note--bad"}
