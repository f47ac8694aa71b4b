"""What the desk needs in a new site: its stores, made once."""

from hopso.operations_desk.checks import records as checks
from hopso.operations_desk.checks import template
from hopso.operations_desk.duty import records as duty
from hopso.operations_desk.help import records as helping


def install(portal) -> None:
    """Make the stores; repeating it is harmless."""
    checks.ensure_store(portal)
    template.ensure_store(portal)
    duty.ensure_store(portal)
    helping.ensure_store(portal)
