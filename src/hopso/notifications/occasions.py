"""What is to be told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Occasion:
    """What is to be told about which object to whom; *stamp* tells repetitions apart."""

    kind: str
    context: object
    people: tuple = ()
    stamp: str = ""
    comment: str = ""
