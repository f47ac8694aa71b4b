"""Forgotten password: a link by mail, whoever asks; the answer never tells whether there is an account."""

from hopso.accounts import attempts
from hopso.accounts import entrance
from hopso.accounts.identities import identities
from hopso.accounts.records import account_of
from hopso.accounts.trace import tell
from hopso.core.text import now
from hopso.policy.api import current_policy
from hopso.tasks.queue import enqueue_after_commit


FORGOT = "forgot"


def person_of(name: str) -> str:
    """Return the user id for a login name or an e-mail address, "" if there is none."""
    return entrance.known_id(name) or identities().holder(name)


def ask_for_link(name: str, request):
    """Have a link mailed to the owner of an account that is in use; return the wait if asked too often.

    Asking counts like a failure, so that nobody's mailbox is flooded.
    """
    name = name.strip()[: entrance.LONGEST_NAME]
    origin, policy = entrance.origin_of(request), current_policy()
    counted = f"help {name.lower()}"
    wait = attempts.wait_for(counted, origin, policy)
    if wait:
        return wait
    attempts.count_failure(counted, origin, policy)
    user_id = person_of(name)
    account = account_of(user_id)
    if account is not None and account.active(now()):
        enqueue_after_commit("accounts.invite", user=user_id, kind=FORGOT)
        tell("password.help_asked", user_id)
    return None
