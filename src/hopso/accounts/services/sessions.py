"""``@my-sessions`` and ``@logins``: one's own sessions, and the login log within one's reach."""

from hopso import _
from hopso.accounts import listings
from hopso.accounts import sessions
from hopso.accounts.gate import presence
from hopso.accounts.logins import ENDED
from hopso.accounts.trace import tell_login
from hopso.core import errors
from hopso.core.views.answers import describe_error
from plone import api
from plone.restapi.services import Service
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


class MySessionsGet(Service):
    """``GET @my-sessions``: the sessions of the present user."""

    def reply(self):
        own, found = presence(self.request), sessions.sessions_of(api.user.get_current().getId())
        items = [described(one, own) for one in found]
        return {
            "@id": f"{self.context.absolute_url()}/@my-sessions",
            "items": items,
            "items_total": len(items),
        }


def described(session, own) -> dict:
    """Return a session as plain data; the secret is known to its client only."""
    return {
        "id": session.id,
        "kind": session.kind,
        "since": session.since.isoformat(),
        "seen": session.seen_at.isoformat(),
        "address": session.address,
        "agent": session.agent,
        "current": own is not None and own.session.id == session.id,
    }


@implementer(IPublishTraverse)
class MySessionsDelete(Service):
    """``DELETE @my-sessions/<id>``: end one session; ``DELETE @my-sessions``: all others."""

    session_id = ""

    def publishTraverse(self, request, name):
        self.session_id = name
        return self

    def reply(self):
        user_id = api.user.get_current().getId()
        if not self.session_id:
            own = presence(self.request)
            count = sessions.end_all(user_id, except_id=own.session.id if own is not None else "")
            if count:
                tell_login(user_id, ENDED, kind=sessions.PROGRAM, note=str(count))
            return self.reply_no_content()
        if self.session_id not in [one.id for one in sessions.sessions_of(user_id)]:
            error = errors.Invalid(_("There is no such session."))
            self.request.response.setStatus(404)
            return describe_error(error, self.request) | {"status": 404}
        sessions.end(self.session_id)
        tell_login(user_id, ENDED, kind=sessions.PROGRAM)
        return self.reply_no_content()


class LoginsGet(Service):
    """``GET @logins`` with the filters of the page ``@@logins``."""

    def reply(self):
        try:
            found = listings.search(listings.read_filter(self.request.form))
        except errors.OperationError as error:
            self.request.response.setStatus(error.status)
            return describe_error(error, self.request)
        return {
            "@id": f"{self.context.absolute_url()}/@logins",
            "more": found.more,
            "items": [
                {
                    "when": line.when.isoformat(),
                    "user": line.user_id,
                    "outcome": line.outcome,
                    "address": line.address,
                    "agent": line.agent,
                    "kind": line.kind,
                    "note": line.note,
                }
                for line in found.lines
            ],
        }
