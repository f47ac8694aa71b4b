"""What the catalog knows of documents."""

from hopso.documents import approval
from hopso.documents.content import IMeetingDocument
from hopso.documents.conversion import conversion_of
from hopso.documents.files import extension_of
from hopso.documents.paper import copies_allowed
from plone.indexer import indexer


@indexer(IMeetingDocument)
def file_extension(document):
    return extension_of(document.file)


@indexer(IMeetingDocument)
def conversion_status(document):
    return conversion_of(document).status


@indexer(IMeetingDocument)
def paper_copies(document):
    return copies_allowed(document)


@indexer(IMeetingDocument)
def submitted_at(document):
    line = approval.last(document, approval.SUBMITTED)
    return line.when if line is not None else None
