"""The accounts that an administrator looks for: a unit's own and those below, filtered."""

from dataclasses import dataclass
from dataclasses import field

from hopso.accounts import personnel
from hopso.accounts import reach
from hopso.accounts.identities import properties_of
from hopso.accounts.logins import last_logins
from hopso.accounts.records import Account
from hopso.accounts.records import account_store
from hopso.accounts.records import ACTIVE
from hopso.accounts.usernames import without_accents
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.content import IUnit
from hopso.organisation.tree import all_units
from hopso.organisation.vocabularies import unit_brains


STATES = ("active", "disabled", "never", "left")
# Why an account is on the list of those that should not be open (BD-4.3.b).
LEFT, CLOSED_UNIT, NO_FUNCTION = "left", "closed_unit", "no_function"


@dataclass(frozen=True)
class Filter:
    """What is looked for; everything may come from an address and be nonsense.

    words: parts of name, user name or e-mail, accents or not; function: of
    FUNCTIONS; kind: of EMPLOYMENT_KINDS; state: of STATES; below: with the units below.
    """

    words: str = ""
    function: str = ""
    kind: str = ""
    state: str = ""
    below: bool = True


@dataclass(frozen=True)
class Line:
    """One account with what a list shows of it; functions are those that hold now."""

    account: Account
    fullname: str
    email: str
    functions: tuple[Assignment, ...] = field(default=())

    @property
    def user_id(self) -> str:
        return self.account.user_id


def scope_of(context, below: bool = True) -> dict[str, str]:
    """Return id -> name of the units that are looked at: of a unit and below, of the whole province."""
    if IUnit.providedBy(context):
        return reach.units_below(context) if below else {context.getId(): context.title}
    return {brain.getId: brain.Title for brain in unit_brains()}


def accounts_of(context, below: bool = True) -> list[Account]:
    """Return the accounts of a unit (and those below); for the province those without a unit as well."""
    store = account_store()
    if not IUnit.providedBy(context):
        return fetched(list(store.by_id.values()))
    return fetched([one for unit_id in scope_of(context, below) for one in store.of_unit(unit_id)])


def fetched(accounts: list[Account]) -> list[Account]:
    """Ask the database server for all records that are not here yet at once, not one by one."""
    missing = [one for one in accounts if one._p_jar is not None and one._p_changed is None]
    if missing:
        missing[0]._p_jar.prefetch(missing)
    return accounts


def line_of(account: Account) -> Line:
    """Return an account as a line."""
    known = properties_of(account.user_id)
    held = tuple(assignment_store().of_user(account.user_id))
    return Line(account, known.get("fullname") or account.user_id, known.get("email") or "", held)


def find(context, wanted: Filter) -> list[Line]:
    """Return the lines that a filter leaves, by given name."""
    words = without_accents(wanted.words).split()
    problems = Problems() if wanted.state == "left" else None
    found = []
    for account in accounts_of(context, wanted.below):
        if wanted.kind and account.employment_kind != wanted.kind:
            continue
        if wanted.state == "active" and not account.active():
            continue
        if wanted.state == "disabled" and account.active():
            continue
        line = line_of(account)
        if wanted.function and not any(one.function == wanted.function for one in line.functions):
            continue
        if problems is not None and not problems.of(account):
            continue
        if words:
            text = without_accents(f"{line.fullname} {account.user_id} {line.email}")
            if not all(word in text for word in words):
                continue
        found.append(line)
    if wanted.state == "never":
        seen = last_logins([line.user_id for line in found])
        found = [line for line in found if line.account.active() and not seen.get(line.user_id)]
    return sorted(found, key=lambda line: (name_key(line.fullname), line.user_id))


class Problems:
    """Tells which accounts are open though they should not be (BD-4.3.b)."""

    def __init__(self):
        self.day = personnel.today()
        self.open_units = {one.id for one in all_units().values() if not one.closed(self.day)}

    def of(self, account: Account) -> str:
        """Return LEFT, CLOSED_UNIT or NO_FUNCTION, "" if all is well."""
        if account.status != ACTIVE or account.employment_kind == "guest":
            return ""
        if personnel.gone_by(account, self.day):
            return LEFT
        if account.unit not in self.open_units:
            return CLOSED_UNIT
        moment = now()
        history = assignment_store().by_user.get(account.user_id, ())
        return "" if any(not one.past(moment) for one in history) else NO_FUNCTION


def left_but_active(context, below: bool = True) -> list[tuple[Line, str]]:
    """Return the accounts that should not be open, with the reason, by given name."""
    problems = Problems()
    found = [(account, problems.of(account)) for account in accounts_of(context, below)]
    lines = [(line_of(account), reason) for account, reason in found if reason]
    return sorted(lines, key=lambda one: name_key(one[0].fullname))
