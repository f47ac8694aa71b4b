"""/@@policy-settings: a typed form, a preview of what a change would mean, and the versions."""

from datetime import datetime
import json

from hopso import _
from hopso.core import errors
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.core.text import read_day
from hopso.organisation.names import person_names
from hopso.policy import following  # noqa: F401  (declares its operation)
from hopso.policy import jobs  # noqa: F401  (declares what the worker does)
from hopso.policy import labels
from hopso.policy import showing
from hopso.policy import versions
from hopso.policy.api import available_policies
from hopso.policy.api import current_policy
from hopso.policy.api import policy_on
from hopso.policy.api import values_of
from hopso.policy.effects import effects
from hopso.policy.interfaces import IPolicySettings
from hopso.policy.operations import apply_province
from hopso.policy.operations import cancel_plan
from hopso.policy.operations import change_policy
from hopso.policy.operations import checked
from hopso.policy.operations import fingerprint
from hopso.policy.operations import plan_version
from hopso.policy.operations import restore_version
from hopso.policy.pages import PolicyPage
from hopso.policy.policy import DATES
from hopso.policy.policy import KEYS
from hopso.policy.policy import Policy
from hopso.policy.policy import write_value
from hopso.policy.showing import kind_of
from hopso.policy.timing import UNITS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


SAVED = _("The policy was saved. Registered meetings keep the values of their registration.")


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
        return _iso(text) if text else None
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


class PolicySettings(PolicyPage):
    """Shows the values; a change is shown with its consequences before it is made."""

    preview_page = ViewPageTemplateFile("templates/preview.pt")
    plan: dict = {}

    def __call__(self):
        self.policy = current_policy()
        self.values = self.policy.to_dict()
        if self.posted():
            done = self._handle(self.request.form)
            if done is not None:
                return done
        return super().__call__()

    def _handle(self, form):
        province = str(form.get("province", "")) if "apply" in form else ""
        if form.get("cancel") or form.get("restore"):
            return self._version(form)
        if "confirm" in form:
            return self._confirm(form)
        if province:
            return self._preview({"province": province})
        values = entered(form)
        self.values |= values
        if "preview" in form:
            return self._preview({"values": values})

        def save():
            changed = {name: values[name] for name in checked(values)}
            change_policy(self.context, values=changed, seen=str(form.get("seen", "")))

        return self.back(SAVED, "policy-settings") if self.attempt(save) else None

    def _preview(self, wanted, day=None, decision=""):
        """Show what *wanted* would mean on *day*; ``plan`` is what the page then sends."""
        if not self.attempt(lambda: self._work_out(wanted, day, decision)):
            return None
        return self.preview_page()

    def _work_out(self, wanted, day, decision):
        day = day or versions.today()
        if "province" in wanted:
            try:
                values = values_of(wanted["province"])
            except LookupError as error:
                text = _("Unknown.")
                raise errors.Invalid(_("Please check what you entered."), errors={"name": text}) from error
        else:
            values = wanted["values"]
        before = policy_on(day)
        typed = checked(values, before)
        after = Policy.from_dict({**before.to_dict(), **{n: write_value(n, v) for n, v in typed.items()}})
        plain = {name: write_value(name, value) for name, value in typed.items()}
        self.changes = showing.changes(before, typed, self.say)
        self.effects = self.effect_rows(effects(lambda meeting: after)) if typed else []
        self.plan = {
            "data": json.dumps(
                {"province": wanted["province"]} if "province" in wanted else {"values": plain}
            ),
            "seen": fingerprint(),
            "day": day_text(day),
            "decision": decision,
        }

    def _confirm(self, form):
        wanted, day = _wanted(form.get("data")), read_day(str(form.get("day", "")).strip(), None)
        decision, seen = str(form.get("decision", "")).strip(), str(form.get("seen", ""))

        def act():
            if str(form.get("day", "")).strip() and day is None:
                raise errors.Invalid(
                    _("Please check what you entered."),
                    errors={"day": _("This is not a day: write 31/12/2026.")},
                )
            if day is not None and day != versions.today():
                values = values_of(wanted["province"]) if "province" in wanted else wanted["values"]
                plan_version(self.context, values=values, day=day, decision=decision, seen=seen)
            elif "province" in wanted:
                apply_province(self.context, name=wanted["province"], decision=decision, seen=seen)
            else:
                change_policy(self.context, values=wanted["values"], decision=decision, seen=seen)

        if self.attempt(act):
            later = day is not None and day > versions.today()
            return self.back(_("The version is kept for its day.") if later else SAVED, "policy-settings")
        # The refusal stands above the same preview, with what was typed.
        refused, status = self.error, self.request.response.getStatus()
        if not self.attempt(lambda: self._work_out(wanted, None, decision)):
            return None
        self.error, self.plan = refused, {**self.plan, "day": str(form.get("day", ""))}
        self.request.response.setStatus(status)
        return self.preview_page()

    def _version(self, form):
        reason = str(form.get("reason", "")).strip()
        operation = cancel_plan if form.get("cancel") else restore_version
        version = str(form.get("cancel") or form.get("restore"))
        if self.attempt(lambda: operation(self.context, version=version, reason=reason)):
            return self.back(_("The versions were changed."), "policy-settings")
        return None

    # ---- what is shown ----

    def notes(self) -> list[str]:
        """Return what is to be known of the policy in force: not yet, or no longer, in force."""
        day, found = versions.today(), []
        if self.policy.valid_from and day < self.policy.valid_from:
            found.append(
                _("This policy holds from ${day} on.", mapping={"day": day_text(self.policy.valid_from)})
            )
        if self.policy.valid_to and day > self.policy.valid_to:
            found.append(
                _(
                    "This policy held until ${day}: apply the one that follows.",
                    mapping={"day": day_text(self.policy.valid_to)},
                )
            )
        return [self.say(one) for one in found]

    def versions(self) -> list[dict]:
        """Return the versions as rows, the latest day first."""
        found = versions.versions()
        names = person_names(one.who for one in found)
        return [self._version_row(one, names) for one in found]

    def _version_row(self, one, names):
        title, style = labels.VERSION_STATES[one.status]
        waits = one.status == versions.PLANNED
        return {
            "id": one.id,
            "day": day_text(one.day),
            "kind": self.say(labels.VERSION_KINDS[one.kind]),
            "decision": one.decision or showing.NOTHING,
            "who": names.get(one.who, one.who),
            "when": datetime_text(one.recorded_at),
            "state": self.say(title),
            "tag": style,
            "reason": one.reason,
            "verb": "cancel"
            if waits and one.day > versions.today()
            else "restore"
            if one.status == versions.DONE
            else "",
            "act": self.say(_("Take back") if waits else _("Restore")),
            "changed": [
                {
                    "title": self.say(showing.title_of(name)),
                    "before": showing.value_text(name, one.before[name], self.say)
                    if name in one.before
                    else "",
                    "after": showing.value_text(name, raw, self.say),
                }
                for name, raw in one.values.items()
                if name in KEYS
            ],
        }

    def groups(self) -> list[dict]:
        """Return the fields of the form, in groups."""
        bad = set((self.error or {}).get("errors", {}))
        return [
            {
                "title": self.say(title),
                "fields": [self._field(name) for name in names],
                "open": "open" if bad & set(names) else None,
            }
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
            "type": {"number": "number"}.get(kind, "text"),
            "text": self._shown(name, kind, raw),
            "number": str(raw or "").partition(" ")[0]
            if kind == "lead" and raw not in (None, "none")
            else "",
            "options": self._options(name, kind, raw),
        }

    def _shown(self, name, kind, raw):
        if KEYS[name].metadata["codec"] is DATES:
            return "\n".join(showing.value_text(name, [one], self.say) for one in raw or ())
        if kind == "lines":
            return "\n".join(str(one) for one in raw or ())
        if kind == "day":
            found = read_day(str(raw or ""), None)
            return day_text(found) if found else str(raw or "")
        return "" if raw is None else str(raw)

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

    def provinces(self) -> list[dict]:
        """Return the policies on board; the one whose values are in force is marked."""
        return [
            {
                "name": one.name,
                "title": f"{one.title} ({one.description})",
                "selected": one.name == self.policy.name,
            }
            for one in available_policies()
        ]

    def seen(self) -> str:
        """Return the mark of what is shown."""
        return fingerprint()


def _wanted(text) -> dict:
    """Read what the preview page sends back; anything else is taken for no change."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return {"values": {}}
    if not isinstance(found, dict):
        return {"values": {}}
    if isinstance(found.get("province"), str) and found["province"] in {
        one.name for one in available_policies()
    }:
        return {"province": found["province"]}
    return {"values": found["values"] if isinstance(found.get("values"), dict) else {}}
