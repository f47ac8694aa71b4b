"""The terms of use that everybody accepts, version by version (BD-4.5/1)."""

from hopso import _
from hopso.accounts.records import account_of
from hopso.accounts.trace import tell
from hopso.core.text import now
from hopso.policy.policy import Policy


# What stands in the absence of a text of the province's own: the duties that BD-4.5,
# BD-12.3 and NT-6.3 lay on whoever holds an account.
ON_BOARD = (
    _("The account is personal. I do not lend it, share it, or let others use it in my name."),
    _("I keep password, one-time codes and recovery codes to myself, and change the password when I am asked to."),
    _("I put no content on the system that is a state secret, and hand documents to nobody who has no right to them."),
    _("I answer for what I enter, and for what is done with my account until I report its loss."),
    _("I tell the administrator of my unit at once when the account may have fallen into other hands."),
    _("I know that logins, reading of documents and changes are recorded."),
)  # fmt: skip


def paragraphs(policy: Policy) -> list:
    """Return the text in force: the province's own, else the one on board."""
    own = [line.strip() for line in policy.terms_text.splitlines() if line.strip()]
    return own or list(ON_BOARD)


def accept(user_id: str, version: str) -> None:
    """Write down that a person accepts a version."""
    account = account_of(user_id)
    account.terms_version, account.terms_at = version, now()
    tell("terms.accepted", user_id, version=version)
