"""Values of the policy in words that people read."""

from datetime import date

from hopso import _
from hopso.policy import labels
from hopso.policy.interfaces import IPolicySettings
from hopso.policy.policy import DATES
from hopso.policy.policy import KEYS
from hopso.policy.policy import LEAD
from hopso.policy.policy import write_value
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ITuple


NOTHING = "–"


def kind_of(name: str) -> str:
    """Return how a key is entered: lead, choice, yes_no, number, day, lines, long or line."""
    if KEYS[name].metadata["codec"] is LEAD:
        return "lead"
    field = IPolicySettings[name]
    for interface, kind in (
        (IChoice, "choice"), (IBool, "yes_no"), (IInt, "number"), (IDate, "day"), (ITuple, "lines"),
        (ITextLine, "line"), (IText, "long"),
    ):  # fmt: skip
        if interface.providedBy(field):
            return kind
    raise TypeError(name)


def title_of(name: str):
    """Return what a key is called (translatable)."""
    return IPolicySettings[name].title


def value_text(name: str, raw, say) -> str:
    """Return the plain value *raw* of a key for people; *say* translates."""
    kind = kind_of(name)
    if kind == "lead":
        value, _space, unit = str(raw or "none").partition(" ")
        return (
            say(labels.VALUE_TITLES["none"])
            if value == "none"
            else f"{value} {say(labels.VALUE_TITLES[unit])}"
        )
    if kind == "yes_no":
        return say(_("Yes") if raw else _("No"))
    if kind == "choice":
        return say(labels.VALUE_TITLES.get(raw, str(raw)))
    if kind == "lines":
        lines = [
            _day(one) if KEYS[name].metadata["codec"] is DATES else _line(name, str(one), say)
            for one in raw or ()
        ]
        return "; ".join(lines) or NOTHING
    if kind == "day":
        return _day(raw) or NOTHING
    text = str(raw or "") if kind != "number" else str(raw)
    return say(labels.WORD_TITLES.get(text, text)) if text else NOTHING


def changes(before, values: dict, say) -> list[dict]:
    """Return title, before and after of the keys that *values* (typed) would change in the policy *before*."""
    return [
        {
            "name": name,
            "title": say(title_of(name)),
            "before": value_text(name, write_value(name, getattr(before, name)), say),
            "after": value_text(name, write_value(name, value), say),
        }
        for name, value in values.items()
    ]


def _line(name, line, say):
    """Return a line with its words translated: ``tech_department=6`` is said for people."""
    head, equals, tail = line.partition("=")
    if name in ("report_cycles", "plan_cycles"):
        return say(
            _(
                "${who} every ${months} months",
                mapping={"who": say(labels.WORD_TITLES.get(head, head)), "months": tail},
            )
        )
    if name in labels.WORDY:
        return f"{say(labels.WORD_TITLES.get(head, head))}{': ' + say(labels.WORD_TITLES.get(tail, tail)) if equals else ''}"
    return line


def _day(raw) -> str:
    if not raw:
        return ""
    found = raw if isinstance(raw, date) else date.fromisoformat(raw)
    return f"{found:%d/%m/%Y}"
