"""Who may meet whom on the system: the lines of ``host_matrix`` (rules NT-3.2, TQ-P9); pure."""

from dataclasses import dataclass


ARROW, SECTOR, ANY = "->", "!sector", "*"


@dataclass(frozen=True)
class HostRule:
    """One line: hosts of a kind may meet participants of these kinds.

    host, participants: ``<level>/<unit type>``, either part or all of it ``*``;
    same_sector: only where host and participant belong to the same sector.
    """

    host: str
    participants: tuple[str, ...]
    same_sector: bool = False

    def __str__(self):
        line = f"{self.host} {ARROW} {', '.join(self.participants)}"
        return f"{line} {SECTOR}" if self.same_sector else line

    @classmethod
    def parse(cls, text: str) -> "HostRule":
        """Read ``province/committee -> province/*, commune/*``.  Raises ValueError."""
        line = str(text).strip()
        same = line.endswith(SECTOR)
        host, arrow, others = line.removesuffix(SECTOR).partition(ARROW)
        found = cls(host.strip(), tuple(one.strip() for one in others.split(",") if one.strip()), same)
        if not arrow or not found.participants:
            raise ValueError(f"not “host -> participants”: {text!r}")
        for kind in (found.host, *found.participants):
            if kind != ANY and (kind.count("/") != 1 or not all(kind.split("/"))):
                raise ValueError(f"not <level>/<unit type>: {kind!r}")
        return found


def matches(pattern: str, kind: str) -> bool:
    """Tell whether *kind* (``province/department``) is one of *pattern* (``province/*``, ``*``)."""
    if pattern == ANY:
        return True
    wanted, found = pattern.split("/"), kind.split("/")
    return len(found) == 2 and all(a in (ANY, b) for a, b in zip(wanted, found, strict=True))


def may_meet(lines, host: str, participant: str, same_sector: bool = True) -> bool:
    """Tell whether *lines* let a host of one kind meet a participant of another.

    host, participant: ``<level>/<unit type>``; same_sector: whether both belong
    to one sector.  Without lines anybody meets anybody.
    """
    rules = [HostRule.parse(line) for line in lines]
    if not rules:
        return True
    return any(
        matches(one.host, host)
        and any(matches(kind, participant) for kind in one.participants)
        and (same_sector or not one.same_sector)
        for one in rules
    )
