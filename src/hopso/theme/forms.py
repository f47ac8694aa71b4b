"""Base classes for forms of the rooms: AddForm and EditForm in our look.

    class MeetingEdit(EditForm):
        label = _("Edit the meeting")
        fields = field.Fields(IMeeting).omit("participants")
        widths = {"start": "half", "end": "half"}

Both keep what was typed when something is wrong; EditForm also notices when
somebody else has changed the thing in the meantime (409) and shows both.
"""

from hopso import _
from hopso.core import errors
from hopso.core.text import datetime_text
from hopso.organisation.vocabularies import person_name
from hopso.theme.widgets import widget_for
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import transaction
from z3c.form import button
from z3c.form import form
from z3c.form.group import GroupForm
from z3c.form.interfaces import ActionExecutionError
from z3c.form.interfaces import IErrorViewSnippet
from zope.component import getMultiAdapter
from zope.event import notify
from zope.i18n import translate
from zope.interface import Invalid
from zope.lifecycleevent import ObjectCreatedEvent


# Widgets that need Plone's own scripts, by module.
HEAVY_WIDGETS = ("plone.app.z3cform.widgets.richtext", "plone.app.z3cform.widgets.contentbrowser")


class FormLook:
    """What every form of ours shares: template, widgets, summary of errors."""

    template = ViewPageTemplateFile("templates/form.pt")
    enableCSRFProtection = True
    # field name -> "half" or "third" of a line
    widths: dict[str, str] = {}
    # Without context: where "cancel" leads to.
    cancel_label = _("Cancel")
    formErrorsMessage = _("Please check what you entered.")
    conflict = None

    def __call__(self):
        self.update()
        if self.request.response.getStatus() in (300, 301, 302, 303, 304):
            return ""
        return self.render()

    def updateFields(self):
        """Give our widgets to fields that have one."""
        for one in self._form_fields():
            if one.widgetFactory.get("input") is None and (factory := widget_for(one.field)):
                one.widgetFactory["input"] = factory

    def _form_fields(self):
        yield from self.fields.values()
        for group in self.groups:
            yield from group.fields.values()

    def update(self):
        self.updateFields()
        super().update()
        if self.all_errors():
            self.request.response.setStatus(400)

    def plone_resources(self) -> bool:
        """Tell whether a widget needs Plone's scripts (rich text)."""
        return any(type(one).__module__.startswith(HEAVY_WIDGETS) for one in self.all_widgets())

    def sections(self) -> list[dict]:
        """Return the groups of fields to draw."""
        found = [{"title": "", "help": "", "widgets": list((self.widgets or {}).values())}]
        for group in self.groups:
            if getattr(group, "widgets", None) is not None:
                found.append(
                    {"title": group.label, "help": group.description, "widgets": list(group.widgets.values())}
                )
        return [one for one in found if one["widgets"]]

    def all_widgets(self) -> list:
        """Return the widgets of all groups."""
        return [widget for section in self.sections() for widget in section["widgets"]]

    def width(self, widget) -> str:
        """Return the class for the width of a field."""
        width = self.widths.get(widget.field.__name__)
        return f"hs-field hs-field--{width}" if width else "hs-field"

    def all_errors(self) -> list[dict]:
        """Return every error: text, and the field it belongs to (if any)."""
        found = []
        for holder in (self, *self.groups):
            for one in getattr(getattr(holder, "widgets", None), "errors", None) or ():
                found.append(self._error(one))
        return list({(one["id"], one["text"]): one for one in found}.values())

    def _error(self, view) -> dict:
        widget = view.widget
        return {
            "id": widget.id if widget is not None else "",
            "label": widget.label if widget is not None else "",
            "text": translate(view.message, context=self.request),
        }

    def refuse(self, error: errors.OperationError) -> None:
        """Show the refusal of an operation in the form; nothing typed is lost."""
        transaction.abort()
        self.request.response.setStatus(error.status)
        self.status = error.message
        for finding in error.findings:
            article = f"{finding.article}: " if finding.article else ""
            self._add_error(article + translate(finding.text, context=self.request))
        for name, text in error.errors.items():
            self._add_error(translate(text, context=self.request), self.widgets.get(name))

    def _add_error(self, text, widget=None):
        error = Invalid(text)
        view = getMultiAdapter(
            (error, self.request, widget, getattr(widget, "field", None), self, self.context),
            IErrorViewSnippet,
        )
        view.update()
        if widget is not None:
            widget.error = view
        self.widgets.errors = (*self.widgets.errors, view)

    def cancel_url(self) -> str:
        """Return where "cancel" leads to."""
        return self.context.absolute_url()


class AddForm(FormLook, GroupForm, form.AddForm):
    """Makes content of ``portal_type`` in ``container()``."""

    portal_type = ""
    submit_label = _("Save")
    ignoreContext = True
    created = None

    @button.buttonAndHandler(_("Save"), name="save")
    def handle_save(self, action):
        data, found = self.extractData()
        if found:
            self.status = self.formErrorsMessage
            return
        try:
            self.created = self.createAndAdd(data)
        except errors.OperationError as error:
            self.refuse(error)
            return
        self._finishedAdd = True

    def updateActions(self):
        super().updateActions()
        self.actions["save"].title = self.submit_label

    def container(self):
        """Return where the new content goes."""
        return self.context

    def create(self, data):
        """Return new content with *data*; the place is given by ``add``."""
        content = createContent(self.portal_type, **data)
        notify(ObjectCreatedEvent(content))
        return content

    def add(self, content):
        """Put the content into its container and return it, with its path."""
        self.created = addContentToContainer(self.container(), content)
        return self.created

    def createAndAdd(self, data):
        return self.add(self.create(data))

    def nextURL(self):
        return self.created.absolute_url()

    def render(self):
        if self._finishedAdd:
            api.portal.show_message(_("Saved."), self.request)
            self.request.response.redirect(self.nextURL(), status=303)
            return ""
        return super(form.AddForm, self).render()


class EditForm(FormLook, GroupForm, form.EditForm):
    """Changes the context, unless somebody else was quicker."""

    submit_label = _("Save")
    buttons = button.Buttons()
    handlers = button.Handlers()

    @button.buttonAndHandler(_("Save"), name="save")
    def handle_save(self, action):
        data, found = self.extractData()
        if found:
            self.status = self.formErrorsMessage
            return
        if self.request.form.get("_seen") not in (None, "", self.seen()):
            self.conflict = self._conflict(data)
            self.request.response.setStatus(409)
            return
        try:
            self.save(data)
        except errors.OperationError as error:
            self.refuse(error)
            return
        api.portal.show_message(_("Saved."), self.request)
        self.request.response.redirect(self.next_url(), status=303)

    def updateActions(self):
        super().updateActions()
        self.actions["save"].title = self.submit_label

    def save(self, data) -> None:
        """Apply *data* to the context and notify; rooms may call an operation instead."""
        self.applyChanges(data)

    def next_url(self) -> str:
        """Return where to go after saving."""
        return self.context.absolute_url()

    def seen(self) -> str:
        """Return what tells one state of the context from another."""
        serial = getattr(self.context, "_p_serial", None) or b""
        changed = self.context.modified() if hasattr(self.context, "modified") else None
        return f"{serial.hex()}-{changed.millis() if changed else ''}"

    def _conflict(self, data) -> dict:
        """Return who changed what meanwhile, beside what was typed here."""
        kept = []
        for widget in self.all_widgets():
            field = widget.field
            current = getattr(self.context, field.__name__, None)
            if field.__name__ in data and data[field.__name__] != current:
                kept.append({"label": widget.label, "theirs": self._shown(current, widget)})
        modifier = next(iter(reversed(getattr(self.context, "creators", ()) or ())), "")
        return {
            "who": person_name(modifier) if modifier else "",
            "when": datetime_text(self.context.modified().asdatetime())
            if hasattr(self.context, "modified")
            else "",
            "fields": kept,
        }

    def _shown(self, value, widget) -> str:
        if value in (None, "", ()):
            return "–"
        if hasattr(value, "tzinfo"):
            return datetime_text(value)
        if hasattr(widget, "terms") and widget.terms is not None:
            parts = value if isinstance(value, (tuple, list, set)) else (value,)
            titles = []
            for part in parts:
                try:
                    titles.append(translate(widget.terms.getTerm(part).title, context=self.request))
                except LookupError:
                    titles.append(str(part))
            return ", ".join(titles)
        return str(getattr(value, "filename", value))


__all__ = ["ActionExecutionError", "AddForm", "EditForm"]
