"""Import of accounts from a spreadsheet: checked first, then carried out as a whole or not at all."""

from hopso import _
from hopso.accounts import functions
from hopso.accounts import imports
from hopso.accounts import operations
from hopso.accounts import planning
from hopso.accounts import reach
from hopso.accounts import sheets
from hopso.accounts import tools
from hopso.accounts.records import account_of
from hopso.accounts.records import is_active
from hopso.core import errors
from hopso.core.operation import operation
from hopso.organisation.content import IUnit
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import task
from plone import api
from plone.namedfile.field import NamedBlobFile
import transaction
from zope import schema
from zope.interface import Interface


TELL_EVERY = 50  # rows
DATA = ("fullname", "email", "phone", "employment_kind")


class IUpload(Interface):
    """A spreadsheet of accounts."""

    file = NamedBlobFile(title=_("Spreadsheet (XLSX or CSV)"))


class IConfirmation(Interface):
    """An import that was checked."""

    import_id = schema.TextLine(title=_("Import"), max_length=60)


@operation(
    "account.import", IUnit, title=_("Import accounts"), permission=reach.MANAGE, schema=IUpload, order=380,
    help=_("The file is checked first; nothing is changed before you confirm."),
)  # fmt: skip
def hand_in(unit, *, file):
    """Keep a file and have it checked by a job; returns the import."""
    tools.check_open(unit)
    if file.getSize() > sheets.MOST_BYTES:
        size = {"size": sheets.MOST_BYTES // 1024**2}
        raise tools.wrong(file=_("The file is larger than ${size} MB.", mapping=size))
    made = imports.Import(unit.getId(), file, tools.me())
    imports.import_store()[made.id] = made
    enqueue_after_commit("accounts.check_import", import_id=made.id)
    return made


@operation(
    "account.confirm_import", IUnit, title=_("Carry out the import"), permission=reach.MANAGE,
    schema=IConfirmation, order=385,
)  # fmt: skip
def confirm(unit, *, import_id):
    """Have a checked import carried out; doing so twice changes nothing.  Returns the import."""
    found = find_import(unit, import_id)
    if found.status in (imports.CONFIRMED, imports.DONE):
        return found
    if found.status != imports.CHECKED or found.bad:
        raise errors.WrongState(_("Only a file without errors can be imported."))
    found.status, found.confirmed_by = imports.CONFIRMED, tools.me()
    enqueue_after_commit("accounts.import", import_id=found.id)
    return found


def find_import(unit, import_id: str):
    """Return an import of *unit*.  Raises Invalid if it has none of this id."""
    found = imports.import_store().get(import_id)
    if found is None or found.unit != unit.getId() or found.kind != imports.ACCOUNTS:
        raise errors.Invalid(_("There is no such import."), errors={"import_id": _("Unknown.")})
    return found


@task("accounts.check_import", retries=2, on_give_up=imports.gave_up)
def check_import(import_id: str) -> None:
    """Read a file and plan its rows, with the rights of who handed it in."""
    found = imports.import_store().get(import_id)
    if found is None or found.status != imports.WAITING:
        return
    try:
        rows = sheets.read(found.filename, found.file.data)
    except errors.Invalid as error:
        found.end(imports.UNREADABLE, error.message)
        return
    imports.tell_progress(import_id, 0, len(rows))
    with api.env.adopt_user(username=found.made_by):
        _keep(found, planning.plan_all(reach.find_unit(found.unit), rows))
    found.status = imports.CHECKED


def _keep(found, plan):
    found.counts = planning.tally(plan)
    found.plan = tuple(
        (
            one.number,
            one.action,
            one.user,
            one.values.get("fullname") or "",
            one.changes,
            tuple(one.problems),
        )
        for one in plan
    )


@task("accounts.import", retries=2, on_give_up=imports.gave_up)
def run_import(import_id: str) -> None:
    """Carry out a confirmed import as the person who confirmed it; all rows or none.

    Done again after an interruption it begins anew: nothing was committed.  An
    import that is done is left alone.
    """
    found = imports.import_store().get(import_id)
    if found is None or found.status != imports.CONFIRMED:
        return
    if not is_active(found.confirmed_by):
        found.end(imports.REFUSED, _("Who confirmed the import has no account any more."))
        return
    rows = sheets.read(found.filename, found.file.data)
    with api.env.adopt_user(username=found.confirmed_by):
        unit = reach.find_unit(found.unit)
        if not reach.manages(unit):
            found.end(imports.REFUSED, _("Who confirmed the import may not do so any more."))
            return
        planner = planning.Planner(unit)
        plan = [planner.plan(row) for row in rows]
        confirmed = [row[:3] for row in found.plan]
        _keep(found, plan)
        if found.bad or [row[:3] for row in found.plan] != confirmed:
            found.end(imports.REFUSED, _("Something has changed since the check; nothing was imported."))
            return
        number = 0
        try:
            for done, one in enumerate(plan):
                number = one.number
                if done % TELL_EVERY == 0:
                    imports.tell_progress(import_id, done, len(plan))
                carry_out(planner, one)
        except errors.OperationError as error:
            transaction.abort()
            text = _("Row ${number}: ${reason}", mapping={"number": number, "reason": _reason(error)})
            imports.import_store()[import_id].end(imports.REFUSED, text)
            return
    imports.tell_progress(import_id, len(plan), len(plan))
    found.end(imports.DONE)


def _reason(error) -> str:
    texts = [*error.errors.values(), *(one.text for one in error.findings)] or [error.message]
    return " ".join(api.portal.translate(text, lang="vi") for text in texts)


def carry_out(planner, one) -> None:
    """Do what is planned for one row, by the operations that a form would call."""
    if one.action == planning.CREATE:
        _create(planner, one)
    elif one.action in (planning.CHANGE, planning.TRANSFER):
        _change(planner, one)
    elif one.action == planning.CLOSE:
        home = planner.units[account_of(one.user).unit]
        operations.disable(home, user=one.user, event=one.values["event"], **_decided(one))


def _decided(one) -> dict:
    return {name: one.values.get(name) for name in ("decision", "decided_on", "effective_on")}


def _create(planner, one):
    values, unit = one.values, planner.units[one.values["unit"]]
    first, *others = values.get("function") or ("members",)
    document = values.get("assignment_document") or ""
    account = operations.create(
        unit,
        user=one.user,
        fullname=values["fullname"],
        email=values["email"],
        phone=values.get("phone") or "",
        employment_kind=values.get("employment_kind") or "civil_servant",
        function=first,
        position=values.get("position") or "",
        event=values.get("event") or None,
        assignment_document=document,
        **_decided(one),
    )
    for function in others:
        _assign(unit, account.user_id, function, values)


def _assign(unit, user, function, values):
    functions.assign(
        unit,
        user=user,
        function=function,
        position=values.get("position") or "",
        assignment_document=values.get("assignment_document") or "",
    )


def _change(planner, one):
    values = one.values
    home = planner.units[account_of(one.user).unit]
    new = {name: values[name] for name in DATA if name in one.changes}
    moves = one.action == planning.TRANSFER
    if "event" in one.changes and not moves:
        new |= {"event": values["event"], **_decided(one)}
    if new:
        operations.change(home, user=one.user, **new)
    if moves:
        operations.transfer(
            home, user=one.user, to_unit=values["unit"], event=values["event"], **_decided(one)
        )
    unit = planner.units[values["unit"]] if values.get("unit") else home
    for function in values.get("function") or ():
        _assign(unit, one.user, function, values)
