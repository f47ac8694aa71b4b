"""What the worker does for accounts: links, word to administrators, accounts whose time is over."""

from hopso.accounts import imports
from hopso.accounts import mails
from hopso.accounts import personnel
from hopso.accounts import tools
from hopso.accounts.help import FORGOT
from hopso.accounts.invitations import FORGOT_LASTS
from hopso.accounts.invitations import invite
from hopso.accounts.invitations import LASTS
from hopso.accounts.records import account_of
from hopso.accounts.records import account_store
from hopso.accounts.records import ACTIVE
from hopso.audit.log import record
from hopso.core.text import now
from hopso.organisation.vocabularies import unit_brains
from hopso.tasks.queue import periodic
from hopso.tasks.queue import task
from plone import api


@task("accounts.invite", retries=6, retry_delay=120)
def send_invitation(user: str, kind: str = "invite", meeting: str = "") -> None:
    """Mail a new link for choosing a password; the one of an earlier try opens no more."""
    account = account_of(user)
    if account is None or not account.active():
        return
    url = invite(account, FORGOT_LASTS if kind == FORGOT else LASTS)
    mail = mails.invitation_mail(account, kind, url)
    mails.send(kind, user, user, now().isoformat(timespec="seconds"), mail)


@task("accounts.tell_transfer", retries=6, retry_delay=120)
def tell_transfer(user: str, recipient: str, stamp: str) -> None:
    """Tell an administrator that a person has come or gone."""
    account = account_of(user)
    if account is None or not account.events:
        return
    url = f"{unit_url(account.unit)}/@@accounts"
    mails.send("transfer", user, recipient, stamp, mails.transfer_mail(account, recipient, url))


def unit_url(unit_id: str) -> str:
    """Return the address of a unit, of the site if there is no such unit."""
    for brain in unit_brains():
        if brain.getId == unit_id:
            return brain.getURL()
    return api.portal.get().absolute_url()


@periodic("accounts.close", minutes=30)
def close_ended() -> int:
    """Close the accounts of leavers whose day has come and of guests whose time is over; return how many."""
    day, moment, closed = personnel.today(), now(), 0
    for account in account_store().by_id.values():
        if account.status != ACTIVE:
            continue
        if account.expires_at is not None and account.expires_at <= moment:
            reason = "expired"
        elif account.leaves_on is not None and account.leaves_on <= day:
            reason = "left"
        else:
            continue
        tools.close_account(account, "system", reason)
        record("account.closed_in_time", details={"user": account.user_id, "reason": reason})
        closed += 1
    imports.purge(moment)
    return closed
