"""``@access``, ``@logistics`` and ``@break-glass``."""

from dataclasses import asdict

from hopso import _
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.views.answers import describe_error
from hopso.security import pages
from hopso.security.explain import who_can_see
from hopso.security.logistics import logistics_of
from hopso.security.logistics import upcoming
from hopso.security.report import say
from hopso.security.report import what_can_see
from hopso.security.views import may_ask_about
from hopso.security.views import PAGE
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.deserializer import json_body
from plone.restapi.interfaces import IJsonCompatible
from plone.restapi.services import Service
import transaction
from zope.interface import alsoProvides


def plain(one, request) -> dict:
    """Return a record as JSON values, its texts in the language of the caller."""
    found = asdict(one)
    for name in ("cause", "what"):
        if name in found:
            found[name] = say(getattr(one, name), request)
    return {name: IJsonCompatible(value, None) for name, value in found.items()}


class AccessGet(Service):
    """``GET <object>/@access``: who can see it, and why."""

    def reply(self):
        url = self.context.absolute_url()
        items = [plain(one, self.request) for one in who_can_see(self.context)]
        return {"@id": f"{url}/@access", "items": items, "items_total": len(items)}


class PersonAccessGet(Service):
    """``GET /@access?user=&start=``: what a person can see, and why; without ``user`` oneself."""

    def reply(self):
        me = api.user.get_current().getId()
        user_id, start = self.request.form.get("user") or me, self.request.form.get("start", "0")
        if not isinstance(user_id, str) or (user_id != me and not may_ask_about(user_id)):
            self.request.response.setStatus(403)
            return {"error": describe_error(errors.Denied(), self.request)}
        if api.user.get(userid=user_id) is None:
            self.request.response.setStatus(404)
            error = errors.Invalid(_("There is no such account."))
            return {"error": describe_error(error, self.request)}
        report = what_can_see(user_id, int(start) if start.isdecimal() else 0, PAGE)
        return {
            "@id": f"{self.context.absolute_url()}/@access?user={user_id}",
            "user_id": report.user_id,
            "name": report.name,
            "site": [plain(one, self.request) for one in report.site],
            "functions": [plain(one, self.request) for one in report.functions],
            "meetings": [plain(one, self.request) for one in report.meetings],
            "meetings_total": report.meetings_total,
            "counts": report.counts,
            "expires": IJsonCompatible(report.expires, None),
        }


class LogisticsGet(Service):
    """``GET <meeting>/@logistics``: when and where."""

    def reply(self):
        return plain(logistics_of(self.context), self.request)


class UpcomingGet(Service):
    """``GET /@logistics``: the meetings to come that the caller serves."""

    def reply(self):
        return {
            "@id": f"{self.context.absolute_url()}/@logistics",
            "items": [plain(one, self.request) for one in upcoming()],
        }


class BreakGlassPost(Service):
    """``POST /@break-glass`` with ``meeting`` (address or UID) and ``reason``."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        body = json_body(self.request)
        meeting = pages.find_meeting(str(body.get("meeting") or ""))
        try:
            if meeting is None:
                raise errors.Invalid(
                    _("Please check what you entered."),
                    errors={"meeting": _("No meeting has this address or identifier.")},
                )
            find_operation(meeting, "meeting.break_glass")(meeting, reason=str(body.get("reason") or ""))
        except errors.OperationError as error:
            transaction.abort()
            self.request.response.setStatus(error.status)
            return {"error": describe_error(error, self.request)}
        return {"@id": meeting.absolute_url()}
