"""Telling the sites what they need to know, by themselves: whenever a meeting is scheduled, changed or called off.

Whatever operation or form changes a meeting ends here: the sheet that is out is
compared with the one that would be now (NT-10.1).
"""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.inventory.sites import mails
from hopso.inventory.sites.api import meeting_by_uid
from hopso.inventory.sites.api import site_by_uid
from hopso.inventory.sites.api import staff_of
from hopso.inventory.sites.api import staff_of_uids
from hopso.inventory.sites.bodies import OPERATING
from hopso.inventory.sites.bodies import operator_unit
from hopso.inventory.sites.bodies import people_with
from hopso.inventory.sites.content import ISite
from hopso.inventory.sites.sheets import Ack
from hopso.inventory.sites.sheets import book_of
from hopso.inventory.sites.sheets import digest_of
from hopso.inventory.sites.sheets import is_out
from hopso.inventory.sites.sheets import LIVE
from hopso.inventory.sites.sheets import OVER
from hopso.inventory.sites.sheets import served_by
from hopso.inventory.sites.sheets import SheetBook
from hopso.inventory.sites.store import sites_store
from hopso.notifications.occasions import Occasion
from hopso.notifications.subscribers import is_quiet
from hopso.notifications.subscribers import tell
from hopso.policy.api import current_policy
from hopso.policy.api import regulates
from hopso.policy.bodies import registrar_unit
from hopso.policy.register import rule
from plone import api
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.interface import Interface


class IAcknowledge(Interface):
    """The meeting whose sheet was received."""

    meeting = schema.TextLine(title=_("Meeting"), max_length=100)


@rule("NT-10.1")
def update_sheet(meeting) -> str:
    """Tell the sites of *meeting* what has changed for them; return the kind of mail, "" for none."""
    book, state = book_of(meeting), state_of(meeting)
    if state in LIVE and (meeting.sites or (book is not None and not book.off)):
        return _announce(meeting, book)
    if state in OVER and book is not None and not book.off:
        book.off = True
        _send(mails.OFF, meeting, served_by(meeting, book.sites))
        return mails.OFF
    return ""


def _announce(meeting, book) -> str:
    digest, uids = digest_of(meeting), tuple(meeting.sites or ())
    if book is not None and not book.off and book.digest == digest:
        return ""
    if book is None:
        book = sites_store().sheets[IUUID(meeting)] = SheetBook()
    fresh = book.off or not book.digest
    former = () if fresh else book.sites
    gone = [uid for uid in former if uid not in uids]
    book.digest, book.sites, book.off, book.told_at = digest, uids, not uids, now()
    people = served_by(meeting, uids)
    if gone:
        _send(mails.OFF, meeting, served_by(meeting, gone) - people)
    if not uids:
        return mails.OFF
    known = served_by(meeting, [uid for uid in uids if uid in former])
    if fresh:
        _send(mails.NEW, meeting, people)
        return mails.NEW
    _send(mails.CHANGED, meeting, known)
    _send(mails.NEW, meeting, people - known)
    return mails.CHANGED


def _send(kind, meeting, people):
    if not is_quiet():
        me = api.user.get_current().getId()
        mails.send_sheets(kind, meeting, people - {me}, mails.stamp())


@operation(
    "site.acknowledge", ISite, title=_("Confirm the sheet"), permission="hopso: Serve meeting",
    schema=IAcknowledge, order=10, help=_("The site has received the sheet of the meeting."),
)  # fmt: skip
@rule("NT-10.1")
def acknowledge(site, meeting):
    """Say that the site has received the sheet of a meeting as it is now."""
    found = meeting_by_uid(meeting)
    if found is None or IUUID(site) not in (found.sites or ()):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"meeting": _("The site takes no part in it.")}
        )
    if not is_out(found):
        raise errors.WrongState(_("There is no sheet of this meeting to confirm now."))
    who = api.user.get_current().getId() or "system"
    book_of(found).acks[IUUID(site)] = Ack(who, now(), digest_of(found))


@rule("NT-12.2", "TQ-P7/2", "HN-R/3.2")
def whom_to_tell(site, event) -> list[str]:
    """Return who is told of a change of people: registrars, operator, the site's own, all sites by TQ-P7/2."""
    found = {one.user_id for one in staff_of(site)} | {event.appointed, event.relieved}
    # Where each unit receives its own registrations, those of the operator keep the list.
    operator = operator_unit()
    receiving = registrar_unit() or operator
    for unit, functions in ((receiving, ("registrars", "admins")), (operator, OPERATING)):
        if unit is not None:
            found.update(people_with(unit.getId(), *functions))
    if regulates(current_policy(), "TQ-P7/2"):
        everywhere = staff_of_uids(list(sites_store().staff))
        found.update(one.user_id for people in everywhere.values() for one in people)
    return sorted(found - {""})


def tell_change(event) -> None:
    """Tell whom a change of people concerns; whoever made it needs no mail."""
    site = site_by_uid(event.site)
    if site is None:
        return
    me = api.user.get_current().getId()
    people = [one for one in whom_to_tell(site, event) if one != me]
    tell(Occasion(mails.STAFF, site, people, comment="" if event.reason == "contact" else event.reason))
