"""``<unit>/@@account?user=``: one account, what happened to it, and what may be done with it."""

from functools import cached_property
from urllib.parse import urlencode

from hopso import _
from hopso.accounts import listing
from hopso.accounts import mails
from hopso.accounts import personnel
from hopso.accounts import reach
from hopso.accounts.administration import labels
from hopso.accounts.administration.accounts import AccountsPage
from hopso.accounts.logins import last_logins
from hopso.accounts.parts import open_parts
from hopso.accounts.records import account_of
from hopso.accounts.records import ACTIVE
from hopso.accounts.vocabularies import EMPLOYMENT_TITLES
from hopso.accounts.vocabularies import EVENT_TITLES
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.text import date_text
from hopso.core.text import datetime_text
from hopso.core.text import now
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.organisation.assignments import assignment_store
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.names import person_names
from plone import api
from zExceptions import NotFound
from zope.component import queryMultiAdapter
from zope.i18n import translate


MAIN, MENU = ("change", "assign"), ("transfer", "reset_password", "extend_guest", "disable", "enable")
GUEST_VERBS = ("change", "reset_password", "extend_guest", "disable")
CLOSED_VERBS = ("enable",)


class AccountPage(AccountsPage):
    """What the page of an account shows.

    Everything to those who keep it; to those of another unit in which the person
    holds a function only the name and the functions there.
    """

    def __call__(self):
        home = self.units.get(self.account.unit, {}).get("url", "")
        if not self.keeps and not self.held_here:
            if self.account.unit in reach.units_below(self.context):
                self.request.response.redirect(f"{home}/@@account?{self.query}", status=302)
                return ""
            raise NotFound(self.account.user_id)
        return super().__call__()

    @property
    def page_title(self):
        return self.line.fullname

    @cached_property
    def account(self):
        """Return the account that is asked for.  Raises NotFound."""
        wanted = self.request.form.get("user", "")
        account = account_of(wanted) if isinstance(wanted, str) else None
        if account is None:
            raise NotFound("account")
        return account

    @property
    def query(self) -> str:
        return urlencode({"user": self.account.user_id})

    @cached_property
    def line(self) -> listing.Line:
        return listing.line_of(self.account)

    @cached_property
    def refusal(self):
        """Return why the present user may not change the account, None if she may."""
        try:
            reach.account_in(self.context, self.account.user_id)
        except errors.OperationError as error:
            return error.message
        return None

    @cached_property
    def keeps(self) -> bool:
        """Tell whether the account is one of this unit."""
        lost = self.account.unit not in self.units and reach.is_system()
        return self.account.unit == self.context.getId() or lost

    @cached_property
    def held_here(self) -> list:
        """Return the functions of the person in this unit, past ones too."""
        history = assignment_store().history_of(self.account.user_id)
        return [one for one in history if one.unit == self.context.getId()]

    @property
    def tag(self) -> dict:
        return labels.tag(self.account)

    def home(self) -> str:
        """Return the name of the unit that keeps the account."""
        return self.units.get(self.account.unit, {}).get("title", "")

    def facts(self) -> list[dict]:
        """Return the rows of the information card."""
        account = self.account
        rows = [(_("User name"), account.user_id), (_("Unit"), self.home())]
        if self.keeps:
            seen = last_logins([account.user_id]).get(account.user_id)
            rows += [
                (_("Official e-mail"), self.line.email),
                (_("Telephone"), account.phone),
                (_("Kind of employment"), EMPLOYMENT_TITLES.get(account.employment_kind)),
                (_("Document of assignment"), account.assignment_document),
                (_("Created"), _when(account.created_at)),
                (_("Last login"), _when(seen) or _("never")),
                (_("Password chosen"), _when(account.password_set_at) or _("not chosen yet")),
                (_("Order to change the password"), account.order),
                (_("One-time codes"), _("on") if account.otp_since else _("off")),
                (_("The account ends"), _when(account.expires_at)),
                (_("Closes on"), f"{account.leaves_on:%d/%m/%Y}" if account.leaves_on else ""),
                (_("Account closed"), _when(account.disabled_at)),
                (_("Reason"), account.disabled_reason),
                (_("Link for the password"), self.invitation()),
            ]
        return [{"title": title, "text": text} for title, text in rows if text]

    def invitation(self):
        """Return what became of the mail with the link, "" if there is nothing to say."""
        notice = mails.last_notice(self.account.user_id) if self.account.password_set_at is None else None
        if notice is None:
            return ""
        if notice.result == "sent":
            return _("sent ${when}", mapping={"when": datetime_text(notice.when)})
        return _("not sent: ${reason}", mapping={"reason": notice.reason})

    def functions(self) -> list[dict]:
        """Return what the person is now and was before, the latest first."""
        user_id, moment = self.account.user_id, now()
        history = assignment_store().history_of(user_id) if self.keeps else self.held_here
        found = []
        for one in reversed(history):
            unit = reach.find_unit(one.unit)
            current = one.current(moment)
            withdraws = not one.past(moment) and unit is not None and reach.manages(unit)
            found.append(
                {
                    "title": FUNCTION_TITLES[one.function],
                    "function": one.function,
                    "unit": one.unit,
                    "where": unit.title if unit is not None else one.unit,
                    "position": one.position,
                    "span": _span(one),
                    "current": current,
                    "past": one.past(moment),
                    "withdraw": withdraws,
                    "action": f"{unit.absolute_url()}/@@do" if withdraws else "",
                }
            )
        return sorted(found, key=lambda one: one["past"])

    def events(self) -> list[dict]:
        """Return the personnel events, the latest first."""
        if not self.keeps:
            return []
        names = person_names(event.recorded_by for event in self.account.events)
        found = []
        for event in reversed(self.account.events):
            lag = personnel.lag_of(event)
            moved = " → ".join(
                self.units.get(one, {}).get("title", one) for one in (event.from_unit, event.to_unit) if one
            )
            decision = event.decision
            if decision and event.decided_on:
                decision = _(
                    "${number} of ${day}",
                    mapping={"number": decision, "day": f"{event.decided_on:%d/%m/%Y}"},
                )
            found.append(
                {
                    "title": EVENT_TITLES[event.kind],
                    "decision": decision,
                    "moved": moved if event.from_unit and event.to_unit else "",
                    "effective": f"{event.effective_on:%d/%m/%Y}" if event.effective_on else "",
                    "note": event.note,
                    "entered": datetime_text(event.recorded_at),
                    "by": names.get(event.recorded_by, event.recorded_by),
                    "lag": "" if lag is None else str(lag),
                }
            )
        return found

    def parts(self) -> list[dict]:
        """Return what the person still has to do in meetings."""
        if not self.keeps:
            return []
        return [
            {
                "title": one.title,
                "url": one.url,
                "unit": self.units.get(one.host_unit, {}).get("title", ""),
                "when": datetime_text(one.start),
                "parts": ", ".join(
                    self.translate(labels.PART_TITLES[part])
                    for part in one.parts
                    if part in labels.PART_TITLES
                ),
                "needed": one.needed,
            }
            for one in open_parts(self.account.user_id)
        ]

    def translate(self, text) -> str:
        """Return a text in the language of the reader."""
        return translate(text, context=self.request)

    def verbs(self) -> tuple[str, ...]:
        """Return what may be done with the account as it is."""
        account, closed = self.account, self.account.status != ACTIVE
        if self.refusal is not None:
            return () if closed else ("assign",)
        if account.employment_kind == "guest":
            return tuple(verb for verb in GUEST_VERBS if not closed or verb == "extend_guest")
        if closed:
            return CLOSED_VERBS
        found = [verb for verb in (*MAIN, *MENU) if verb != "extend_guest"]
        if account.leaves_on is None:
            found.remove("enable")
        return tuple(found)

    def buttons(self) -> list[dict]:
        """Return the buttons that stand open."""
        return [one for one in self.dialogs() if one["verb"] in (*MAIN, *CLOSED_VERBS, "extend_guest")]

    def menu(self) -> list[dict]:
        """Return the rest of what may be done."""
        return [one for one in self.dialogs() if one not in self.buttons()]

    @cached_property
    def _dialogs(self) -> list[dict]:
        found = []
        for verb in self.verbs():
            one = button_of_quiet(find_operation(self.context, f"account.{verb}"), self.context)
            one["fields"] = [field for field in one["fields"] if field["name"] != "user"]
            one["hidden"] = [("user", self.account.user_id)]
            one["came_from"] = self.after(verb)
            self.fill(one)
            found.append(one)
        return found

    def dialogs(self) -> list[dict]:
        return self._dialogs

    def after(self, verb: str) -> str:
        """Return where an operation leads to: who went elsewhere has no page here any more."""
        page = f"{self.url}/@@account?{self.query}"
        return f"{self.url}/@@accounts" if verb == "transfer" else page

    def fill(self, dialog: dict) -> None:
        """Put the present data into the dialog that changes them."""
        if dialog["verb"] != "change":
            return
        account = self.account
        present = {
            "fullname": self.line.fullname,
            "email": self.line.email,
            "phone": account.phone,
            "employment_kind": account.employment_kind,
        }
        guest = account.employment_kind == "guest"
        if guest:
            dialog["fields"] = [
                one for one in dialog["fields"] if one["name"] in ("fullname", "email", "phone")
            ]
        for field in dialog["fields"]:
            field["value"] = present.get(field["name"], field["value"])

    def links(self) -> list[dict]:
        """Return the pages of other rooms about this person: her logins, what she can see."""
        portal, found = api.portal.get(), []
        for name, title in (("logins", _("Login log")), ("what-can-see", _("What can this person see?"))):
            if self.keeps and queryMultiAdapter((portal, self.request), name=name) is not None:
                found.append({"title": title, "url": f"{portal.absolute_url()}/@@{name}?{self.query}"})
        return found


def _when(moment) -> str:
    return datetime_text(moment) if moment else ""


def _span(one) -> str:
    begin = date_text(one.since) if one.since else ""
    end = date_text(one.until) if one.until else ""
    return f"{begin} – {end}" if begin or end else ""
