"""Forms for adding and changing a document; without scripts they work one file at a time."""

from functools import cached_property
import json

from AccessControl import getSecurityManager
from hopso import _
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.operation import state_of
from hopso.core.parameters import decode
from hopso.core.text import datetime_text
from hopso.core.views.answers import describe_error
from hopso.documents import housekeeping
from hopso.documents.views import labels
from hopso.documents.views.resources import resource
from hopso.documents.views.texts import upload_texts
from hopso.meetings.content import IAgendaItem
from hopso.organisation.managed import KINDS
from hopso.organisation.managed import title_of
from hopso.organisation.managed import vocabulary
from hopso.organisation.vocabularies import living_units
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import transaction
from zope.i18n import translate


ACCEPT = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.jpg,.jpeg,.png,.tif,.tiff,.txt"
UPLOADABLE = ("none", "internal")


class DocumentForm(BrowserView):
    """What both forms share: values, choices, errors, JSON answers."""

    fields = ViewPageTemplateFile("../templates/document_fields.pt")
    operation = ""
    hs_section = "meetings"
    accept = ACCEPT
    error = None

    def __call__(self):
        if self.request.get("REQUEST_METHOD") == "POST":
            return self.submit()
        return self.index()

    def resource(self, name: str) -> str:
        return resource(name)

    @cached_property
    def token(self) -> str:
        return createToken()

    @property
    def meeting(self):
        raise NotImplementedError

    @cached_property
    def meeting_url(self) -> str:
        return self.meeting.absolute_url()

    def submit(self):
        """Carry the operation out and answer; a refusal shows the form with all that was typed."""
        CheckAuthenticator(self.request)
        one = find_operation(self.context, self.operation)
        try:
            if "file" not in self.request.form and not self.request.form:
                raise errors.Invalid(_("Nothing arrived: the file may be too large."))
            done = one(self.context, **decode(one.schema, self.request.form))
        except errors.OperationError as error:
            self.undo()
            return self.refuse(error)
        if self.wants_json:
            return self.json(201, self.done(done))
        api.portal.show_message(self.message, self.request)
        self.request.response.redirect(self.goal(done), status=303)
        return ""

    def undo(self):
        """Nothing of a refused form is kept."""
        transaction.abort()

    def refuse(self, error):
        self.error = describe_error(error, self.request)
        if self.wants_json:
            return self.json(error.status, self.error)
        self.request.response.setStatus(error.status)
        return self.index()

    def done(self, document) -> dict:
        """What a script is told of success."""
        return {"location": self.goal(document), "title": document.title, "uid": document.UID()}

    def goal(self, document) -> str:
        """Where to go after success."""
        raise NotImplementedError

    @property
    def wants_json(self) -> bool:
        return "application/json" in (self.request.getHeader("Accept") or "")

    def json(self, status: int, data: dict) -> str:
        self.request.response.setStatus(status)
        self.request.response.setHeader("Content-Type", "application/json; charset=utf-8")
        return json.dumps(data, ensure_ascii=False)

    # -- for the templates -------------------------------------------------

    def stored(self, name: str) -> str:
        """What the field holds before anything is typed."""
        return ""

    def value(self, name: str) -> str:
        """What the field shows: what was typed, else what is stored."""
        typed = self.request.form.get(name)
        return typed if isinstance(typed, str) else self.stored(name)

    def error_of(self, name: str) -> str:
        return (self.error or {}).get("errors", {}).get(name, "")

    def options(self, pairs, name: str) -> list[dict]:
        chosen = self.value(name)
        return [
            {
                "value": value,
                "title": translate(title, context=self.request),
                "selected": value == chosen or None,
            }
            for value, title in pairs
        ]

    def kinds(self) -> list[dict]:
        terms = vocabulary(KINDS["document_kinds"], self.context)
        return self.options([(term.value, term.title) for term in terms], "doc_kind")

    def bodies(self) -> list[str]:
        """Names to choose the issuing body from; others may be typed."""
        named = [api.portal.translate(term.title) for term in vocabulary(KINDS["issuing_bodies"])]
        return list(dict.fromkeys([*named, *(title for _id, title in living_units())]))

    def classifications(self) -> list[dict]:
        """The levels that may be uploaded; others are refused and not offered."""
        pairs = [("", _("Please declare …"))]
        pairs += [(level, labels.CLASSIFICATIONS[level]) for level in UPLOADABLE]
        return self.options(pairs, "classification")

    def items(self) -> list[dict]:
        """The items of the agenda, the meeting as a whole first."""
        found = [child for child in self.meeting.objectValues() if IAgendaItem.providedBy(child)]
        pairs = [("", _("The meeting as a whole"))]
        pairs += [(item.getId(), f"{number}. {item.title}") for number, item in enumerate(found, 1)]
        return self.options(pairs, "agenda_item")


class AddDocument(DocumentForm):
    """``<meeting>/@@add-document``: one file without scripts, many with them."""

    operation = "meeting.add_document"
    message = _("The document was added as a draft.")
    page_title = _("Add documents")

    @property
    def meeting(self):
        return self.context

    def goal(self, document) -> str:
        return f"{document.absolute_url()}/view"

    def stored(self, name: str) -> str:
        return {"doc_kind": "report"}.get(name, "")

    @cached_property
    def setup(self) -> str:
        """What the script needs, as JSON."""
        return json.dumps(
            {
                "url": f"{self.meeting_url}/@@add-document",
                "accept": ACCEPT.split(","),
                "texts": {
                    name: translate(text, context=self.request) for name, text in upload_texts().items()
                },
            },
            ensure_ascii=False,
        )


class EditDocument(DocumentForm):
    """``<document>/edit``: metadata and a new file, with a look at who was faster."""

    operation = "document.edit"
    message = _("The changes were saved.")
    page_title = _("Edit document")

    @property
    def meeting(self):
        return self.context.__parent__

    def goal(self, document) -> str:
        return f"{document.absolute_url()}/view"

    def stored(self, name: str) -> str:
        return getattr(self.context, name, "") or ""

    @property
    def edit_token(self) -> str:
        """Token of what this page shows; after a conflict of the newer state, so that one may insist."""
        return housekeeping.edit_token(self.context)

    @property
    def conflict(self) -> bool:
        return (self.error or {}).get("status") == 409

    def newer(self) -> list[dict]:
        """After a conflict: fields that differ, what is stored now and what was typed."""
        names = {
            "title": _("Subject line"),
            "doc_number": _("Number and symbol"),
            "doc_kind": _("Kind of document"),
            "issuing_body": _("Issuing body"),
            "agenda_item": _("Agenda item"),
            "classification": _("Classification"),
        }
        return [
            {
                "title": title,
                "stored": self._shown(name, self.stored(name)),
                "typed": self._shown(name, self.value(name)),
            }
            for name, title in names.items()
            if self.stored(name) != self.value(name)
        ]

    def _shown(self, name: str, value: str) -> str:
        if name == "doc_kind":
            return translate(title_of("document_kinds", value), context=self.request)
        table = {"classification": labels.CLASSIFICATIONS}.get(name, {})
        if name == "agenda_item" and value in self.meeting:
            return self.meeting[value].title
        return translate(table[value], context=self.request) if value in table else value

    @cached_property
    def changed(self) -> dict:
        """When the document was last changed."""
        return {"when": datetime_text(self.context.modified().asdatetime())}

    @cached_property
    def file(self) -> dict | None:
        """The present file."""
        file = self.context.file
        if file is None:
            return None
        extension = labels.extension_of(file.filename)
        return {
            "name": file.filename,
            "size": labels.size_text(file.getSize()),
            "extension": extension,
            "class": f"hs-file {labels.EXTENSION_CLASS.get(extension, '')}",
        }

    @cached_property
    def pages_by_hand(self) -> bool:
        """Whether to ask for the number of pages: only where the file did not tell it."""
        return housekeeping.pages_by_hand(self.context)

    @cached_property
    def goes_back(self) -> bool:
        """A new file would take an approval away."""
        return state_of(self.context) not in (None, "draft")

    @cached_property
    def may_delete(self) -> bool:
        return find_operation(self.context, "document.delete").allowed(self.context)

    def may(self, permission: str) -> bool:
        return bool(getSecurityManager().checkPermission(permission, self.context))
