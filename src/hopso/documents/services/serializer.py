"""``GET <document>``: fields, and what the rooms know of it."""

from hopso.documents.content import IMeetingDocument
from hopso.documents.services.describe import describe_document
from hopso.interfaces import IHopsoLayer
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.dxcontent import SerializeToJson
from zope.component import adapter
from zope.interface import implementer


@implementer(ISerializeToJson)
@adapter(IMeetingDocument, IHopsoLayer)
class DocumentToJson(SerializeToJson):
    """A document with conversion, approvals and the addresses of its pages."""

    def __call__(self, version=None, include_items=True):
        result = super().__call__(version=version, include_items=include_items)
        result.update(describe_document(self.context, self.request))
        return result
