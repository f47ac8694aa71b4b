"""Documents of a meeting."""

from hopso import _
from hopso.documents import files
from hopso.documents import rules
from hopso.policy.api import current_policy
from hopso.policy.api import policy_for
from plone.dexterity.content import Item
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from zope import schema
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant


def acceptable(value) -> bool:
    """Tell that an upload may be stored; raises files.BadFile, which says why not."""
    files.check_upload(value, current_policy().max_upload_mb * 1024 * 1024)
    return True


class IMeetingDocument(model.Schema):
    """A document put before a meeting.

    ``agenda_item`` is the id of the item it belongs to, empty for the
    meeting as a whole.
    """

    # Left empty it is made of the file's name.
    title = schema.TextLine(title=_("Subject line"), max_length=1000, required=False)
    doc_number = schema.TextLine(
        title=_("Number and symbol"),
        description=_("As written on it: 214/BC-STC."),
        required=False,
        max_length=60,
    )
    doc_kind = schema.Choice(title=_("Kind of document"), vocabulary="hopso.DocumentKinds", default="report")
    issuing_body = schema.TextLine(title=_("Issuing body"), required=False, max_length=250)
    agenda_item = schema.TextLine(title=_("Agenda item"), required=False, default="")
    # Mandatory without default: BD-5.2.a asks for a declaration.
    classification = schema.Choice(title=_("Classification"), vocabulary="hopso.Classifications")
    file = NamedBlobFile(
        title=_("File"),
        description=_("pdf, docx, xlsx, pptx, odt, ods, jpg, png, tiff or txt."),
        required=False,
        constraint=acceptable,
    )

    @invariant
    def not_classified(data):
        policy = policy_for(getattr(data, "__context__", None))
        for finding in rules.classified(data.classification, policy.classified_policy):
            raise Invalid(finding.text)


@implementer(IMeetingDocument)
class MeetingDocument(Item):
    """A document of a meeting; conversion and approvals live in annotations."""

    supplementary = False  # added while the meeting was in session
    page_count = None  # int once known
    file_digest = ""  # SHA-256 of the file, hex
    # What the text of its pages shows: mat, toi_mat, tuyet_mat or empty, and on which page.
    secret_marker = ""
    secret_marker_page = None
