"""Who is told of a request for help, of a need, and of what became of it."""

from hopso.notifications import recipients
from hopso.notifications.occasions import Occasion
from hopso.operations_desk.help.records import help_store
from hopso.operations_desk.help.records import HelpTopics
from plone import api
from plone.uuid.interfaces import IUUID


def _help_asked(event):
    meeting = event.context
    people = recipients.unique(recipients.preparers(meeting), [meeting.secretary], recipients.admins(meeting))
    title = HelpTopics(None).getTerm(event.params["topic"]).title
    topic = api.portal.translate(title, lang=api.portal.get_default_language()[:2])
    text = " ".join(f"{topic} {event.params['text'] or ''} {event.params['seat'] or ''}".split())
    yield Occasion("help_asked", meeting, people, comment=text[:500])


def _need_told(event):
    meeting, user_id = event.context, api.user.get_current().getId()
    if help_store().need(IUUID(meeting), user_id) is None:
        return
    people = recipients.unique(recipients.preparers(meeting), recipients.admins(meeting))
    yield Occasion("need_told", meeting, people, comment=(event.params["note"] or "")[:500])


def _need_met(event):
    answer = (event.params["answer"] or "")[:500]
    yield Occasion("need_met", event.context, [event.params["user"]], comment=answer)


TELLERS = {"meeting.ask_help": _help_asked, "meeting.tell_need": _need_told, "meeting.meet_need": _need_met}
