"""The list of meetings and its spreadsheet."""

from io import BytesIO

from hopso import factories
from hopso.interfaces import IHopsoLayer
from hopso.theme.meetings_view import Filter
from hopso.theme.meetings_view import plain
from hopso.theme.meetings_view import read_filter
import openpyxl
import pytest
from zope.component import getMultiAdapter
from zope.interface import alsoProvides


@pytest.mark.parametrize(
    "form,expected",
    [
        ({}, Filter()),
        ({"period": "past", "page": "3"}, Filter(period="past", page=3)),
        ({"period": "yesterday", "state": "x", "page": "-1"}, Filter()),
        ({"q": [" a", "b"], "page": "99999999"}, Filter(page=10_000)),
        ({"q": " uy ban "}, Filter(words="uy ban")),
    ],
)
def test_nonsense_in_the_address_does_no_harm(form, expected):
    assert read_filter(form) == expected


@pytest.mark.parametrize(
    "text,expected", [("=1+1", "'=1+1"), ("Giao ban", "Giao ban"), ("-", "'-"), ("", "")]
)
def test_no_formulas_in_spreadsheets(text, expected):
    assert plain(text) == expected


class TestList:
    @pytest.fixture
    def ask(self, house, integration):
        alsoProvides(integration["request"], IHopsoLayer)

        def call(user_id, name="meetings", **form):
            request = integration["request"]
            request.form.clear()
            request.form.update(form)
            with factories.as_user(user_id):
                view = getMultiAdapter((house.portal, request), name=name)
                return view, view()

        return call

    @pytest.mark.parametrize(
        "form,expected",
        [
            ({}, 1),
            ({"period": "past"}, 0),
            ({"period": "all", "q": "giao ban"}, 1),
            ({"q": "giao bàn"}, 1),
            ({"q": "khong co"}, 0),
            ({"q": '"(*'}, 0),
            ({"state": "draft"}, 1),
            ({"state": "archived"}, 0),
        ],
    )
    def test_filters(self, ask, house, form, expected):
        view, html = ask(house.coordinator, **form)
        assert view.count() == expected
        assert ("Giao ban tuần 48" in html) == bool(expected)

    def test_others_see_nothing(self, ask, house):
        view, _html = ask(house.outsider, period="all")
        assert view.count() == 0
        _view, data = ask(house.outsider, name="meetings.xlsx", period="all")
        assert openpyxl.load_workbook(BytesIO(data)).active.max_row == 1

    def test_spreadsheet(self, ask, house):
        _view, data = ask(house.coordinator, name="meetings.xlsx", period="all")
        rows = list(openpyxl.load_workbook(BytesIO(data)).active.values)
        assert rows[1][2] == "Giao ban tuần 48"
        assert rows[1][4] == "Nguyễn Văn Bình"
