from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone

from hopso.core import errors
from hopso.core.parameters import decode
from hopso.core.parameters import parse_datetime
import pytest
from zope import schema
from zope.interface import Interface


class IParameters(Interface):
    reason = schema.Text(title="Reason", required=False)
    copies = schema.Int(title="Copies", required=False)
    sure = schema.Bool(title="Sure", required=False)
    when = schema.Datetime(title="When", required=False)
    day = schema.Date(title="Day", required=False)
    ids = schema.Tuple(title="Ids", value_type=schema.TextLine(), required=False)


HANOI = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"reason": "  Bão số 13 "}, {"reason": "Bão số 13"}),
        ({"reason": ""}, {"reason": None}),
        ({"copies": "12"}, {"copies": 12}),
        ({"copies": 12}, {"copies": 12}),
        ({"sure": "on"}, {"sure": True}),
        ({"sure": False}, {"sure": False}),
        ({"ids": ["a", "", "b"]}, {"ids": ("a", "b")}),
        ({"ids": "a"}, {"ids": ("a",)}),
        ({"when": "23/11/2026 08:00"}, {"when": datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)}),
        ({"when": "2026-11-23T01:00:00+00:00"}, {"when": datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)}),
        ({"day": "22/11/2026"}, {"day": date(2026, 11, 22)}),
        ({"day": "2026-11-22"}, {"day": date(2026, 11, 22)}),
        ({"verb": "x", "_authenticator": "y"}, {}),
    ],
)
def test_forms_and_json_say_the_same(raw, expected):
    assert decode(IParameters, raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        {"copies": "many"},
        {"when": "tomorrow"},
        {"when": "32/13/2026 08:00"},
        {"when": 7},
        {"day": "31/02/2026"},
    ],
)
def test_a_bad_value_names_its_parameter(raw):
    with pytest.raises(errors.Invalid) as caught:
        decode(IParameters, raw)
    assert set(caught.value.errors) == set(raw)


def test_a_time_without_zone_is_vietnamese():
    assert parse_datetime("2026-11-23T08:00").isoformat() == "2026-11-23T01:00:00+00:00"
