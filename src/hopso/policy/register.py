"""The register of rules: what each one says, where it stands, what checks it.

Pure rule functions are registered under the ids of the rules they carry out:

    @rule("BD-6.1/1")
    def lead_time(start, moment, policy): …

The texts are data (``data/rules-*.json``), quoted from the regulations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
import json
from pathlib import Path
import re

from hopso.core.findings import Finding


DATA = Path(__file__).parent / "data"
# How far a rule is carried out by the software.
ENFORCED, MEASURED, RECORDED, PARTLY, LATER, OUTSIDE = (
    "enforced",
    "measured",
    "recorded",
    "partly",
    "later",
    "outside",
)
STATES = (ENFORCED, MEASURED, RECORDED, PARTLY, LATER, OUTSIDE)
# Under a policy: the rule belongs to a regulation that is not in force.
ELSEWHERE = "elsewhere"
ID = re.compile(
    r"^(?P<set>[A-Z]{2})-(?:(?P<decision>QD)\.)?(?P<article>\d+|PL)"
    r"(?:\.(?P<clause>\d+))?(?:\.(?P<point>[a-z]+))?(?:/(?P<part>\w+))?$"
)

# Two regulations are known from news articles only: TQ-P5/3 is paragraph 5, item 3; HN-5.2 the second
# dash of what the article quotes of Điều 5; HN-R/3.1 the third dash of the duties, its first part.
NEWS_PARAGRAPH = re.compile(r"^(?:TQ|HN)-P(?P<paragraph>\d+)(?:/(?P<item>\d+))?$")
NEWS_DUTY = re.compile(r"^HN-R/(?P<dash>\d+)(?:\.(?P<part>\d+))?$")
NEWS_PRINCIPLE = re.compile(r"^HN-5\.(?P<dash>\d+)(?:/\d+)?$")

_functions: dict[str, list[Callable]] = {}


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    id: ``BD-6.1/1``; article: ``Điều 6 khoản 1``; text: in Vietnamese, from the
    regulation; kinds: letters of E(nforce), M(easure), R(ecord), C(onfiguration);
    where: names of operations and pages at which it acts; state: one of STATES.
    note: what is to be known of the source, e.g. that only a news article is available.
    """

    id: str
    article: str
    text: str
    kinds: str
    where: tuple[str, ...] = ()
    state: str = LATER
    legal_basis: str = ""
    note: str = ""

    @property
    def rule_set(self) -> str:
        """The prefix: ``BD``."""
        return self.id.partition("-")[0]


def rule(*ids: str):
    """Register the decorated function as one that carries out the rules *ids*."""

    def decorate(function):
        for one in ids:
            article_of(one)
            _functions.setdefault(one, []).append(function)
        return function

    return decorate


def functions_of(rule_id: str) -> tuple[Callable, ...]:
    """Return the registered functions of a rule."""
    return tuple(_functions.get(rule_id, ()))


@lru_cache(maxsize=1024)
def article_of(rule_id: str) -> str:
    """Return where a rule stands, in Vietnamese: ``Điều 6 khoản 1``, ``Bản tin, đoạn 5 mục 5``.

    Raises ValueError for what is no id.
    """
    if told := _in_the_news(rule_id):
        return told
    found = ID.match(rule_id)
    if found is None:
        raise ValueError(f"not a rule id: {rule_id!r}")
    if found["article"] == "PL":
        return "Phụ lục"
    parts = [f"Điều {found['article']}"]
    if found["clause"]:
        parts.append(f"khoản {found['clause']}")
    if found["point"]:
        parts.append("điểm " + {"dd": "đ"}.get(found["point"], found["point"]))
    if found["decision"]:
        parts.append("của Quyết định ban hành")
    return " ".join(parts)


def _in_the_news(rule_id: str) -> str:
    if found := NEWS_PARAGRAPH.match(rule_id):
        return f"Bản tin, đoạn {found['paragraph']}" + (f" mục {found['item']}" if found["item"] else "")
    if found := NEWS_DUTY.match(rule_id):
        part = f" ý {found['part']}" if found["part"] else ""
        return f"Bản tin, trách nhiệm các cơ quan, gạch đầu dòng {found['dash']}{part}"
    if found := NEWS_PRINCIPLE.match(rule_id):
        return f"Điều 5, gạch đầu dòng {found['dash']}"
    return ""


def finding(rule_id: str, level: str, text, **options) -> Finding:
    """Return a Finding with the article filled in; *options* as in Finding."""
    return Finding(rule=rule_id, level=level, text=text, article=article_of(rule_id), **options)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Rule]:
    """Return every known rule by id, in the order of the regulations."""
    found = {}
    for path in sorted(DATA.glob("rules-*.json")):
        data = json.loads(path.read_text("utf-8"))
        for entry in data["rules"]:
            one = Rule(
                id=entry["id"],
                article=entry.get("article") or article_of(entry["id"]),
                text=entry["text"],
                kinds=entry["kinds"],
                where=tuple(entry.get("where", ())),
                state=entry.get("state", LATER),
                legal_basis=data["legal_basis"],
                note=data.get("note", ""),
            )
            found[one.id] = one
    return found


def rules_in_force(policy) -> list[Rule]:
    """Return the rules that *policy* puts in force; one without rule sets puts in force all."""
    return [one for one in catalogue().values() if not policy.rule_sets or one.rule_set in policy.rule_sets]


def state_under(one: Rule, policy) -> str:
    """Return the state of a rule under *policy*: one of STATES, or ELSEWHERE where it is not regulated."""
    return one.state if not policy.rule_sets or one.rule_set in policy.rule_sets else ELSEWHERE
