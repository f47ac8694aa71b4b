"""The accounts for trying things, as they are printed and documented."""


def table() -> str:
    """Return the demo accounts as a plain text table."""
    return ""
