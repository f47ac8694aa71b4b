"""Parameters of the operations on technical checks."""

from hopso import _
from hopso.documents.files import picture
from plone.namedfile.field import NamedBlobFile
from zope import schema
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


Results = SimpleVocabulary(
    [
        SimpleTerm("pass", "pass", _("Item passes")),
        SimpleTerm("fail", "fail", _("Item fails")),
        SimpleTerm("na", "na", _("Not applicable")),
    ]
)


class IPlace(Interface):
    """One of the places of the meeting."""

    place = schema.TextLine(title=_("Site or room"), max_length=100)


class IItemResult(IPlace):
    """What was found at one item."""

    item = schema.TextLine(title=_("Item of the check"), max_length=100)
    result = schema.Choice(title=_("Result"), vocabulary=Results)
    note = schema.Text(title=_("Note"), required=False, default="", max_length=1000)
    photo = NamedBlobFile(
        title=_("Photo"), description=_("jpg or png, at most 15 MB."), required=False, constraint=picture
    )
    act = schema.TextLine(title=_("Number of the act"), required=False, default="", max_length=60)


class ISignature(IPlace):
    """The end of a check."""

    note = schema.Text(title=_("Note"), required=False, default="", max_length=1000)


class IReopening(IPlace):
    """Why a check is done once more."""

    reason = schema.Text(title=_("Reason"), max_length=1000)


class ITemplateItem(Interface):
    """An item of the template; an id that is known changes that one."""

    id = schema.TextLine(title=_("Identifier"), required=False, default="", max_length=60)
    category = schema.Choice(title=_("Category"), vocabulary="hopso.CheckCategories", default="room")
    text = schema.TextLine(title=_("What is checked"), max_length=300)
    when = schema.Choice(
        title=_("When it applies"), vocabulary="hopso.CheckOccasions", default="", required=False
    )
    order = schema.Int(title=_("Place in the list"), required=False, default=500, min=0, max=10_000)


class ITemplateItemId(Interface):
    """An item of the template."""

    id = schema.TextLine(title=_("Identifier"), max_length=60)
