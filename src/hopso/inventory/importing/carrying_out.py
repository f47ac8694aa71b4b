"""An import of rooms, devices or sites: handed in, checked by a job, confirmed, carried out by another."""

import hashlib

from AccessControl import getSecurityManager
from hopso import _
from hopso.accounts import imports
from hopso.accounts.reach import find_unit
from hopso.accounts.records import is_active
from hopso.core import errors
from hopso.core import sheets
from hopso.core.operation import operation
from hopso.inventory.importing.kinds import find_kind
from hopso.inventory.importing.kinds import tally
from hopso.inventory.importing.planning import MANAGE
from hopso.organisation.content import IUnit
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import task
from plone import api
from plone.namedfile.field import NamedBlobFile
import transaction
from zope import schema
from zope.interface import Interface


TELL_EVERY = 50  # rows


class IUpload(Interface):
    """A spreadsheet, and what it holds."""

    kind = schema.TextLine(title=_("Kind of list"), max_length=20)
    file = NamedBlobFile(title=_("Spreadsheet (XLSX or CSV)"))


class IConfirmation(Interface):
    """An import that was checked."""

    import_id = schema.TextLine(title=_("Import"), max_length=60)


def _me() -> str:
    return api.user.get_current().getId() or "system"


@operation(
    "unit.import_inventory", IUnit, title=_("Import from a spreadsheet"), permission=MANAGE, schema=IUpload,
    order=390, help=_("The file is checked first; nothing is changed before you confirm."),
)  # fmt: skip
def hand_in(unit, *, kind, file):
    """Keep a file and have it checked by a job; return the import.

    A file that is being checked or waits for its confirmation is not taken twice:
    the import there is returned.
    """
    if find_kind(kind) is None:
        raise errors.Invalid(_("There is no such list."), errors={"kind": _("Unknown.")})
    if file.getSize() > sheets.MOST_BYTES:
        size = {"size": sheets.MOST_BYTES // 1024**2}
        message = _("The file is larger than ${size} MB.", mapping=size)
        raise errors.Invalid(message, errors={"file": message})
    digest = hashlib.sha256(file.data).hexdigest()
    for one in imports.imports_of(unit.getId(), kind=kind):
        if (
            one.digest == digest
            and one.status in (imports.WAITING, imports.CHECKED, imports.CONFIRMED)
            and not one.bad
        ):
            return one
    made = imports.Import(unit.getId(), file, _me(), kind)
    made.digest = digest
    imports.import_store()[made.id] = made
    enqueue_after_commit("inventory.check_import", import_id=made.id)
    return made


@operation(
    "unit.confirm_inventory_import", IUnit, title=_("Carry out the import"), permission=MANAGE,
    schema=IConfirmation, order=395,
)  # fmt: skip
def confirm(unit, *, import_id):
    """Have a checked import carried out; doing so twice changes nothing.  Returns the import."""
    found = find_import(unit, import_id)
    if found.status in (imports.CONFIRMED, imports.DONE):
        return found
    if found.status != imports.CHECKED or found.bad:
        raise errors.WrongState(_("Only a file without errors can be imported."))
    found.status, found.confirmed_by = imports.CONFIRMED, _me()
    enqueue_after_commit("inventory.import", import_id=found.id)
    return found


def find_import(unit, import_id: str):
    """Return an import of *unit*.  Raises Invalid if it has none of this id."""
    found = imports.import_store().get(import_id)
    if found is None or found.unit != unit.getId() or find_kind(found.kind) is None:
        raise errors.Invalid(_("There is no such import."), errors={"import_id": _("Unknown.")})
    return found


def former(found):
    """Return an import of the same file that was carried out before, None if there is none."""
    for one in imports.imports_of(found.unit, kind=found.kind, limit=100):
        if one.id != found.id and one.digest == found.digest and one.status == imports.DONE:
            return one
    return None


@task("inventory.check_import", retries=2, on_give_up=imports.gave_up)
def check_import(import_id: str) -> None:
    """Read a file and plan its rows, with the rights of who handed it in."""
    found = imports.import_store().get(import_id)
    if found is None or found.status != imports.WAITING:
        return
    kind = find_kind(found.kind)
    try:
        rows = sheets.read(kind.columns, found.filename, found.file.data)
    except errors.Invalid as error:
        found.end(imports.UNREADABLE, error.message)
        return
    imports.tell_progress(import_id, 0, len(rows))
    with api.env.adopt_user(username=found.made_by):
        planner = kind.planner(find_unit(found.unit))
        _keep(found, [planner.plan(row) for row in rows])
    found.status = imports.CHECKED


def _keep(found, plan):
    found.counts = tally(plan)
    found.plan = tuple(
        (one.number, one.action, one.key, one.title, one.changes, tuple(one.problems)) for one in plan
    )


@task("inventory.import", retries=2, on_give_up=imports.gave_up)
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
    kind = find_kind(found.kind)
    rows = sheets.read(kind.columns, found.filename, found.file.data)
    with api.env.adopt_user(username=found.confirmed_by):
        unit = find_unit(found.unit)
        if not getSecurityManager().checkPermission(MANAGE, unit):
            found.end(imports.REFUSED, _("Who confirmed the import may not do so any more."))
            return
        planner = kind.planner(unit)
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
                planner.carry_out(one)
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
