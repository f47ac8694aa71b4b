"""Mails about the safety of an account: passwords that grow old, failures, distant sessions."""

from datetime import datetime

from hopso import _
from hopso.accounts import mails
from hopso.accounts.identities import properties_of
from hopso.accounts.records import account_of
from hopso.core.text import datetime_text
from hopso.core.text import now
from hopso.notifications.log import notice_key
from hopso.notifications.log import notification_log
from hopso.notifications.log import SENT
from hopso.notifications.log import SKIPPED
from hopso.notifications.messages import write
from hopso.organisation.vocabularies import person_name
from hopso.tasks.queue import task
from plone import api


# kind -> subject, what happened, text of the link, page
KINDS = {
    "password_expires": (
        _("Your password expires soon"),
        _("Please change it in time: afterwards you are asked to at your next login."),
        _("Change password"),
        "@@change-password",
    ),
    "many_failures": (
        _("Many failed logins to your account"),
        _("Somebody tried to log in with your name. If it was not you, please tell your administrator."),
        _("See your logins"),
        "@@my-account",
    ),
    "distant_sessions": (
        _("An account is in use at two distant places"),
        _("The account below was used from distant networks at the same time. Accounts are personal."),
        _("See the logins"),
        "@@logins",
    ),
    "recovery_used": (
        _("A recovery code was used"),
        _("Your account was opened with a recovery code. If it was not you, please tell your administrator."),
        _("See your logins"),
        "@@my-account",
    ),
}


@task("accounts.notice", retries=6, retry_delay=120)
def send_notice(kind: str, user: str, stamp: str, recipient: str = "", **facts: str) -> None:
    """Tell the owner of an account (or *recipient*), once for each kind and stamp.

    facts: ``when`` (ISO), ``address``, ``other``: shown in the mail.
    """
    recipient, account = recipient or user, account_of(user)
    if account is None or not account.active():
        return
    key = notice_key(f"account_{kind}", mails.subject_uid(user), stamp, recipient)
    known = notification_log().get(key)
    if known is not None and known.result in (SENT, SKIPPED):
        return
    mails.send(kind, user, recipient, stamp, notice_mail(kind, user, recipient, facts))


def notice_mail(kind: str, user: str, recipient: str, facts: dict):
    """Write the mail."""
    subject, lead, label, page = KINDS[kind]
    if recipient == user and page == "@@logins":
        page = "@@my-account"
    known = properties_of(recipient)

    def letter(say, language):
        rows = [(say(_("Person")), person_name(user) or user)] if recipient != user else []
        rows.append((say(_("User name")), user))
        if "until" in facts:
            rows.append((say(_("It holds until")), datetime_text(_moment(facts["until"]))))
        if "when" in facts:
            rows.append((say(_("Time")), datetime_text(_moment(facts["when"]))))
        if "address" in facts:
            rows.append((say(_("Address")), ", ".join(filter(None, (facts["address"], facts.get("other"))))))
        return say(subject), say(lead), rows, say(label)

    url = f"{api.portal.get().absolute_url()}/{page}"
    return write(letter, url, name=known.get("fullname") or "", language=known.get("language") or "")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return now()
