"""An invented province to try everything with."""


def create(site) -> None:
    """Fill *site* with the demo province."""
