"""/quy-che: the rules in force, what the house does about each, and how well they are kept."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from DateTime import DateTime
from hopso.archive.normalise import fold
from hopso.core.text import day_text
from hopso.core.text import LOCAL
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.policy import labels
from hopso.policy.api import current_policy
from hopso.policy.compliance import count
from hopso.policy.register import rules_in_force
from hopso.policy.register import STATES
from plone import api
from Products.Five.browser import BrowserView
from zope.i18n import translate


class RuleRegister(BrowserView):
    """The page; counts only over meetings that its reader may see."""

    day_text = staticmethod(day_text)

    def update(self):
        form, today = self.request.form, local(now()).date()
        self.policy = current_policy()
        self.query = form.get("q", "").strip() if isinstance(form.get("q", ""), str) else ""
        self.state = form.get("state", "") if form.get("state") in STATES else ""
        self.first = read_day(form.get("from"), date(today.year, 1, 1))
        self.last = read_day(form.get("to"), date(today.year, 12, 31))
        self.figures = count(brain.rule_clocks for brain in self._meetings() if brain.rule_clocks)
        self.places = labels.place_titles()
        self.articles = self._articles()

    def __call__(self):
        self.update()
        return super().__call__()

    def _meetings(self):
        start = datetime.combine(self.first, time(), tzinfo=LOCAL)
        end = datetime.combine(self.last + timedelta(days=1), time(), tzinfo=LOCAL)
        return api.portal.get_tool("portal_catalog")(
            portal_type="Meeting",
            meeting_start={
                "query": (DateTime(start.isoformat()), DateTime(end.isoformat())),
                "range": "min:max",
            },
        )

    def _articles(self):
        wanted, found = fold(self.query).split(), {}
        for rule in rules_in_force(self.policy):
            if self.state and rule.state != self.state:
                continue
            haystack = fold(f"{rule.id} {rule.article} {rule.text}")
            if all(word in haystack for word in wanted):
                head = rule.article if rule.article.startswith("Phụ") else " ".join(rule.article.split()[:2])
                if rule.article.endswith("Quyết định ban hành"):
                    head = rule.article
                found.setdefault(head, []).append(self._row(rule))
        return [{"title": head, "rules": rows} for head, rows in found.items()]

    def _row(self, rule):
        return {
            "id": rule.id,
            "article": rule.article,
            "text": rule.text,
            "kinds": ", ".join(self.say(labels.KIND_TITLES[kind]) for kind in rule.kinds),
            "state": self.say(labels.STATE_TITLES[rule.state]),
            "tag": labels.STATE_TAGS.get(rule.state, "hs-tag"),
            "where": ", ".join(self.say(self.places.get(one, one)) for one in rule.where),
            "figure": self.figures.get(rule.id),
        }

    def say(self, text) -> str:
        """Translate for the reader."""
        return translate(text, context=self.request)

    def total(self) -> int:
        """How many rules are shown."""
        return sum(len(one["rules"]) for one in self.articles)

    def states(self) -> list[dict]:
        """Return the choices of the filter."""
        return [
            {"value": one, "title": self.say(labels.STATE_TITLES[one]), "selected": one == self.state}
            for one in STATES
        ]

    def may_manage(self) -> bool:
        """Tell whether the reader may change the policy."""
        return bool(api.user.has_permission("hopso: Manage policy", obj=self.context))
