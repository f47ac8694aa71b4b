"""Minutes and conclusion notice of a meeting."""

from hopso import _
from hopso.core.moments import Moment
from hopso.documents.content import acceptable
from plone.app.textfield import RichText
from plone.dexterity.content import Item
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class IRecord(model.Schema):
    """What minutes and notices have in common."""

    title = schema.TextLine(title=_("Subject line"), max_length=1000)
    doc_number = schema.TextLine(title=_("Number and symbol"), required=False, max_length=60)
    text = RichText(
        title=_("Text"),
        default_mime_type="text/html",
        output_mime_type="text/x-html-safe",
        allowed_mime_types=("text/html",),
        required=False,
    )
    file = NamedBlobFile(title=_("Signed file"), required=False, constraint=acceptable)


class IMinutes(IRecord):
    """Minutes (biên bản) of a meeting."""


class IConclusionNotice(IRecord):
    """Conclusion notice (thông báo kết luận) of a meeting."""

    recipients = schema.Text(title=_("Recipients"), required=False)


class Record(Item):
    """Base of minutes and notices."""

    issued_at = Moment()  # aware datetime of issue
    approved_at = Moment()  # aware datetime of the approval
    approved_by = ""  # user id
    approved_digest = ""  # what the approval was given for
    submitted_digest = ""  # what the chair was asked to approve


@implementer(IMinutes)
class Minutes(Record):
    """Minutes."""


@implementer(IConclusionNotice)
class ConclusionNotice(Record):
    """Conclusion notice."""
