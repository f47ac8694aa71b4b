"""Small files for tests."""

from plone.namedfile.file import NamedBlobFile


def upload(filename: str = "bao-cao.txt", data="Báo cáo tình hình kinh tế – xã hội tuần 47."):
    """Return a NamedBlobFile of text or bytes."""
    return NamedBlobFile(data=data.encode() if isinstance(data, str) else data, filename=filename)
