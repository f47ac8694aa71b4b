"""What the health page says about the safety of accounts."""

from hopso import _
from hopso.accounts.seal import keys
from hopso.accounts.seal import NoKey
from hopso.accounts.seal import VARIABLE
from hopso.tasks.health import BAD
from hopso.tasks.health import Check
from hopso.tasks.health import GOOD
from hopso.tasks.health import WARN


def codes_health() -> Check:
    """Tell whether the secrets of one-time codes are encrypted."""
    name = {"name": VARIABLE}
    try:
        found = keys()
    except NoKey:
        level, text = BAD, _("The file of keys cannot be read.")
        advice = _("Nobody with one-time codes can log in: see the file that ${name} names.", mapping=name)
    else:
        if found:
            return Check("codes", _("One-time codes"), GOOD, _("Their secrets are encrypted."))
        level, text = WARN, _("Their secrets are stored unencrypted.")
        advice = _("Name a file with a key in ${name}.", mapping=name)
    return Check("codes", _("One-time codes"), level, text, advice)
