"""Operations on managed vocabularies, carried out at the site (``vocabulary.…``)."""

import re
import unicodedata

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.organisation import managed
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from zope import schema
from zope.interface import Interface


MANAGE = "hopso: Manage vocabularies"
LONGEST_ID = 40


class IKind(Interface):
    """Which vocabulary."""

    kind = schema.Choice(
        title=_("Vocabulary"), values=("positions", "meeting_types", "document_kinds", "issuing_bodies")
    )


class IAddValue(IKind):
    """A value more."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    value = schema.TextLine(
        title=_("Identifier"),
        description=_("Left empty it is made of the name."),
        required=False,
        max_length=40,
    )


class IWhich(IKind):
    """Which value."""

    value = schema.TextLine(title=_("Identifier"))


class IRenameValue(IWhich):
    """Its new name."""

    title = schema.TextLine(title=_("Name"), max_length=250)


class IOrderValues(IKind):
    """The identifiers in their new order."""

    order = schema.Tuple(title=_("Order"), value_type=schema.TextLine())


def _existing(kind, value):
    found = managed.find_value(kind, value)
    if found is None:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"value": _("There is no such value.")}
        )
    return found


def _refuse_twin(kind, title, but=""):
    for one in managed.values_of(kind):
        if one.id != but and api.portal.translate(one.title).casefold() == title.casefold():
            raise errors.Invalid(
                _("Please check what you entered."),
                errors={"title": _("There is a value of this name already.")},
            )


def _id_for(kind, title) -> str:
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_0123456789")[:LONGEST_ID] or "value"
    number, candidate = 1, base
    while managed.find_value(kind, candidate) is not None:
        number += 1
        candidate = f"{base}_{number}"
    return candidate


@operation(
    "vocabulary.add", IPloneSiteRoot, title=_("Add a value"), permission=MANAGE, schema=IAddValue, order=900
)
def add(portal, kind, title, value=None):
    """Add a value at the end."""
    title = title.strip()
    _refuse_twin(kind, title)
    if value and (not re.fullmatch(r"[a-z][a-z0-9_]*", value) or managed.find_value(kind, value)):
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"value": _("Small letters, digits and underscores, and not in use already.")},
        )
    managed.store(kind, managed.Value(value or _id_for(kind, title), title))


@operation(
    "vocabulary.rename",
    IPloneSiteRoot,
    title=_("Rename the value"),
    permission=MANAGE,
    schema=IRenameValue,
    order=901,
)
def rename(portal, kind, value, title):
    """Give a value another name; what uses it shows the new one."""
    found, title = _existing(kind, value), title.strip()
    _refuse_twin(kind, title, but=value)
    managed.store(kind, managed.changed(found, title=title))


@operation(
    "vocabulary.retire",
    IPloneSiteRoot,
    title=_("Retire the value"),
    permission=MANAGE,
    schema=IWhich,
    order=902,
)
def retire(portal, kind, value):
    """Offer a value no more; what uses it stays readable."""
    found = _existing(kind, value)
    if found.retired_at is not None:
        raise errors.WrongState(_("The value is retired already."))
    if sum(one.retired_at is None for one in managed.values_of(kind)) == 1 and kind in CHOSEN:
        raise errors.Invalid(_("One value must remain to be chosen."))
    managed.store(kind, managed.changed(found, retired_at=now()))


class IRecommend(IWhich):
    """Whether meetings of a type are to be held online, and by which rule."""

    online = schema.Bool(title=_("To be held online"), required=False, default=False)
    basis = schema.TextLine(title=_("Legal basis"), required=False, default="", max_length=250)


@operation(
    "vocabulary.recommend_online",
    IPloneSiteRoot,
    title=_("Recommend to hold it online"),
    permission=MANAGE,
    schema=IRecommend,
    order=905,
)
def recommend_online(portal, kind, value, online=False, basis=""):
    """Say of a type of meetings whether it is to be held online (HN-P4/3)."""
    if kind != "meeting_types":
        raise errors.Invalid(
            _("Please check what you entered."), errors={"kind": _("Only types of meetings are recommended.")}
        )
    basis = (basis or "").strip()
    if online and not basis:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"basis": _("Name the rule that recommends it.")}
        )
    managed.store(kind, managed.changed(_existing(kind, value), online_recommended=online, basis=basis))


# Kinds of fields that must have a value.
CHOSEN = ("meeting_types", "document_kinds")


@operation(
    "vocabulary.restore",
    IPloneSiteRoot,
    title=_("Offer the value again"),
    permission=MANAGE,
    schema=IWhich,
    order=903,
)
def restore(portal, kind, value):
    """Offer a retired value again."""
    found = _existing(kind, value)
    if found.retired_at is None:
        raise errors.WrongState(_("The value is not retired."))
    managed.store(kind, managed.changed(found, retired_at=None))


@operation(
    "vocabulary.order",
    IPloneSiteRoot,
    title=_("Order the values"),
    permission=MANAGE,
    schema=IOrderValues,
    order=904,
)
def order(portal, kind, order):
    """Put values in an order; those not named come after, as they were."""
    known = {one.id: one for one in managed.values_of(kind)}
    if unknown := [one for one in order if one not in known]:
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"order": _("Unknown: ${ids}.", mapping={"ids": ", ".join(unknown)})},
        )
    wanted = list(dict.fromkeys(order)) + [one for one in known if one not in order]
    for place, value_id in enumerate(wanted, 1):
        if known[value_id].place != place * managed.STEP:
            managed.store(kind, managed.changed(known[value_id], place=place * managed.STEP))
