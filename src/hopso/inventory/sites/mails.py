"""What mails say of sites: who looks after them now, and what is needed to connect a meeting.

Never what a meeting is about: of a meeting they carry what its sheet shows.
"""

from hopso import _
from hopso.core.text import day_text
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.inventory.sites.api import meeting_by_uid
from hopso.inventory.sites.api import staff_of
from hopso.inventory.sites.content import ISite
from hopso.notifications import jobs
from hopso.notifications import log
from hopso.notifications.messages import compose
from hopso.notifications.messages import IMailFacts
from hopso.notifications.messages import Kind
from hopso.notifications.messages import KINDS
from hopso.organisation.place import unit_of
from hopso.security import matrix
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import task
from plone import api
from zope.component import adapter
from zope.interface import implementer


SEND_SHEET = "sites.send_sheet"
STAFF, NEW, CHANGED, OFF = "site_staff_changed", "sheet_new", "sheet_changed", "sheet_off"
KINDS |= {
    STAFF: Kind(
        _("People of a site changed: ${title}"),
        _("The people who look after the site changed. The list of technical officers is up to date."),
        _("Please note how they are reached; somebody new may need training."),
        _("Open the site"),
    ),
    NEW: Kind(
        _("Sheet of a meeting for your site"),
        _("Your site takes part in a meeting. The sheet says what is needed to connect it."),
        _("Please read the sheet and confirm that you have received it."),
        _("Open the sheet"),
        everybody=True,
    ),
    CHANGED: Kind(
        _("Sheet of a meeting changed"),
        _("Time, sites or parameters of a meeting that your site takes part in have changed."),
        _("Please read the sheet and confirm it anew."),
        _("Open the sheet"),
        everybody=True,
    ),
    OFF: Kind(
        _("A meeting is off for your site"),
        _("The meeting below does not take place as planned, or your site takes no part in it any more."),
        "",
        _("Open the sheet"),
        everybody=True,
    ),
}


@implementer(IMailFacts)
@adapter(ISite)
class SiteFacts:
    """Unit, place and people of a site."""

    def __init__(self, context):
        self.context = context

    def facts(self, language):
        """Return (label, text) pairs."""
        unit = unit_of(self.context)
        found = [(_("Site"), self.context.title), (_("Unit"), unit.title if unit is not None else "")]
        for one in staff_of(self.context):
            label = _("Responsible leader") if one.role == "leader" else _("Technical officer")
            since = day_text(one.since)
            found.append((label, " · ".join(part for part in (one.name, one.phone, since) if part)))
        if len(found) == 2:
            found.append((_("Technical officer"), "–"))
        return found


def send_sheets(kind: str, meeting, people, stamp: str) -> None:
    """Enqueue the mails with the sheet of *meeting* to these people (user ids)."""
    for user_id in sorted(set(people)):
        enqueue_after_commit(SEND_SHEET, kind=kind, uid=meeting.UID(), recipient=user_id, stamp=stamp)


def _gave_up(error: str, kind: str, uid: str, recipient: str, stamp: str) -> None:
    log.notification_log().put(
        log.Notice(kind, uid, stamp, recipient), result=log.FAILED, reason=str(error)[:300]
    )


@task(SEND_SHEET, retries=6, retry_delay=120, on_give_up=_gave_up)
def send_sheet(kind: str, uid: str, recipient: str, stamp: str) -> None:
    """Send one person the sheet of a meeting; nothing happens if that has been done.

    Raises OSError or SMTPException while the mail server is away: the worker tries again.
    """
    book = log.notification_log()
    notice = log.Notice(kind, uid, stamp, recipient)
    known = book.get(notice.key)
    if known is not None and known.result in (log.SENT, log.SKIPPED):
        return
    meeting, user = meeting_by_uid(uid), api.user.get(userid=recipient)
    address = ((user.getProperty("email") or "") if user is not None else "").strip()
    if meeting is None or user is None:
        book.put(notice, result=log.SKIPPED, reason="gone")
    elif not api.user.has_permission(matrix.LOGISTICS, user=user, obj=meeting):
        book.put(notice, address=address, result=log.SKIPPED, reason="no right")
    elif "@" not in address or "\n" in address or "\r" in address:
        book.put(notice, result=log.NOT_SENT, reason="no address")
    elif jobs.sender() is None:
        book.put(notice, address=address, result=log.NOT_SENT, reason="mail is not configured")
    else:
        name = user.getProperty("fullname") or recipient
        language = user.getProperty("language") or ""
        mail = compose(
            kind, meeting, f"{meeting.absolute_url()}/@@meeting-sheet", name=name, language=language,
            more=sheet_facts(meeting, language), closed=True,
        )  # fmt: skip
        jobs.deliver(jobs.message_of(mail, address, name, notice.key))
        book.put(notice, address=address, result=log.SENT)


def sheet_facts(meeting, language: str) -> list:
    """Return what a mail says of the sheet: (label, text) pairs."""
    from hopso.inventory.sites.sheets import sheet_of

    sheet = sheet_of(meeting)
    numbers = [f"{one.title} ({one.vc_number})" if one.vc_number else one.title for one in sheet.sites]
    found = [(_("Time"), span_text(sheet.start, sheet.end, (language or "vi")[:2]))]
    found += [(_("Sites"), "; ".join(numbers))] if numbers else []
    found += [(_("Chair's point"), one.title) for one in sheet.sites if one.chair]
    found += [(_("Bridge"), sheet.bridge)] if sheet.bridge else []
    if sheet.host_contact is not None:
        about = (sheet.host_contact.name, sheet.host_contact.phone)
        found.append((_("Officer of the host"), " · ".join(part for part in about if part)))
    return found


def stamp() -> str:
    """Return what tells this occasion from others."""
    return now().isoformat(timespec="seconds")
