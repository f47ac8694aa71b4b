"""What is done with minutes and conclusion notices."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.documents.content import acceptable
from hopso.meetings.content import IMeeting
from hopso.minutes import drafting
from hopso.minutes.content import IConclusionNotice
from hopso.minutes.content import IRecord
from hopso.minutes.gathering import facts_of
from hopso.minutes.numbers import HIGHEST
from hopso.minutes.numbers import KIND_CODES
from hopso.minutes.numbers import symbol
from hopso.minutes.numbers import take_number
from hopso.minutes.records import digest_of
from hopso.minutes.records import record_of
from hopso.organisation.place import unit_of
from hopso.security import matrix
from plone import api
from plone.app.textfield import RichTextValue
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.namedfile.field import NamedBlobFile
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.event import notify
from zope.interface import Interface
from zope.lifecycleevent import ObjectModifiedEvent


AFTER_THE_START = ("in_session", "ended", "concluded")
LONGEST = 2_000_000  # characters of a text


@operation(
    "meeting.draft_minutes",
    IMeeting,
    title=_("Draft minutes"),
    permission=matrix.ADD_RECORD,
    states=AFTER_THE_START,
    order=60,
    when=lambda meeting: record_of(meeting, "Minutes") is None,
    help=_("Makes minutes from the agenda, the answers and the decisions; only one for each meeting."),
)
def draft_minutes(meeting):
    """Make the minutes of *meeting* (BD-3.1.d, BD-10.1/1); return them."""
    facts = facts_of(meeting)
    return _make(meeting, "Minutes", drafting.minutes_title(facts), drafting.minutes_text(facts))


@operation(
    "meeting.draft_notice",
    IMeeting,
    title=_("Draft conclusion notice"),
    permission=matrix.ADD_RECORD,
    states=AFTER_THE_START,
    order=62,
    when=lambda meeting: record_of(meeting, "ConclusionNotice") is None,
    help=_("Makes the notice of the chair's conclusions; only one for each meeting."),
)
def draft_notice(meeting):
    """Make the conclusion notice of *meeting* (BD-3.1.d); return it."""
    facts = facts_of(meeting)
    title, text = drafting.notice_title(facts), drafting.notice_text(facts)
    return _make(meeting, "ConclusionNotice", title, text, recipients=drafting.recipients(facts))


def _make(meeting, portal_type, title, text, **fields):
    if record_of(meeting, portal_type) is not None:
        raise errors.EditConflict(_("The meeting has one already."))
    content = createContent(portal_type, title=title, text=rich(text), **fields)
    return addContentToContainer(meeting, content, checkConstraints=False)


def rich(html: str) -> RichTextValue:
    """Return *html* as the value of a text field; it is shown sanitised."""
    return RichTextValue(html, "text/html", "text/x-html-safe")


class ISave(Interface):
    """``digest`` is what the writer began with; a change in between is refused."""

    title = schema.TextLine(title=_("Subject line"), max_length=1000)
    text = schema.Text(title=_("Text"), max_length=LONGEST, required=False)
    recipients = schema.Text(title=_("Recipients"), max_length=10_000, required=False)
    digest = schema.TextLine(title=_("State of the text"), required=False, max_length=64)


@operation(
    "record.save",
    IRecord,
    title=_("Save"),
    permission=matrix.MODIFY,
    states=("draft", "in_review", "approved"),
    schema=ISave,
    order=50,
)
def save(record, title, text=None, recipients=None, digest=None):
    """Change the text; what was submitted or approved becomes a draft again."""
    if digest and digest != digest_of(record):
        raise errors.EditConflict(
            _("Somebody else has changed the text in the meantime. Copy your text, then open it again.")
        )
    record.title = title
    if text is not None:
        record.text = rich(text)
    if IConclusionNotice.providedBy(record):
        record.recipients = recipients
    notify(ObjectModifiedEvent(record))
    return record


@operation(
    "record.submit",
    IRecord,
    title=_("Submit to the chair"),
    permission="hopso: Submit record",
    states=("draft",),
    primary=True,
    order=10,
)
def submit(record):
    """Put the text before the chair, as it is now."""
    if record.text is None or not record.text.raw.strip():
        raise errors.Invalid(_("There is no text yet."))
    record.submitted_digest = digest_of(record)
    transition(record, "submit")
    record.reindexObject()


class IApprove(Interface):
    """``digest`` names the text that was read."""

    digest = schema.TextLine(title=_("State of the text"), max_length=64)
    comment = schema.Text(title=_("Comment"), required=False, max_length=5000)


@operation(
    "record.approve",
    IRecord,
    title=_("Approve"),
    permission="hopso: Approve record",
    states=("in_review",),
    schema=IApprove,
    primary=True,
    order=10,
)
def approve(record, digest, comment=None):
    """Approve the very text that has *digest*.  Raises EditConflict if it is no longer that."""
    if digest != digest_of(record):
        raise errors.EditConflict(_("The text has been changed in the meantime. Please read it again."))
    transition(record, "approve", comment or "")
    record.approved_by = api.user.get_current().getId()
    record.approved_at = now()
    record.approved_digest = digest
    record.reindexObject()


class IReturn(Interface):
    """Why it goes back."""

    comment = schema.Text(title=_("What has to be changed"), max_length=5000)


@operation(
    "record.return",
    IRecord,
    title=_("Return"),
    permission="hopso: Approve record",
    states=("in_review",),
    schema=IReturn,
    danger=True,
    order=20,
)
def return_record(record, comment):
    """Send the text back to its writers with a comment."""
    transition(record, "return", comment)
    record.submitted_digest = ""
    record.reindexObject()


class IIssue(Interface):
    """The number is the next one of the unit unless it is given."""

    number = schema.Int(
        title=_("Number"),
        description=_("Left empty: the next number of the unit in this year."),
        min=1,
        max=HIGHEST,
        required=False,
    )
    file = NamedBlobFile(
        title=_("Signed file"),
        description=_("PDF, signed or scanned."),
        required=False,
        constraint=acceptable,
    )


@operation(
    "record.issue",
    IRecord,
    title=_("Number and issue"),
    permission="hopso: Issue record",
    states=("approved",),
    schema=IIssue,
    primary=True,
    order=10,
)
def issue(record, number=None, file=None):
    """Give the number of the unit and the year; from now on nothing can be changed.

    Raises EditConflict for a number that has been given, or a text that is
    not the approved one.
    """
    if record.approved_digest != digest_of(record):
        raise errors.EditConflict(_("The text is not the one that was approved."))
    _check_pdf(file)
    moment = now()
    unit, kind = unit_of(record), KIND_CODES[record.portal_type]
    year = local(moment).year
    given = take_number(api.portal.get(), unit.getId(), year, kind, IUUID(record), number)
    record.doc_number = symbol(given, kind, unit.code)
    record.issued_at = moment
    if file is not None:
        record.file = file
    transition(record, "issue")
    record.reindexObject()


class IAttach(Interface):
    """The signed copy of what was issued."""

    file = NamedBlobFile(
        title=_("Signed file"), description=_("PDF, signed or scanned."), constraint=acceptable
    )


@operation(
    "record.attach_signed",
    IRecord,
    title=_("Attach the signed file"),
    permission="hopso: Issue record",
    states=("issued",),
    schema=IAttach,
    order=30,
    when=lambda record: record.file is None,
)
def attach_signed(record, file):
    """Attach the signed PDF to what was issued without one; it cannot be exchanged."""
    if record.file is not None:
        raise errors.EditConflict(_("There is a signed file already."))
    _check_pdf(file)
    record.file = file
    record.reindexObject()


def _check_pdf(file):
    """Refuse what is not a PDF by its content."""
    if file is None:
        return
    with file.open("r") as stream:
        if b"%PDF-" not in stream.read(1024):
            raise errors.Invalid(
                _("The signed file must be a PDF."), errors={"file": _("This file is not a PDF.")}
            )
