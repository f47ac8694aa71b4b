"""One operation on several meetings: each by itself, or all or none."""

from dataclasses import dataclass
from datetime import datetime

from hopso import _
from hopso.core import errors
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.text import datetime_text
import transaction
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Outcome:
    """What came of one meeting: ``texts`` say why it was refused (or left alone)."""

    uid: str
    start: datetime
    done: bool
    texts: tuple = ()


def each(meetings, act, all_or_nothing: bool = False) -> list[Outcome]:
    """Let *act* do its work on each meeting; what is refused leaves that meeting as it was.

    *act* may return a text: the meeting was left alone for that reason.
    Raises Blocked, naming every refusal, if *all_or_nothing* and one was refused.
    """
    found = []
    for meeting in meetings:
        uid, start = meeting.UID(), meeting.start
        point = transaction.savepoint(optimistic=True)
        try:
            left_alone = act(meeting)
        except errors.OperationError as error:
            point.rollback()
            found.append(Outcome(uid, start, False, reasons(error)))
        else:
            found.append(Outcome(uid, start, not left_alone, (left_alone,) if left_alone else ()))
    refused = [one for one in found if not one.done]
    if all_or_nothing and refused:
        raise errors.Blocked(
            [finding(one, text) for one in refused for text in one.texts],
            _("Nothing was done: it is not possible for every meeting."),
        )
    return found


def finding(outcome: Outcome, text) -> Finding:
    """Return a refusal as a finding that names the meeting by its time."""
    from plone import api

    mapping = {"when": datetime_text(outcome.start), "text": api.portal.translate(text)}
    return Finding("HS-SERIES", BLOCK, Message(_("${when}: ${text}"), mapping=mapping))


def reasons(error: errors.OperationError) -> tuple:
    """Return why an operation refused: the findings' texts with their articles, else its message."""
    found = [one for one in error.findings if one.level == BLOCK] or list(error.findings)
    if found:
        return tuple(_with_article(one) for one in found)
    return tuple(error.errors.values()) or (error.message,)


def _with_article(one: Finding):
    if not one.article:
        return one.text
    from plone import api

    return f"{api.portal.translate(one.text)} ({one.article})"
