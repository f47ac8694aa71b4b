"""One-time codes (TOTP, RFC 6238) and recovery codes.

A code counts for one time step before and after its own, and once.  What uses
a code up and what it opens are written together, in a transaction of its own:
the same code sent twice at the same moment opens one session.
"""

from datetime import datetime
import hashlib
import hmac
from io import BytesIO

from hopso.accounts import records
from hopso.accounts.records import Account
from hopso.accounts.seal import open_seal
from hopso.accounts.seal import seal
from hopso.accounts.sessions import session_store
from hopso.accounts.trace import tell
from hopso.core.aside import in_own_transaction
from hopso.core.ids import short_id
from hopso.core.text import now
import pyotp
import segno
from zope.annotation.interfaces import IAnnotations


PERIOD = 30  # seconds a step
DRIFT = 1  # steps that a clock may be off
RECOVERY_CODES = 10
GROUPS, GROUP = 4, 4  # of a recovery code: 16 letters, 76 bits
ISSUER = "Hop So"


def step_of(moment: datetime) -> int:
    """Return the number of the time step of an aware moment."""
    return int(moment.timestamp()) // PERIOD


def plain_code(text: str) -> str:
    """Return what was typed without spaces and dashes, in small letters."""
    return "".join(char for char in text.lower() if char.isalnum())


def matching_step(secret: str, code: str, moment: datetime, last_step: int) -> int:
    """Return the step a code belongs to; 0 if it is wrong, too far off or used already."""
    code, present, found = plain_code(code), step_of(moment), 0
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        return 0
    generator = pyotp.TOTP(secret, interval=PERIOD)
    for step in range(present - DRIFT, present + DRIFT + 1):
        expected = generator.generate_otp(step)
        if hmac.compare_digest(expected, code) and step > last_step:
            found = step
    return found


def recovery_hash(code: str) -> str:
    """Return what is kept of a recovery code."""
    return hashlib.sha256(plain_code(code).encode()).hexdigest()


def new_recovery_codes() -> list[str]:
    """Return fresh codes to be written down."""
    return ["-".join(short_id(GROUP) for _group in range(GROUPS)) for _code in range(RECOVERY_CODES)]


def spend(account: Account, code: str, moment: datetime) -> str:
    """Use up a one-time or recovery code of an account; return ``code``, ``recovery`` or "" (wrong).

    Raises NoKey if the secret cannot be opened.
    """
    if not account.otp_secret:
        return ""
    step = matching_step(open_seal(account.otp_secret), code, moment, account.otp_step)
    if step:
        account.otp_step = step
        return "code"
    hashed = recovery_hash(code)
    if hashed in account.recovery:
        account.recovery = tuple(one for one in account.recovery if one != hashed)
        return "recovery"
    return ""


def open_session(user_id: str, session_id: str, code: str) -> str:
    """Use up a code, at once, for a session; return ``code``, ``recovery`` or "" (wrong)."""
    kind = in_own_transaction(_open_session, user_id, session_id, code, now()) or ""
    if kind == "recovery":
        tell("codes.recovery_used", user_id)
    return kind


def _open_session(site, user_id, session_id, code, moment):
    account, session = _account(site, user_id), session_store(site).by_id.get(session_id)
    if account is None or session is None or session.user_id != user_id:
        return ""
    kind = spend(account, code, moment)
    if kind:
        session.code_at = moment
    return kind


def use(user_id: str, code: str) -> str:
    """Use up a code, at once, for an act that asks for one; return ``code``, ``recovery`` or ""."""
    return in_own_transaction(_use, user_id, code, now()) or ""


def _use(site, user_id, code, moment):
    account = _account(site, user_id)
    return "" if account is None else spend(account, code, moment)


def _account(site, user_id) -> Account | None:
    return IAnnotations(site)[records.KEY].get(user_id)


# ---- setting up ----


def offer(session_id: str) -> bool:
    """Make a secret that waits to be confirmed, at once; tell whether the session is there."""
    return bool(in_own_transaction(_offer, session_id, seal(pyotp.random_base32())))


def _offer(site, session_id, sealed):
    session = session_store(site).by_id.get(session_id)
    if session is None:
        return False
    session.offer = sealed
    return True


def confirm(user_id: str, session_id: str, code: str) -> list[str]:
    """Switch codes on if *code* is one of the secret offered; return the recovery codes, [] if it is not."""
    fresh = new_recovery_codes()
    if not in_own_transaction(_confirm, user_id, session_id, code, fresh, now()):
        return []
    tell("codes.on", user_id)
    return fresh


def _confirm(site, user_id, session_id, code, fresh, moment):
    account, session = _account(site, user_id), session_store(site).by_id.get(session_id)
    if account is None or session is None or session.user_id != user_id or not session.offer:
        return False
    step = matching_step(open_seal(session.offer), code, moment, 0)
    if not step:
        return False
    account.otp_secret, account.otp_since, account.otp_step = session.offer, moment, step
    account.recovery = tuple(recovery_hash(one) for one in fresh)
    session.offer, session.code_at = "", moment
    return True


def renew_recovery(user_id: str, code: str) -> list[str]:
    """Use up a code, at once, for fresh recovery codes; return them, [] if the code is wrong.

    The caller has asked for the password.
    """
    fresh = new_recovery_codes()
    if not in_own_transaction(_renew, user_id, code, fresh, now()):
        return []
    tell("codes.recovery_renewed", user_id)
    return fresh


def _renew(site, user_id, code, fresh, moment):
    account = _account(site, user_id)
    if account is None or not spend(account, code, moment):
        return False
    account.recovery = tuple(recovery_hash(one) for one in fresh)
    return True


def switch_off(user_id: str, code: str) -> bool:
    """Use up a code, at once, and take the codes away; tell whether it was right.

    The caller has asked for the password.
    """
    if not in_own_transaction(_switch_off, user_id, code, now()):
        return False
    tell("codes.off", user_id)
    return True


def _switch_off(site, user_id, code, moment):
    account = _account(site, user_id)
    if account is None or not spend(account, code, moment):
        return False
    forget(account)
    return True


def forget(account: Account) -> None:
    """Take the codes of an account away (a lost telephone); whoever calls it has the right and records it."""
    account.otp_secret, account.otp_since, account.otp_step, account.recovery = "", None, 0, ()


def uri(secret: str, login: str) -> str:
    """Return what apps read from the picture."""
    return pyotp.TOTP(secret, interval=PERIOD).provisioning_uri(name=login, issuer_name=ISSUER)


def picture(text: str) -> str:
    """Return a QR code as SVG for a page."""
    out = BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", scale=5, border=3, xmldecl=False, svgns=True, nl=False, light="#fff", omitsize=False
    )
    return out.getvalue().decode()
