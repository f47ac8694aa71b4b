"""What the registration adds to the page of a meeting."""

from functools import cached_property

from hopso.core.operation import find_operation
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.meetings.registration.series import is_moved
from hopso.meetings.registration.series import series_of
from hopso.organisation.vocabularies import person_name
from hopso.theme.cards import Card
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class RegistrationCard(Card):
    """For those who prepare: the guide, the paper form, the series."""

    place, order = "aside", 15
    template = ViewPageTemplateFile("templates/registration_card.pt")

    def shown(self):
        return self.may_go_on() or self.may_print() or self.series is not None

    @property
    def url(self) -> str:
        """Address of the meeting."""
        return self.context.absolute_url()

    def may_print(self) -> bool:
        """Tell whether the present user may have the registration on paper."""
        return api.user.has_permission("Modify portal content", obj=self.context)

    def may_go_on(self) -> bool:
        """Tell whether the guide leads anywhere for the present user."""
        return state_of(self.context) in ("draft", "returned") and self.may_print()

    def may_repeat(self) -> bool:
        """Tell whether the present user may make a series of it."""
        one = find_operation(self.context, "meeting.make_series")
        return one is not None and one.allowed(self.context)

    @cached_property
    def series(self):
        """The series of the meeting, for those who may see it."""
        found = series_of(self.context)
        return found if found is not None and api.user.has_permission("View", obj=found) else None

    def planned(self) -> str:
        """Return when the series had planned a meeting that was moved, "" for others."""
        return datetime_text(self.context.series_slot) if is_moved(self.context) else ""


class LinesCard(Card):
    """How other systems are connected and who helps the technicians (HN-5.5, NT-11.3)."""

    place, order = "aside", 45
    template = ViewPageTemplateFile("templates/lines_card.pt")

    def shown(self):
        return bool(self.context.external_bridge or self.context.host_contact)

    def contact(self) -> str:
        """Return the name of the host's officer."""
        return (person_name(self.context.host_contact) or "") if self.context.host_contact else ""
