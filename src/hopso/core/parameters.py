"""From what a form or a JSON body says to the parameters of an operation."""

from datetime import date
from datetime import datetime

from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.interfaces import INamedField
from zope.schema import getFieldsInOrder
from zope.schema import ValidationError
from zope.schema.interfaces import IBool
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IDatetime
from zope.schema.interfaces import IFromUnicode


TRUE = {"1", "true", "on", "yes", "selected"}


def decode(schema, raw: dict) -> dict:
    """Return the parameters for *schema* found in *raw* (text, lists or JSON values).

    Raises Invalid, naming every bad parameter.
    """
    if schema is None:
        return {}
    values, bad = {}, {}
    for name, field in getFieldsInOrder(schema):
        if name not in raw:
            continue
        try:
            values[name] = _value(field, raw[name])
        except ValidationError as error:
            bad[name] = error.doc()
        except (ValueError, TypeError):
            bad[name] = _("This value has the wrong form.")
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    return values


def _value(field, raw):
    if INamedField.providedBy(field):
        return upload_of(raw)
    if isinstance(raw, str):
        raw = raw.strip()
    if raw == "" or raw is None:
        return None
    if IBool.providedBy(field):
        return raw if isinstance(raw, bool) else str(raw).lower() in TRUE
    if ICollection.providedBy(field):
        parts = raw if isinstance(raw, (list, tuple, set)) else [raw]
        return field._type(_value(field.value_type, part) for part in parts if part not in ("", None))
    if IDatetime.providedBy(field):
        return parse_datetime(raw)
    if IDate.providedBy(field):
        return parse_date(raw)
    if isinstance(raw, str) and IFromUnicode.providedBy(field):
        return field.bind(None).fromUnicode(raw)
    return raw


def parse_datetime(text) -> datetime:
    """Read ISO 8601 or ``dd/mm/yyyy hh:mm``; without a zone it is Vietnamese time; return UTC."""
    if isinstance(text, datetime):
        value = text
    elif "/" in text:
        value = datetime.strptime(text, "%d/%m/%Y %H:%M")
    else:
        value = datetime.fromisoformat(text)
    return to_utc(value)


def parse_date(text) -> date:
    """Read ``22/11/2026`` or ISO 8601.  Raises ValueError."""
    if isinstance(text, date):
        return text
    return datetime.strptime(text, "%d/%m/%Y").date() if "/" in text else date.fromisoformat(text)


def upload_of(raw):
    """Return the file of a form upload, of a JSON ``{filename, data, encoding}``, or None."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, dict):
        import base64

        return NamedBlobFile(
            data=base64.b64decode(raw["data"], validate=True), filename=str(raw.get("filename") or "")
        )
    if hasattr(raw, "filename"):
        if not raw.filename:
            return None
        raw.seek(0)
        return NamedBlobFile(data=raw.read(), filename=raw.filename.replace("\\", "/").rpartition("/")[2])
    return raw
