"""What an import would do: each row is made, changed, closed, left alone, or wrong, with all reasons.

Nothing is written here.  The same plan is made before the question "shall we?"
and again when it is carried out, with the rights of the person who asked.
"""

from dataclasses import dataclass
from dataclasses import field

from hopso import _
from hopso.accounts import personnel
from hopso.accounts import reach
from hopso.accounts import tools
from hopso.accounts.columns import choice_of
from hopso.accounts.columns import CHOICES
from hopso.accounts.identities import email_key
from hopso.accounts.identities import email_of
from hopso.accounts.identities import fullname_of
from hopso.accounts.identities import identities
from hopso.accounts.making import email_problem
from hopso.accounts.making import is_taken
from hopso.accounts.making import namesake_problem
from hopso.accounts.records import account_of
from hopso.accounts.records import ACTIVE
from hopso.accounts.sheets import Row
from hopso.accounts.usernames import is_proper
from hopso.accounts.usernames import proposed
from hopso.accounts.vocabularies import CHANGING
from hopso.accounts.vocabularies import JOINING
from hopso.accounts.vocabularies import MOVING
from hopso.core import errors
from hopso.organisation.assignments import functions_of
from hopso.organisation.vocabularies import unit_title


CREATE, CHANGE, TRANSFER, CLOSE, SAME, BAD = "create", "change", "transfer", "close", "same", "bad"
ACTIONS = (CREATE, CHANGE, TRANSFER, CLOSE, SAME, BAD)


@dataclass
class Planned:
    """What is to be done with one row.

    values: of the row, checked; changes: names of the columns that differ from what
    is known; problems: (column or "", translatable text), any makes the row BAD.
    """

    number: int
    action: str
    user: str = ""
    values: dict = field(default_factory=dict)
    changes: tuple = ()
    problems: list = field(default_factory=list)


class Planner:
    """Plans the rows of one file for a unit and those below; *unit* is the one the file was handed in at."""

    def __init__(self, unit):
        self.unit = unit
        self.reached = reach.units_below(unit)
        self.units = {}
        self.codes = {}
        for unit_id in self.reached:
            found = reach.find_unit(unit_id)
            self.units[unit_id] = found
            self.codes.setdefault((found.code or "").strip().lower(), []).append(unit_id)
        self.emails: dict[str, int] = {}
        self.names: dict[str, int] = {}

    def plan(self, row: Row) -> Planned:
        """Return what is to be done with a row."""
        planned = Planned(row.number, SAME, values=dict(row.values), problems=list(row.problems))
        self._lists(planned)
        self._unit(planned)
        account = self._account(planned)
        self._twice(planned)
        if account is None:
            self._new(planned)
        else:
            self._known(planned, account)
        if planned.problems:
            planned.action = BAD
        return planned

    def _lists(self, planned):
        """Turn the titles of lists into values."""
        values = planned.values
        for name in CHOICES:
            text = values.get(name) or ""
            if not text:
                continue
            parts = [text] if name != "function" else [one for one in text.split(";") if one.strip()]
            found = [choice_of(name, one) for one in parts]
            if None in found:
                bad = parts[found.index(None)].strip()
                planned.problems.append((name, _("“${text}” is not on the list.", mapping={"text": bad})))
            values[name] = tuple(one for one in found if one) if name == "function" else found[0]
        try:
            personnel.check_decision(values.get("event"), values.get("decision"), values.get("decided_on"))
        except errors.Invalid as error:
            planned.problems.extend(error.errors.items())

    def _unit(self, planned):
        text = planned.values.get("unit") or ""
        found = [text] if text in self.units else self.codes.get(text.lower(), [])
        if not text:
            planned.values["unit"] = ""
        elif len(found) == 1:
            planned.values["unit"] = found[0]
        else:
            planned.problems.append(("unit", _("No unit that you look after has this code.")))
            planned.values["unit"] = ""

    def _account(self, planned):
        """Return the account of a row: by user name, else by address."""
        user = (planned.values.get("user") or "").lower()
        email = planned.values.get("email") or ""
        user = user or identities().holder(email)
        account = account_of(user)
        if account is None:
            return None
        if account.unit not in self.reached:
            home = unit_title(account.unit) or "–"
            text = _("This account is kept by ${unit}: ask for a transfer.", mapping={"unit": home})
            planned.problems.append(("user" if planned.values.get("user") else "email", text))
        planned.user = account.user_id
        return account

    def _twice(self, planned):
        """Find people who stand in the file more than once."""
        for known, name, key in (
            (self.emails, "email", email_key(planned.values.get("email"))),
            (self.names, "user", planned.user or (planned.values.get("user") or "").lower()),
        ):
            if key and key in known:
                text = _("The same stands in row ${number}.", mapping={"number": known[key]})
                planned.problems.append((name, text))
            elif key:
                known[key] = planned.number

    def _new(self, planned):
        values, problems = planned.values, planned.problems
        planned.action = CREATE
        fullname = values.get("fullname") or ""
        if not fullname:
            problems.append(("fullname", _("The name is missing.")))
        elif len(fullname) > 120:
            problems.append(("fullname", _("A value is too long.")))
        if problem := email_problem(values.get("email") or ""):
            problems.append(("email", problem))
        if problem := namesake_problem(fullname, values.get("phone") or ""):
            problems.append(("phone", problem))
        user = (values.get("user") or "").lower()
        if not user:
            planned.user = proposed(fullname, lambda one: one in self.names or is_taken(one))
            self.names[planned.user] = planned.number
        elif not is_proper(user) or is_taken(user):
            problems.append(("user", _("This cannot be a user name, or it is taken.")))
        else:
            planned.user = user
        if values.get("event") and values["event"] not in JOINING:
            problems.append(("event", _("This event is not about a new account.")))
        values["unit"] = values.get("unit") or self.unit.getId()
        if not tools.is_open(self.units[values["unit"]]):
            problems.append(("unit", _("This unit does not exist any more.")))
        self._functions(planned, values.get("function") or ("members",))

    def _functions(self, planned, wanted):
        if reach.ADMINS in wanted and not planned.values.get("assignment_document"):
            text = _("Name the document by which the unit assigns its administrator.")
            planned.problems.append(("assignment_document", text))
        for function in wanted:
            try:
                reach.check_function(function)
            except errors.Denied as error:
                planned.problems.append(("function", error.message))

    def _known(self, planned, account):
        values, problems, user = planned.values, planned.problems, account.user_id
        try:
            reach.check_rank(user)
        except errors.Denied as error:
            problems.append(("user", error.message))
        if account.employment_kind == "guest":
            problems.append(("user", _("This is a guest's account.")))
        if values.get("event") in personnel.LEAVINGS:
            self._leaving(planned, account)
            return
        if account.status != ACTIVE:
            problems.append(("user", _("This account is closed.")))
        changes = []
        if values.get("fullname") and values["fullname"] != fullname_of(user):
            changes.append("fullname")
        if values.get("email") and email_key(values["email"]) != email_key(email_of(user)):
            changes.append("email")
            if problem := email_problem(values["email"], user):
                problems.append(("email", problem))
        if values.get("phone") and values["phone"] != account.phone:
            changes.append("phone")
        if values.get("employment_kind") not in (None, "", account.employment_kind):
            changes.append("employment_kind")
        planned.action = CHANGE
        if values.get("unit") and values["unit"] != account.unit:
            self._moving(planned)
            changes.append("unit")
        self._new_functions(planned, account, changes)
        if self._new_event(planned, account):
            changes.append("event")
            if planned.action == CHANGE and values["event"] not in CHANGING:
                problems.append(("event", _("This event is not about a change of an account.")))
        planned.changes = tuple(changes)
        if not changes:
            planned.action = SAME

    def _new_functions(self, planned, account, changes):
        """Find the functions and positions that the person does not have in the unit of the row."""
        values = planned.values
        unit_id = values.get("unit") or account.unit
        held = {one.function: one.position for one in functions_of(account.user_id) if one.unit == unit_id}
        if planned.action == TRANSFER:
            held = {}
        wanted = values.get("function") or ()
        position = values.get("position") or ""
        missing = [one for one in wanted if one not in held or (position and held[one] != position)]
        if not wanted and position and held and position not in held.values():
            missing = [next(iter(held))]
        self._functions(planned, [one for one in missing if one not in held])
        if missing:
            changes.append("function")
        values["function"] = tuple(missing)

    def _new_event(self, planned, account) -> bool:
        """Tell whether the row has a decision that is not kept with the account yet."""
        values = planned.values
        event, decision = values.get("event"), values.get("decision")
        return bool(event) and not any(
            (one.kind, one.decision) == (event, decision) for one in account.events
        )

    def _moving(self, planned):
        values = planned.values
        planned.action = TRANSFER
        if values.get("event") not in MOVING:
            planned.problems.append(("event", _("A person changes units by a decision: say which.")))
        if not tools.is_open(self.units[values["unit"]]):
            planned.problems.append(("unit", _("This unit does not exist any more.")))
        if (values.get("effective_on") or personnel.today()) > personnel.today():
            text = _("A transfer is carried out at once: enter it when it is in force.")
            planned.problems.append(("effective_on", text))
        if reach.ADMINS in (values.get("function") or ()):
            text = _("Name administrators by assigning the function, with its document.")
            planned.problems.append(("function", text))
        self._successors(planned)

    def _leaving(self, planned, account):
        planned.action = CLOSE
        if account.status != ACTIVE or account.leaves_on is not None:
            planned.action = SAME
            return
        self._successors(planned)
        if account.user_id == tools.me():
            planned.problems.append(
                ("user", _("Another administrator has to do this with your own account."))
            )

    def _successors(self, planned):
        try:
            tools.check_successors(planned.user)
        except errors.Blocked as error:
            planned.problems.extend(("user", finding.text) for finding in error.findings)


def plan_all(unit, rows: list[Row]) -> list[Planned]:
    """Return the plan of every row of a file."""
    planner = Planner(unit)
    return [planner.plan(row) for row in rows]


def tally(plan: list[Planned]) -> dict[str, int]:
    """Return how many rows there are of each action."""
    counts = dict.fromkeys(ACTIONS, 0)
    for one in plan:
        counts[one.action] += 1
    return counts
