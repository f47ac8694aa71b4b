"""What the mails of the accounts room say; sent by the jobs of ``jobs.py``."""

from hopso import _
from hopso.accounts.identities import email_of
from hopso.accounts.identities import properties_of
from hopso.accounts.records import Account
from hopso.core.text import date_text
from hopso.core.text import datetime_text
from hopso.notifications import jobs
from hopso.notifications import log
from hopso.notifications.messages import write
from hopso.organisation.vocabularies import person_name
from hopso.organisation.vocabularies import unit_title


SUBJECTS = {
    "invite": (
        _("Your account for paperless meetings"),
        _("An account was made for you. Please choose a password by the link below."),
    ),
    "reset": (
        _("Choose a new password"),
        _("Your administrator has reset your password. Please choose a new one by the link below."),
    ),
    "forgot": (
        _("Choose a new password"),
        _("Somebody asked for a new password for your account. If it was not you, do nothing."),
    ),
    "guest": (
        _("Invitation as a guest"),
        _("You are invited to a meeting as a guest. Please choose a password by the link below."),
    ),
}


def invitation_mail(account: Account, kind: str, url: str):
    """Return the mail with the link for choosing a password."""
    subject, lead = SUBJECTS[kind]

    def letter(say, language):
        rows = [(say(_("User name")), account.user_id)]
        if home := unit_title(account.unit):
            rows.append((say(_("Unit")), home))
        rows.append((say(_("The link opens until")), datetime_text(account.invitation_until)))
        if account.expires_at is not None:
            rows.append((say(_("The account ends")), datetime_text(account.expires_at)))
        return say(subject), say(lead), rows, say(_("Choose a password"))

    return _addressed(account.user_id, letter, url)


def transfer_mail(account: Account, recipient: str, url: str):
    """Return the mail that tells an administrator of a transfer."""
    event = account.events[-1]

    def letter(say, language):
        name = person_name(account.user_id) or account.user_id
        rows = [
            (say(_("Person")), name),
            (say(_("From")), unit_title(event.from_unit) or event.from_unit),
            (say(_("To")), unit_title(event.to_unit) or event.to_unit),
            (say(_("Decision")), event.decision),
        ]
        if event.decided_on:
            rows.append((say(_("Date of the decision")), f"{event.decided_on:%d/%m/%Y}"))
        rows.append((say(_("Entered")), date_text(event.recorded_at)))
        lead = _("A person was transferred. The new unit gives the functions; parts in open meetings stay.")
        subject = _("Transfer: ${name}", mapping={"name": name})
        return say(subject), say(lead), rows, say(_("Open the accounts"))

    return _addressed(recipient, letter, url)


def _addressed(user_id, letter, url):
    known = properties_of(user_id)
    return write(letter, url, name=known.get("fullname") or "", language=known.get("language") or "")


def send(kind: str, user_id: str, recipient: str, stamp: str, mail) -> str:
    """Send a mail about the account of *user_id* and note the result; returns it (of ``log.RESULTS``).

    Raises OSError or SMTPException while the mail server is away.
    """
    book = log.notification_log()
    address = email_of(recipient)
    notice = log.Notice(f"account_{kind}", subject_uid(user_id), stamp, recipient, address=address)
    if not address:
        return book.put(notice, result=log.NOT_SENT, reason="no address").result
    if jobs.sender() is None:
        return book.put(notice, result=log.NOT_SENT, reason="mail is not configured").result
    name = properties_of(recipient).get("fullname") or ""
    jobs.deliver(jobs.message_of(mail, address, name, notice.key))
    return book.put(notice, result=log.SENT).result


def subject_uid(user_id: str) -> str:
    """Return what notices about an account are filed under."""
    return f"account:{user_id}"


def last_notice(user_id: str):
    """Return the latest notice about an account, None if there is none."""
    found = log.notification_log().of_object(subject_uid(user_id))
    return found[0] if found else None
