"""``GET <unit>/@accounts`` and ``GET <unit>/@accounts/<user>``: accounts for other systems."""

from hopso import _
from hopso.accounts import listing
from hopso.accounts.administration import labels
from hopso.accounts.administration.accounts import read_filter
from hopso.accounts.parts import open_parts
from hopso.accounts.records import account_of
from hopso.organisation.assignments import assignment_store
from plone.restapi.batching import HypermediaBatch
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from zope.i18n import translate
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class AccountsGet(Service):
    """The accounts of a unit and of those below.

    Filters as on the page: ``q``, ``function``, ``kind``, ``state``
    (active, disabled, never, left), ``below=no``; batching by ``b_start`` and ``b_size``.
    """

    user = ""

    def publishTraverse(self, request, name):
        self.user = name
        return self

    def reply(self):
        return self.one() if self.user else self.many()

    def many(self) -> dict:
        found = listing.find(self.context, read_filter(self.request.form))
        batch = HypermediaBatch(self.request, found)
        answer = {
            "@id": batch.canonical_url,
            "items_total": batch.items_total,
            "items": [self.summary(line) for line in batch],
        }
        if batch.links:
            answer["batching"] = batch.links
        return answer

    def one(self) -> dict:
        account = account_of(self.user)
        if account is None or account.unit not in listing.scope_of(self.context):
            self.request.response.setStatus(404)
            message = translate(_("There is no such account."), context=self.request)
            return {"error": {"type": "NotFound", "message": message}}
        found = self.summary(listing.line_of(account))
        found["problem"] = listing.Problems().of(account) or None
        found["history"] = [_assignment(one) for one in assignment_store().history_of(self.user)]
        found["events"] = [
            {name: json_compatible(value) for name, value in vars(event).items()} for event in account.events
        ]
        found["open_parts"] = [
            {
                "title": one.title or None,
                "url": one.url or None,
                "host_unit": one.host_unit,
                "start": json_compatible(one.start),
                "parts": list(one.parts),
                "needed": one.needed,
            }
            for one in open_parts(self.user)
        ]
        return found

    def summary(self, line: listing.Line) -> dict:
        """Return an account without anything that opens it."""
        account = line.account
        return {
            "@id": f"{self.context.absolute_url()}/@accounts/{line.user_id}",
            "user": line.user_id,
            "fullname": line.fullname,
            "email": line.email,
            "phone": account.phone,
            "unit": account.unit,
            "employment_kind": account.employment_kind,
            "state": labels.state_of(account),
            "functions": [_assignment(one) for one in line.functions],
            "created_at": json_compatible(account.created_at),
            "disabled_at": json_compatible(account.disabled_at),
            "leaves_on": json_compatible(account.leaves_on),
            "expires_at": json_compatible(account.expires_at),
            "assignment_document": account.assignment_document or None,
        }


def _assignment(one) -> dict:
    return {
        "unit": one.unit,
        "function": one.function,
        "position": one.position or None,
        "since": json_compatible(one.since),
        "until": json_compatible(one.until),
    }
