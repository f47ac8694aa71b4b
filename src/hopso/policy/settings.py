"""/@@policy-settings: a typed form; saving is the operation ``policy.change``."""

from datetime import date
from datetime import datetime

from hopso import _
from hopso.core import errors
from hopso.core.views.answers import describe_error
from hopso.policy import following  # noqa: F401  (declares its operation)
from hopso.policy import jobs  # noqa: F401  (declares what the worker does)
from hopso.policy import labels
from hopso.policy.api import available_policies
from hopso.policy.api import current_policy
from hopso.policy.interfaces import IPolicySettings
from hopso.policy.operations import apply_province
from hopso.policy.operations import change_policy
from hopso.policy.operations import checked
from hopso.policy.policy import DATES
from hopso.policy.policy import KEYS
from hopso.policy.policy import LEAD
from hopso.policy.policy import write_value
from hopso.policy.timing import UNITS
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
import transaction
from zope.i18n import translate
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ITuple


def kind_of(name: str) -> str:
    """Return how a key is entered: lead, choice, yes_no, number, day, lines, long or line."""
    if KEYS[name].metadata["codec"] is LEAD:
        return "lead"
    field = IPolicySettings[name]
    for interface, kind in (
        (IChoice, "choice"), (IBool, "yes_no"), (IInt, "number"), (IDate, "day"), (ITuple, "lines"),
        (ITextLine, "line"), (IText, "long"),
    ):  # fmt: skip
        if interface.providedBy(field):
            return kind
    raise TypeError(name)


def entered(form: dict) -> dict:
    """Return key -> plain data for the keys that *form* (of the page) holds."""
    found = {}
    for name in KEYS:
        kind = kind_of(name)
        if kind == "lead":
            unit = form.get(f"{name}__unit")
            if unit is not None:
                found[name] = (
                    "none" if unit == "none" else f"{str(form.get(f'{name}__value', '')).strip()} {unit}"
                )
        elif name in form:
            found[name] = _entered(name, kind, str(form[name]))
    return found


def _entered(name, kind, text):
    text = text.strip()
    if kind == "yes_no":
        return text == "1"
    if kind == "number":
        return text
    if kind == "day":
        return text or None
    if kind == "lines":
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [_iso(line) for line in lines] if KEYS[name].metadata["codec"] is DATES else lines
    return text


def _iso(text: str) -> str:
    """Read ``31/12/2026`` as well as ``2026-12-31``; leaves to the codec what is neither."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()
    except ValueError:
        return text


class PolicySettings(BrowserView):
    """Shows the values, then what would change, then saves."""

    error = None
    changes = ()

    def __call__(self):
        self.values = current_policy().to_dict()
        form = self.request.form
        if self.request.method == "POST":
            PostOnly(self.request)
            CheckAuthenticator(self.request)
            done = self._handle(form)
            if done:
                return ""
        return super().__call__()

    def _handle(self, form) -> bool:
        try:
            if "apply" in form:
                apply_province(self.context, name=str(form.get("province", "")))
            else:
                values = entered(form)
                self.values |= values
                if "preview" in form:
                    self.changes = self._changes(checked(values))
                    return False
                change_policy(self.context, values={name: values[name] for name in checked(values)})
        except errors.OperationError as error:
            transaction.abort()
            self.error = describe_error(error, self.request)
            self.request.response.setStatus(error.status)
            return False
        api.portal.show_message(
            _("The policy was saved. Registered meetings keep the values of their registration."),
            self.request,
        )
        self.request.response.redirect(f"{self.context.absolute_url()}/@@policy-settings", status=303)
        return True

    def _changes(self, values):
        policy = current_policy()
        return [
            {
                "title": self.say(IPolicySettings[name].title),
                "before": self._text(name, write_value(name, getattr(policy, name))),
                "after": self._text(name, write_value(name, value)),
            }
            for name, value in values.items()
        ]

    def _text(self, name, raw) -> str:
        if isinstance(raw, bool):
            return self.say(_("Yes") if raw else _("No"))
        if isinstance(raw, list):
            return ", ".join(raw) or "–"
        if raw in (None, ""):
            return "–"
        if kind_of(name) == "lead" and " " in str(raw):
            value, unit = str(raw).split()
            return f"{value} {self.say(labels.VALUE_TITLES[unit])}"
        return self.say(
            labels.VALUE_TITLES.get(raw, str(raw)) if kind_of(name) in ("choice", "lead") else str(raw)
        )

    def groups(self) -> list[dict]:
        """Return the fields of the form, in groups."""
        return [
            {"title": self.say(title), "fields": [self._field(name) for name in names]}
            for title, names in labels.GROUPS
        ]

    def _field(self, name):
        field, kind, raw = IPolicySettings[name], kind_of(name), self.values.get(name)
        error = (self.error or {}).get("errors", {}).get(name, "")
        return {
            "name": name,
            "id": f"policy-{name}",
            "kind": kind,
            "title": self.say(field.title),
            "help": self.say(field.description) if field.description else "",
            "rule": KEYS[name].metadata["rule"],
            "error": error,
            "described": f"policy-{name}-help" if field.description or error else None,
            "invalid": "true" if error else None,
            "type": {"number": "number", "day": "date"}.get(kind, "text"),
            "text": self._shown(kind, raw),
            "number": str(raw or "").partition(" ")[0]
            if kind == "lead" and raw not in (None, "none")
            else "",
            "options": self._options(name, kind, raw),
        }

    def _shown(self, kind, raw):
        if kind == "lines":
            return "\n".join(str(one) for one in raw or ())
        return raw.isoformat() if isinstance(raw, date) else ("" if raw is None else str(raw))

    def _options(self, name, kind, raw):
        if kind == "lead":
            chosen = str(raw or "none").rpartition(" ")[2]
            values = (*UNITS, "none")
        elif kind == "choice":
            chosen, values = raw, [term.value for term in IPolicySettings[name].vocabulary]
        elif kind == "yes_no":
            return [
                {"value": "1", "title": self.say(_("Yes")), "selected": bool(raw)},
                {"value": "0", "title": self.say(_("No")), "selected": not raw},
            ]
        else:
            return []
        return [
            {"value": one, "title": self.say(labels.VALUE_TITLES[one]), "selected": one == chosen}
            for one in values
        ]

    def provinces(self):
        """Return the policies on board."""
        return available_policies()

    def token(self) -> str:
        """Return the token that a POST must carry."""
        return createToken()

    def say(self, text) -> str:
        """Translate for the reader."""
        return translate(text, context=self.request)
