"""What the health page says about mail."""

from dataclasses import dataclass
from dataclasses import replace

from hopso import _
from hopso.notifications.jobs import sender
from hopso.notifications.log import FAILED
from hopso.notifications.log import KEY
from hopso.notifications.log import NOT_SENT
from hopso.tasks.health import Check
from hopso.tasks.health import GOOD
from hopso.tasks.health import WARN
from plone import api
from zope.annotation.interfaces import IAnnotations


@dataclass(frozen=True)
class MailHealth:
    """state: ``good``, ``warn`` or ``off``; text for people; counts of what was not delivered."""

    state: str
    text: object
    failed: int = 0
    not_sent: int = 0


def mail_health() -> MailHealth:
    """Return whether mail is configured and what could not be delivered."""
    book = IAnnotations(api.portal.get()).get(KEY)
    results = [one.result for one in book.notices.values()] if book is not None else []
    failed, not_sent = results.count(FAILED), results.count(NOT_SENT)
    if sender() is None:
        return MailHealth(
            "off",
            _(
                "Mail is not configured: nobody is told by e-mail. Set the mail server and the sender's address."
            ),
            failed,
            not_sent,
        )
    if failed:
        return MailHealth("warn", _("Some mails could not be delivered."), failed, not_sent)
    return MailHealth("good", _("Mail is configured."), failed, not_sent)


def delivered(check: Check) -> Check:
    """Return the line of the health page about mail, with what could not be delivered."""
    found = mail_health()
    if check.level != GOOD or not found.failed:
        return check
    text = _("${count} mails could not be delivered", mapping={"count": str(found.failed)})
    return replace(
        check, level=WARN, found=text, advice=_("Look into the log of the worker for the reasons.")
    )
