"""What happens when the people of a site change, or the meetings at it."""

# Their operations are there once they are imported.
from hopso.inventory.sites import operations  # noqa: F401
from hopso.inventory.sites import staff  # noqa: F401


def staff_changed(event):
    """Tell whom it concerns."""
