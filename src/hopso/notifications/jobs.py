"""Sending, in the worker: one job a person, tried again when the mail server is away."""

from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from email.utils import formataddr
from email.utils import parseaddr
import logging

from hopso import _
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings.place import meeting_of
from hopso.notifications import log
from hopso.notifications.messages import compose
from hopso.notifications.messages import KINDS
from hopso.notifications.messages import Mail
from hopso.organisation.vocabularies import person_name
from hopso.policy.api import policy_for
from hopso.policy.timing import deadline_before
from hopso.security.grants import BREAKGLASS
from hopso.security.grants import grant_store
from hopso.tasks.queue import task
from plone import api
from plone.registry.interfaces import IRegistry
from plone.uuid.interfaces import IUUID
from zope.component import getUtility


SEND = "notifications.send_mail"
logger = logging.getLogger("hopso.notifications")


def sender() -> tuple[str, str] | None:
    """Return (name, address) that mails come from, None while mail is not configured."""
    registry = getUtility(IRegistry)
    host = registry.get("plone.smtp_host") or ""
    address = registry.get("plone.email_from_address") or ""
    if not host.strip() or not address.strip():
        return None
    return registry.get("plone.email_from_name") or "", address.strip()


def _gave_up(error: str, kind: str, uid: str, recipient: str, stamp: str, comment: str = "") -> None:
    notice = log.Notice(kind, uid, stamp, recipient, address=_address(api.user.get(userid=recipient)))
    log.notification_log().put(notice, result=log.FAILED, reason=str(error)[:300])


@task(SEND, retries=6, retry_delay=120, on_give_up=_gave_up)
def send_mail(kind: str, uid: str, recipient: str, stamp: str, comment: str = "") -> None:
    """Tell one person; nothing happens if that has been done.

    Raises OSError or SMTPException while the mail server is away: the worker tries again.
    """
    book = log.notification_log()
    notice = log.Notice(kind, uid, stamp, recipient)
    known = book.get(notice.key)
    if known is not None and known.result in (log.SENT, log.SKIPPED):
        return
    obj = api.content.get(UID=uid)
    user = api.user.get(userid=recipient)
    address = _address(user)
    readable = obj is not None and user is not None and api.user.has_permission("View", user=user, obj=obj)
    if obj is None or user is None:
        book.put(notice, result=log.SKIPPED, reason="gone")
    elif not (KINDS[kind].everybody or readable):
        # What one may not read, one is not told about either.
        book.put(notice, address=address, result=log.SKIPPED, reason="no right")
    elif not address:
        book.put(notice, result=log.NOT_SENT, reason="no address")
    elif sender() is None:
        book.put(notice, address=address, result=log.NOT_SENT, reason="mail is not configured")
        logger.warning("Mail is not configured: %s about %s was not sent", kind, uid)
    else:
        mail = compose(
            kind,
            obj,
            obj.absolute_url(),
            name=user.getProperty("fullname") or recipient,
            language=user.getProperty("language") or "",
            comment=comment,
            deadline=_answer_deadline(kind, obj),
            more=_emergency(kind, obj),
            closed=not readable,
        )
        deliver(message_of(mail, address, user.getProperty("fullname") or "", notice.key))
        book.put(notice, address=address, result=log.SENT)


def _emergency(kind, obj):
    """Return who reads a meeting in an emergency, and until when."""
    if kind != "glass_broken":
        return []
    found = grant_store().history(IUUID(obj), BREAKGLASS)[:1]
    return [
        fact
        for one in found
        for fact in (
            (_("Administrator"), f"{person_name(one.user_id) or one.user_id} ({one.user_id})"),
            (_("Until"), datetime_text(one.until)),
        )
    ]


def _answer_deadline(kind, obj):
    if kind != "invitation":
        return None
    meeting, policy = meeting_of(obj), policy_for(obj)
    if policy.rsvp_deadline is None:
        return None
    deadline = deadline_before(meeting.start, policy.rsvp_deadline, policy.calendar)
    return deadline if deadline > now() else None


def _address(user) -> str:
    address = (user.getProperty("email") or "").strip() if user is not None else ""
    return address if "@" in address and "\n" not in address and "\r" not in address else ""


def message_of(mail: Mail, address: str, name: str, key: str) -> MIMEMultipart:
    """Return the mail as a message with all its headers.

    The Message-ID comes from the notice, so that a mail sent twice (a worker
    died after sending) is one mail to the reader's program.
    """
    from_name, from_address = sender()
    # Not EmailMessage: Python 3.11 and 3.12 lose spaces where they fold an encoded header.
    message = MIMEMultipart("alternative")
    message["From"] = formataddr((from_name, from_address))
    message["To"] = formataddr((_one_line(name), address))
    message["Subject"] = Header(_one_line(mail.subject), "utf-8")
    message["Date"] = format_datetime(local(now()))
    message["Message-ID"] = f"<{key}.hopso@{from_address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = ", ".join(mail.languages)
    message.attach(MIMEText(mail.text, "plain", "utf-8"))
    message.attach(MIMEText(mail.html, "html", "utf-8"))
    return message


def _one_line(text: str) -> str:
    return " ".join(text.split())


def deliver(message: MIMEMultipart) -> None:
    """Hand the message to the mail server now, errors included."""
    sender_address = parseaddr(str(message["From"]))[1]
    receiver = parseaddr(str(message["To"]))[1]
    # MailHost.send would end lines with a bare LF, which mail servers refuse since SMTP smuggling.
    ready = message.as_bytes(policy=compat32.clone(linesep="\r\n"))
    api.portal.get_tool("MailHost")._send(sender_address, [receiver], ready, immediate=True)
