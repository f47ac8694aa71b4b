"""Once a day the worker asks the directory what has changed."""

from hopso.accounts.directory.takeover import take_over_all
from hopso.tasks.queue import periodic


@periodic("directory.take_over", minutes=24 * 60)
def take_over() -> None:
    """Take over names, addresses and telephones of everybody who is linked to the directory."""
    take_over_all()
