"""/quy-che: the rules, what the house does about each under this policy, and how well they are kept."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from DateTime import DateTime
from hopso import _
from hopso.archive.normalise import fold
from hopso.audit.log import record
from hopso.core.text import LOCAL
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.operations_desk import sheets
from hopso.policy import labels
from hopso.policy import showing
from hopso.policy.api import current_policy
from hopso.policy.api import RULE_SETS
from hopso.policy.compliance import count
from hopso.policy.lifted import override_rows
from hopso.policy.lifted import reach_of_reader
from hopso.policy.overrides import counts
from hopso.policy.overrides import overrides
from hopso.policy.pages import PolicyPage
from hopso.policy.policy import KEYS
from hopso.policy.policy import write_value
from hopso.policy.register import catalogue
from hopso.policy.register import ELSEWHERE
from hopso.policy.register import state_under
from hopso.policy.register import STATES
from plone import api
from zExceptions import NotFound


ALL = "all"
KINDS = "EMRC"


class RulePage(PolicyPage):
    """What the register, its spreadsheet and the page of one rule share; figures count what the reader may see."""

    @cached_property
    def policy(self):
        return current_policy()

    @cached_property
    def first(self) -> date:
        """First day of the period of the figures."""
        return read_day(self.request.form.get("from"), date(local(now()).year, 1, 1))

    @cached_property
    def last(self) -> date:
        """Last day of the period."""
        return read_day(self.request.form.get("to"), date(local(now()).year, 12, 31))

    @property
    def since(self) -> datetime:
        """Begin of the period, aware."""
        return datetime.combine(self.first, time(), tzinfo=LOCAL)

    @property
    def until(self) -> datetime:
        """End of the period, aware, not included."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=LOCAL)

    @cached_property
    def figures(self) -> dict:
        """Rule id -> Figure over the meetings of the period that the reader may see."""
        brains = api.portal.get_tool("portal_catalog")(
            portal_type="Meeting",
            meeting_start={
                "query": (DateTime(self.since.isoformat()), DateTime(self.until.isoformat())),
                "range": "min:max",
            },
        )
        return count(brain.rule_clocks for brain in brains if brain.rule_clocks)

    @cached_property
    def reach(self):
        """Ids of the units whose overrides the reader may see; None: all."""
        return reach_of_reader(self.context)

    @cached_property
    def lifted(self) -> dict[str, int]:
        """Rule id -> how often it was lifted in the period, within the reader's reach."""
        if self.reach is not None and not self.reach:
            return {}
        return counts(overrides(since=self.since, until=self.until, units=self.reach))

    @cached_property
    def places(self) -> dict:
        """Name of an operation or a page -> its title."""
        return labels.place_titles()

    def row(self, rule) -> dict:
        """Return a rule for people."""
        state = state_under(rule, self.policy)
        return {
            "id": rule.id,
            "url": f"{self.url}/@@rule?{urlencode({'id': rule.id})}",
            "article": rule.article,
            "text": rule.text,
            "kinds": ", ".join(self.say(labels.KIND_TITLES[kind]) for kind in rule.kinds),
            "state": self.say(labels.STATE_TITLES[state]),
            "tag": labels.STATE_TAGS.get(state, "hs-tag"),
            "where": ", ".join(self.say(self.places.get(one, one)) for one in rule.where),
            "figure": self.figures.get(rule.id),
            "lifted": self.lifted.get(rule.id, 0),
        }

    def may_manage(self) -> bool:
        """Tell whether the reader may change the policy."""
        return bool(api.user.has_permission("hopso: Manage policy", obj=self.context))

    def may_see_overrides(self) -> bool:
        """Tell whether there are overrides that the reader may look at."""
        return self.reach is None or bool(self.reach)


class RuleRegister(RulePage):
    """The list; by default the rules of the policy in force."""

    page_title = _("Regulation")

    def update(self):
        form = {key: value for key, value in self.request.form.items() if isinstance(value, str)}
        self.query = form.get("q", "").strip()
        self.state = form.get("state", "") if form.get("state") in (*STATES, ELSEWHERE) else ""
        self.kind = form.get("kind", "") if form.get("kind", "-") in KINDS else ""
        self.rule_set = form.get("set", "") if form.get("set") in (*RULE_SETS, ALL) else ""
        self.articles = self._articles()

    def __call__(self):
        self.update()
        return super().__call__()

    def rules(self) -> list:
        """Return the rules that are asked for, in the order of the regulations."""
        wanted = fold(self.query).split()
        return [
            one
            for one in catalogue().values()
            if self._in_set(one)
            and (not self.kind or self.kind in one.kinds)
            and (not self.state or state_under(one, self.policy) == self.state)
            and all(word in fold(f"{one.id} {one.article} {one.text}") for word in wanted)
        ]

    def _in_set(self, rule):
        if self.rule_set and self.rule_set != ALL:
            return rule.rule_set == self.rule_set
        # Who asks for what is not regulated here asks for the other sets.
        if self.rule_set == ALL or self.state == ELSEWHERE:
            return True
        return state_under(rule, self.policy) != ELSEWHERE

    def _articles(self):
        found = {}
        for rule in self.rules():
            head = (
                " ".join(rule.article.split()[:2]).rstrip(",")
                if rule.article.startswith("Điều")
                else rule.article
            )
            if rule.article.startswith("Bản tin"):
                head = "Bản tin"
            if rule.article.endswith("Quyết định ban hành"):
                head = rule.article
            key = (rule.rule_set, head)
            article = found.setdefault(
                key,
                {
                    "title": head,
                    "set": labels.SET_TITLES[rule.rule_set],
                    "note": rule.note,
                    "basis": rule.legal_basis,
                    "rules": [],
                },
            )
            article["rules"].append(self.row(rule))
        last = ""
        for (rule_set, _head), article in found.items():
            article["first"] = rule_set != last
            last = rule_set
        return list(found.values())

    def total(self) -> int:
        """How many rules are shown."""
        return sum(len(one["rules"]) for one in self.articles)

    def states(self) -> list[dict]:
        """Return the choices of the filter by state."""
        return [
            {"value": one, "title": self.say(labels.STATE_TITLES[one]), "selected": one == self.state}
            for one in (*STATES, ELSEWHERE)
        ]

    def kinds(self) -> list[dict]:
        """Return the choices of the filter by class."""
        return [
            {
                "value": one,
                "title": f"{one}: {self.say(labels.KIND_TITLES[one])}",
                "selected": one == self.kind,
            }
            for one in KINDS
        ]

    def sets(self) -> list[dict]:
        """Return the choices of the filter by set; one policy alone needs them too, to look at the others."""
        return [
            {"value": one, "title": labels.SET_TITLES[one], "selected": one == self.rule_set}
            for one in RULE_SETS
        ] + [{"value": ALL, "title": self.say(_("All five")), "selected": self.rule_set == ALL}]

    def sheet_url(self) -> str:
        """Return where the same list is to be had as a spreadsheet."""
        names = ("q", "state", "kind", "set", "from", "to")
        kept = {
            name: self.request.form[name] for name in names if isinstance(self.request.form.get(name), str)
        }
        return f"{self.url}/@@quy-che.xlsx?{urlencode({name: text for name, text in kept.items() if text})}"


class RuleSheet(RuleRegister):
    """The register as a spreadsheet."""

    columns = (
        (_("Rule"), 14), (_("Regulation"), 20), (_("Article"), 32), (_("Text"), 90), (_("Class"), 24), (_("Acts at"), 40),
        (_("On this system"), 22), (_("In time"), 10), (_("Too late"), 10), (_("Still open"), 10), (_("Hours on average"), 12),
        (_("Lifted"), 10),
    )  # fmt: skip

    def __call__(self):
        self.update()
        rows = [self._cells(article, row) for article in self.articles for row in article["rules"]]
        record("export.quy-che", self.context, details={"rows": len(rows)})
        return sheets.send(self.request.response, "quy-che", sheets.sheet(self.columns, rows, self.request))

    def _cells(self, article, row):
        figure = row["figure"]
        numbers = [figure.kept, figure.missed, figure.open, figure.hours] if figure else [None] * 4
        if figure and figure.hours is not None:
            numbers = [None, None, None, figure.hours]
        texts = [
            row["id"],
            article["set"],
            row["article"],
            row["text"],
            row["kinds"],
            row["where"],
            row["state"],
        ]
        return [*texts, *numbers, row["lifted"] if self.may_see_overrides() else None]


class OneRule(RulePage):
    """``@@rule?id=BD-6.1/1``: text, values of the policy that carry it, figures, overrides."""

    def __call__(self):
        self.rule = catalogue().get(str(self.request.form.get("id", "")))
        if self.rule is None:
            raise NotFound("rule")
        self.shown = self.row(self.rule)
        return super().__call__()

    @property
    def page_title(self):
        return self.rule.id if getattr(self, "rule", None) else _("Rule")

    def values(self) -> list[dict]:
        """Return the values of the policy that come from this rule: title and text."""
        return [
            {
                "title": self.say(showing.title_of(name)),
                "text": showing.value_text(name, write_value(name, getattr(self.policy, name)), self.say),
            }
            for name, one in KEYS.items()
            if one.metadata["rule"] == self.rule.id
        ]

    def overrides(self) -> list[dict]:
        """Return the overrides of the period within the reader's reach."""
        if not self.may_see_overrides():
            return []
        found = overrides(since=self.since, until=self.until, rule=self.rule.id, units=self.reach)
        return override_rows(list(found))
