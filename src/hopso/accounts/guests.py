"""Guests: people from outside who take part in a meeting, and see nothing else (BD-2.3).

The account is bound to its meetings and ends some days after the last one
(``guest_access_days`` of the policy).  Who was a guest before keeps the account.
"""

from datetime import timedelta

from hopso import _
from hopso.accounts import operations
from hopso.accounts import parameters
from hopso.accounts import rules
from hopso.accounts import tools
from hopso.accounts.identities import identities
from hopso.accounts.making import email_problem
from hopso.accounts.making import make_account
from hopso.accounts.making import new_user_id
from hopso.accounts.records import account_of
from hopso.accounts.records import ACTIVE
from hopso.core import errors
from hopso.core.operation import operation
from hopso.meetings import participation
from hopso.meetings.content import IMeeting
from hopso.meetings.preparation import may_change
from hopso.meetings.preparation import OPEN
from hopso.meetings.preparation import OPEN_OR_RUNNING
from hopso.meetings.preparation import PREPARE
from hopso.policy.api import policy_for
from plone.uuid.interfaces import IUUID


GUESTS = "guests"


def guest_findings(meeting, **params) -> list:
    """Return what the policy says about inviting guests to *meeting*."""
    return rules.guests_welcome(policy_for(meeting).guests_allowed)


@operation(
    "meeting.invite_guest", IMeeting, title=_("Invite a guest"), permission=PREPARE,
    states=OPEN_OR_RUNNING, schema=parameters.IGuest, check=guest_findings, order=235, when=may_change,
    help=_("Somebody from outside, with an account for this meeting only. A link for choosing a password is mailed."),
)  # fmt: skip
def invite_guest(meeting, *, fullname, email, organisation, phone):
    """Make or open the account of a guest and invite her; returns the account."""
    account = _known_guest(email)
    if account is None:
        account = make_account(
            new_user_id(fullname),
            fullname,
            email,
            by=tools.me(),
            unit=meeting.host_unit or "",
            employment_kind="guest",
            phone=(phone or "").strip(),
            organisation=(organisation or "").strip(),
        )
    principal, uid = f"user:{account.user_id}", IUUID(meeting)
    if principal in participation.records(meeting):
        raise errors.WrongState(_("This person takes part already."))
    if account.status != ACTIVE:
        account.status, account.disabled_at = ACTIVE, None
        account.disabled_by, account.disabled_reason = "", ""
    account.meetings = (*(one for one in account.meetings if one != uid), uid)
    end = meeting.end + timedelta(days=policy_for(meeting).guest_access_days)
    account.expires_at = max(account.expires_at or end, end)
    participation.put_record(meeting, participation.Participation(principal, GUESTS))
    if account.password_set_at is None:
        tools.give_access(account, "", tools.GUEST, uid)
    return account


def _known_guest(email):
    """Return the account of who was a guest before, None for a new one.  Raises Invalid."""
    account = account_of(identities().holder(email))
    if account is None:
        if problem := email_problem(email):
            raise tools.wrong(email=problem)
        return None
    if account.employment_kind != "guest":
        raise tools.wrong(email=_("This person works here: add her as a participant."))
    if account.status != ACTIVE and account.disabled_reason != operations.EXPIRED:
        raise tools.wrong(email=_("The account of this guest was closed by an administrator."))
    return account


@operation(
    "meeting.withdraw_guest", IMeeting, title=_("Withdraw the guest's invitation"), permission=PREPARE,
    states=OPEN, schema=parameters.IGuestOut, order=236, when=may_change, danger=True,
)  # fmt: skip
def withdraw_guest(meeting, *, user):
    """Take a guest off the meeting; without another meeting the account closes at once."""
    principal, uid = f"user:{user}", IUUID(meeting)
    record = participation.records(meeting).get(principal)
    if record is None or record.part != GUESTS:
        raise errors.WrongState(_("This is no guest of the meeting."))
    participation.drop_record(meeting, principal)
    account = account_of(user)
    account.meetings = tuple(one for one in account.meetings if one != uid)
    if not account.meetings and account.status == ACTIVE:
        tools.close_account(account, tools.me(), operations.EXPIRED)
