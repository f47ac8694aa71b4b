"""People for other systems: ``GET @users/<user id>``."""

from hopso.interfaces import IHopsoLayer
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.user import BaseSerializer
from Products.CMFCore.interfaces import IMemberData
from zope.component import adapter
from zope.interface import implementer


@implementer(ISerializeToJson)
@adapter(IMemberData, IHopsoLayer)
class PersonToJson(BaseSerializer):
    """A person with the groups of units, which Plone's own serializer cannot fetch by id.

    Groups of meetings are left out: who looks after accounts need not learn who is invited where.
    """

    def __call__(self):
        data = super().__call__()
        groups = sorted(one for one in self.context.getGroups() if not one.startswith("meeting:"))
        data["groups"] = {
            "@id": data["@id"],
            "items": [{"id": one, "title": one} for one in groups],
            "items_total": len(groups),
        }
        return data
