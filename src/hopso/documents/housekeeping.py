"""Adding, changing and deleting documents: operations like any other."""

import hashlib

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.documents import files
from hopso.documents import rules
from hopso.documents.content import acceptable
from hopso.documents.content import IMeetingDocument
from hopso.documents.conversion import conversion_of
from hopso.documents.conversion import DONE
from hopso.documents.policies import classified_policy
from hopso.meetings.content import IAgendaItem
from hopso.meetings.content import IMeeting
from hopso.security import matrix
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.namedfile.field import NamedBlobFile
from zope import schema
from zope.event import notify
from zope.interface import Interface
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


FIELDS = ("title", "doc_number", "doc_kind", "issuing_body", "agenda_item", "classification")


class IDocumentData(Interface):
    """What is asked for a document; as in its own schema."""

    title = schema.TextLine(title=_("Subject line"), required=False, default="", max_length=1000)
    doc_number = schema.TextLine(title=_("Number and symbol"), required=False, default="", max_length=60)
    doc_kind = schema.Choice(title=_("Kind of document"), vocabulary="hopso.DocumentKinds", default="report")
    issuing_body = schema.TextLine(title=_("Issuing body"), required=False, default="", max_length=250)
    agenda_item = schema.TextLine(title=_("Agenda item"), required=False, default="")
    # BD-5.2.a: declared by a person for every document, so without default.
    classification = schema.Choice(title=_("Classification"), vocabulary="hopso.Classifications")


class IAddDocument(IDocumentData):
    """Parameters of ``meeting.add_document``."""

    file = NamedBlobFile(title=_("File"), constraint=acceptable)


class IEditDocument(IDocumentData):
    """Parameters of ``document.edit``; without a file the present one stays."""

    token = schema.ASCIILine(title=_("State that was edited"))
    file = NamedBlobFile(title=_("File"), required=False, constraint=acceptable)
    page_count = schema.Int(
        title=_("Number of pages"),
        description=_("Only where it could not be found out from the file."),
        required=False,
        min=1,
        max=100000,
    )


def pages_by_hand(document) -> bool:
    """Tell whether the number of pages has to be stated by a person (BD-3.1.dd)."""
    conversion = conversion_of(document)
    return not conversion.busy and conversion.status != DONE and conversion.reason != "secret_marker"


def add_findings(meeting, classification=None, **params):
    """BD-5.2.a: nothing classified is put on the system."""
    return rules.classified(classification, classified_policy(meeting))


def edit_findings(document, classification=None, **params):
    """BD-5.2.a, likewise."""
    return rules.classified(classification, classified_policy(document))


def edit_token(document) -> str:
    """Return what a form must give back: it changes with every change of what the form shows."""
    values = [str(getattr(document, name, "") or "") for name in FIELDS]
    text = "\n".join([*values, document.file_digest or ""])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _checked(meeting, values: dict, fallback: str) -> dict:
    """Return the values as they are stored; raises Invalid."""
    values = {
        name: (value or "") if isinstance(value, str) or value is None else value
        for name, value in values.items()
    }
    values["title"] = values["title"].strip() or fallback
    if not values["title"]:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"title": _("Required input is missing.")}
        )
    item = values["agenda_item"]
    if item and not IAgendaItem.providedBy(meeting.get(item)):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"agenda_item": _("There is no such agenda item.")}
        )
    return values


@operation(
    "meeting.add_document",
    IMeeting,
    title=_("Add document"),
    permission=matrix.ADD_DOCUMENT,
    schema=IAddDocument,
    check=add_findings,
    order=60,
    # The meeting page links to the form instead of showing a bare button.
    when=lambda meeting: True,
)
def add_document(meeting, file, **values):
    """Put a file before a meeting as a draft document and return it.

    Raises Invalid for a file that is not accepted or an unknown agenda item,
    Blocked for a classified one (BD-5.2.a).
    """
    values = _checked(meeting, values, files.title_of_name(file.filename))
    document = createContent("MeetingDocument", file=file, **values)
    return addContentToContainer(meeting, document)


@operation(
    "document.edit",
    IMeetingDocument,
    title=_("Save"),
    permission=matrix.MODIFY,
    schema=IEditDocument,
    check=edit_findings,
    when=lambda document: True,
    order=90,
)
def edit_document(document, token, file=None, page_count=None, **values):
    """Change what is stated about a document and, if *file* is given, its file.

    Raises EditConflict when somebody else changed it since *token* was made;
    a new file returns the document to draft (BD-6.3/1).  *page_count* is taken
    only where the file does not tell: counted pages stay as they are.
    """
    if token != edit_token(document):
        raise errors.EditConflict(_("Somebody else has changed this document in the meantime."))
    values = _checked(document.__parent__, values, document.title)
    changed = [name for name, value in values.items() if (getattr(document, name, "") or "") != value]
    for name in changed:
        setattr(document, name, values[name])
    if file is not None:
        document.file = file
        changed.append("file")
    elif page_count is not None and page_count != document.page_count and pages_by_hand(document):
        document.page_count = page_count
        changed.append("page_count")
    if changed:
        notify(ObjectModifiedEvent(document, Attributes(IMeetingDocument, *changed)))
    return document


@operation(
    "document.delete",
    IMeetingDocument,
    title=_("Delete"),
    permission=matrix.DELETE,
    states=("draft", "returned"),
    order=200,
    danger=True,
)
def delete_document(document):
    """Delete a document that was never put before anybody, or came back; return its meeting."""
    meeting = document.__parent__
    api.content.delete(document, check_linkintegrity=False)
    return meeting
