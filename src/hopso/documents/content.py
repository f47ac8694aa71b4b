"""Documents of a meeting."""

from hopso import _
from plone.dexterity.content import Item
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class IMeetingDocument(model.Schema):
    """A document put before a meeting.

    ``agenda_item`` is the id of the item it belongs to, empty for the
    meeting as a whole.
    """

    title = schema.TextLine(title=_("Subject line"), max_length=1000)
    doc_number = schema.TextLine(
        title=_("Number and symbol"), description=_("As written on it: 214/BC-STC."), required=False, max_length=60
    )
    doc_kind = schema.Choice(title=_("Kind of document"), vocabulary="hopso.DocumentKinds", default="report")
    issuing_body = schema.TextLine(title=_("Issuing body"), required=False, max_length=250)
    agenda_item = schema.TextLine(title=_("Agenda item"), required=False, default="")
    # Mandatory without default: BD-5.2.a asks for a declaration.
    classification = schema.Choice(title=_("Classification"), vocabulary="hopso.Classifications")
    file = NamedBlobFile(title=_("File"), required=False)


@implementer(IMeetingDocument)
class MeetingDocument(Item):
    """A document of a meeting; conversion and approvals live in annotations."""

    supplementary = False  # added while the meeting was in session
    page_count = None  # int once known
    file_digest = ""  # SHA-256 of the file, hex
