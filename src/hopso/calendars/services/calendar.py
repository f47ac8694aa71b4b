"""``@calendar``: what the present user may see in a calendar, as JSON."""

from datetime import datetime

from hopso import _
from hopso.calendars.api import events_between
from hopso.calendars.describe import described
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.views.answers import describe_error
from plone.restapi.services import Service


class CalendarGet(Service):
    """``GET @calendar?kind=room&key=<UID>&start=2026-11-23&end=2026-11-30``.

    start, end: ISO 8601; without a zone in the time of Viet Nam.  Answers 400 for
    nonsense, 403 for calendars of people that are not for the reader.
    """

    def reply(self):
        form = self.request.form
        kind, key = (str(form.get(name, "")) for name in ("kind", "key"))
        self.request.response.setHeader("Cache-Control", "private, no-store")
        try:
            events = events_between(kind or "mine", key, moment(form, "start"), moment(form, "end"))
        except errors.OperationError as error:
            self.request.response.setStatus(error.status)
            return {"error": describe_error(error, self.request, self.context)}
        return {
            "@id": f"{self.context.absolute_url()}/@calendar",
            "items": [item(one) for one in described(events, self.request)],
        }


def moment(form, name: str) -> datetime:
    """Return a moment of the form.  Raises Invalid."""
    try:
        return to_utc(datetime.fromisoformat(str(form.get(name, "")).strip()))
    except (ValueError, OverflowError):
        raise errors.Invalid(
            _("Please check what you entered."), errors={name: _("Give a date as 2026-11-23.")}
        ) from None


def item(row: dict) -> dict:
    """Return one event as plain data."""
    return row | {"start": row["start"].isoformat(), "end": row["end"].isoformat()}
