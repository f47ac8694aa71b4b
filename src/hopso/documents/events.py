"""What other rooms may hear of documents."""

from dataclasses import dataclass


@dataclass
class DocumentOpened:
    """The present user opened *document* in the reader or fetched its file."""

    document: object
