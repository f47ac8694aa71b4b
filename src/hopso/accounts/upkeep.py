"""What the worker does for the way in: warnings of passwords that grow old, and clearing up."""

from hopso.accounts import attempts
from hopso.accounts import logins
from hopso.accounts import notices  # noqa: F401  (its job must be known to the queue)
from hopso.accounts import passwords
from hopso.accounts import sessions
from hopso.accounts.mails import subject_uid
from hopso.accounts.records import account_store
from hopso.core.text import now
from hopso.notifications.log import notice_key
from hopso.notifications.log import notification_log
from hopso.policy.api import current_policy
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import periodic


WARNING = "password_expires"


@periodic("accounts.purge", minutes=60)
def purge() -> int:
    """Forget sessions, failures and lines of the log that are too old to matter; return how many."""
    moment = now()
    gone = sessions.purge(moment, current_policy()) + attempts.purge(moment)
    return gone + logins.login_book().purge(moment - logins.KEPT)


def due_warning(days_left: int | None) -> int | None:
    """Return which warning (14, 7 or 1 days) is due with so many days left, None: none (BD-4.5/2)."""
    if days_left is None or days_left < 1:
        return None
    return min((days for days in passwords.WARN_DAYS if days_left <= days), default=None)


@periodic("accounts.password_warnings", minutes=6 * 60)
def warn() -> int:
    """Warn owners 14, 7 and 1 days before their passwords expire, once each; return how many mails."""
    policy, moment, book, count = current_policy(), now(), notification_log(), 0
    for account in account_store().by_id.values():
        days = due_warning(passwords.days_left(account, moment, policy))
        if days is None or not account.active(moment):
            continue
        end = passwords.expires_on(account, policy)
        stamp = f"{end:%Y-%m-%dT%H:%M}/{days}"
        key = notice_key(f"account_{WARNING}", subject_uid(account.user_id), stamp, account.user_id)
        if book.get(key) is None:
            enqueue_after_commit(
                "accounts.notice", kind=WARNING, user=account.user_id, stamp=stamp, until=end.isoformat()
            )
            count += 1
    return count
