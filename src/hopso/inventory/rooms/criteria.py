"""What is looked at when a room is inspected: data, from the regulations (NA-2.1/2, NT-5, NT-6.2, HN-R/1)."""

from dataclasses import dataclass
from functools import lru_cache
import json
from pathlib import Path


GOOD, BAD, NOT_APPLICABLE = "good", "bad", "na"
RESULTS = (GOOD, BAD, NOT_APPLICABLE)
DATA = Path(__file__).parent / "data" / "criteria.json"


@dataclass(frozen=True)
class Criterion:
    """One thing to look at: its name in code, its titles by language, the rule it comes from."""

    name: str
    titles: dict
    rule: str

    def title(self, language: str) -> str:
        """Return what it is called."""
        return self.titles["vi" if language.startswith("vi") else "en"]


@lru_cache(maxsize=1)
def criteria() -> dict[str, Criterion]:
    """Return the criteria by name, in the order in which they are looked at."""
    data = json.loads(DATA.read_text("utf-8"))
    return {
        one["name"]: Criterion(one["name"], {"vi": one["vi"], "en": one["en"]}, one["rule"]) for one in data
    }


def read_results(lines) -> dict[str, str]:
    """Read ``name=good`` lines.  Raises ValueError with the line that says nothing, or the missing criterion."""
    found = {}
    for line in lines:
        name, _equals, result = line.partition("=")
        if name not in criteria() or result not in RESULTS:
            raise ValueError(line)
        found[name] = result
    for name in criteria():
        if name not in found:
            raise ValueError(name)
    return found


def meets_standard(results: dict[str, str]) -> bool:
    """Tell whether a room meets the standard: nothing is bad, and something was looked at."""
    return BAD not in results.values() and GOOD in results.values()
