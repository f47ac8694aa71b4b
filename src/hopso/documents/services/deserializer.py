"""An empty file sent through the API is a mistake to tell, not "no file"."""

from hopso import _
from hopso.documents.content import IMeetingDocument
from hopso.documents.files import BadFile
from hopso.interfaces import IHopsoLayer
from plone.namedfile.interfaces import INamedField
from plone.restapi.deserializer.dxfields import NamedFieldDeserializer
from plone.restapi.interfaces import IFieldDeserializer
from zope.component import adapter
from zope.interface import implementer


@implementer(IFieldDeserializer)
@adapter(INamedField, IMeetingDocument, IHopsoLayer)
class FileDeserializer(NamedFieldDeserializer):
    """As plone.restapi's, which takes a file without bytes for none."""

    def __call__(self, value):
        if isinstance(value, dict) and "data" in value and not value["data"]:
            raise BadFile("empty", _("The file is empty."))
        return super().__call__(value)
