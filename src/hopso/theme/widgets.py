"""Widgets of our forms: a picker for people, units, rooms and sites; dates as they are written here."""

from datetime import date
from datetime import datetime

from hopso import _
from hopso.core.parameters import parse_datetime
from hopso.core.text import local
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form.browser.widget import HTMLInputWidget
from z3c.form.converter import BaseDataConverter
from z3c.form.converter import FormatterValidationError
from z3c.form.interfaces import ISequenceWidget
from z3c.form.interfaces import IWidget
from z3c.form.interfaces import NO_VALUE
from z3c.form.widget import FieldWidget
from z3c.form.widget import SequenceWidget
from z3c.form.widget import Widget
from zope.component import adapter
from zope.interface import implementer_only
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IDatetime
from zope.schema.interfaces import IField


# Vocabulary -> kind of @@pick
PICKERS = {
    "hopso.People": "user",
    "hopso.Units": "unit",
    "hopso.Participants": "participant",
    "hopso.Rooms": "room",
    "hopso.Sites": "site",
}


class IPickerWidget(ISequenceWidget):
    """A combobox with chips."""


class IMomentWidget(IWidget):
    """A date, or a date and a time, typed as 22/11/2026 and 08:00."""


@implementer_only(IPickerWidget)
class PickerWidget(HTMLInputWidget, SequenceWidget):
    """Chooses from a vocabulary too long to list; values are looked up one by one."""

    template = ViewPageTemplateFile("templates/picker_input.pt")
    kind = "user"

    @property
    def many(self) -> bool:
        """Tell whether several values may be chosen."""
        return ICollection.providedBy(self.field)

    def chosen(self) -> list[dict]:
        """Return value and title of what is chosen."""
        found = []
        for token in self.value or ():
            if token == self.noValueToken:
                continue
            try:
                found.append({"value": token, "title": self.terms.getTermByToken(token).title})
            except LookupError:
                continue
        return found

    def extract(self, default=NO_VALUE):
        """Return the tokens; an empty picker sends its marker only."""
        if self.name not in self.request and f"{self.name}-empty-marker" in self.request:
            return ()
        value = self.request.get(self.name, default)
        if value is default:
            return default
        return tuple(one for one in (value if isinstance(value, (list, tuple)) else (value,)) if one)

    def render(self):
        if self.mode == "input":
            return self.template()
        return ", ".join(one["title"] for one in self.chosen())


@implementer_only(IMomentWidget)
class MomentWidget(HTMLInputWidget, Widget):
    """Two text fields, date and time; also takes one field with both or ISO 8601."""

    template = ViewPageTemplateFile("templates/moment_input.pt")
    value = ("", "")

    @property
    def with_time(self) -> bool:
        """Tell whether a time is asked for."""
        return IDatetime.providedBy(self.field)

    def extract(self, default=NO_VALUE):
        """Return (date, time) as typed."""
        whole = self.request.get(self.name)
        if isinstance(whole, str) and whole.strip():
            day, _space, hour = whole.strip().replace("T", " ").partition(" ")
            return day, hour
        day = self.request.get(f"{self.name}-date")
        if day is None:
            return default
        return day.strip(), str(self.request.get(f"{self.name}-time", "")).strip()

    def render(self):
        if self.mode == "input":
            return self.template()
        return " ".join(part for part in self.value if part)


class BadMoment(FormatterValidationError):
    """What was typed is no date or time."""

    def doc(self):
        return self.message


class UnknownChoice(FormatterValidationError):
    """Somebody or something was chosen that is not there (any more)."""

    def doc(self):
        return self.message


@adapter(IField, IPickerWidget)
class PickerConverter(BaseDataConverter):
    """Between what a field stores and the tokens of a picker; unknown ones are refused."""

    def toWidgetValue(self, value):
        if value is self.field.missing_value or value is None:
            return ()
        return tuple(value) if self.widget.many else (value,)

    def toFieldValue(self, value):
        if not value:
            return self.field.missing_value
        try:
            found = [self.widget.terms.getValue(token) for token in value]
        except LookupError as error:
            raise UnknownChoice(_("Choose from the list."), value) from error
        return self.field._type(found) if self.widget.many else found[0]


@adapter(IDatetime, IMomentWidget)
class DatetimeConverter(BaseDataConverter):
    """Between an aware datetime and (``22/11/2026``, ``08:00``) in the time of Viet Nam."""

    def toWidgetValue(self, value):
        if value is self.field.missing_value:
            return "", ""
        moment = local(value)
        return f"{moment:%d/%m/%Y}", f"{moment:%H:%M}"

    def toFieldValue(self, value):
        day, hour = value
        if not day and not hour:
            return self.field.missing_value
        if not day or not hour:
            raise BadMoment(_("Enter both the date and the time."), value)
        try:
            return parse_datetime(f"{_day(day):%d/%m/%Y} {hour[:5]}")
        except ValueError as error:
            raise BadMoment(_("Enter the date as 22/11/2026 and the time as 08:00."), value) from error


@adapter(IDate, IMomentWidget)
class DateConverter(BaseDataConverter):
    """Between a date and ``22/11/2026``."""

    def toWidgetValue(self, value):
        return ("", "") if value is self.field.missing_value else (f"{value:%d/%m/%Y}", "")

    def toFieldValue(self, value):
        if not value[0]:
            return self.field.missing_value
        try:
            return _day(value[0])
        except ValueError as error:
            raise BadMoment(_("Enter the date as 22/11/2026."), value) from error


def _day(text: str) -> date:
    if "-" in text:
        return date.fromisoformat(text)
    return datetime.strptime(text, "%d/%m/%Y").date()


def moment_widget(field, request):
    """Return the widget for a date or a moment."""
    return FieldWidget(field, MomentWidget(request))


def picker_widget(kind: str):
    """Return a widget factory for @@pick's *kind*."""

    def factory(field, request):
        widget = PickerWidget(request)
        widget.kind = kind
        return FieldWidget(field, widget)

    return factory


def widget_for(field):
    """Return the widget factory that our forms use for a schema *field*, None for Plone's own."""
    if IDatetime.providedBy(field) or IDate.providedBy(field):
        return moment_widget
    inner = field.value_type if ICollection.providedBy(field) else field
    kind = PICKERS.get(getattr(inner, "vocabularyName", None))
    return picker_widget(kind) if kind else None
