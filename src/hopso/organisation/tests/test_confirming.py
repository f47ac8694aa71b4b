"""Are the data of units still right?"""

from datetime import date
from datetime import timedelta
from io import BytesIO

from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.text import now
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.organisation import confirming
from hopso.organisation.jobs import remind_to_confirm
from hopso.organisation.records import Confirmation
from hopso.organisation.records import organisation_store
from hopso.organisation.tree import today
from hopso.policy.api import store_values
from hopso.tasks.testing import waiting
from hopso.theme.start_view import Start
from openpyxl import load_workbook
from plone import api
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides


CALLS = {"confirm": {}, "update_contact": {"telephone": "0256 3 822 999"}}


@pytest.fixture
def page(portal):
    def page(context, name):
        alsoProvides(portal.REQUEST, IHopsoLayer)
        IAnnotations(portal.REQUEST).clear()
        return context.restrictedTraverse(f"@@{name}")

    return page


@pytest.mark.parametrize("name", CALLS)
def test_strangers_confirm_nothing(house, name):
    for person in (house.outsider, house.coordinator, house.leader):
        with as_user(person), pytest.raises(errors.Denied):
            getattr(confirming, name)(house.office, **CALLS[name])
    assert confirming.confirmation_of(house.office) is None
    assert house.office.telephone is None
    assert entries(operation="unit.") == []


@pytest.mark.parametrize("name", CALLS)
def test_a_closed_unit_is_not_confirmed(house, name):
    house.office.valid_to = today() - timedelta(days=1)
    with as_user(house.admin), pytest.raises(errors.WrongState):
        getattr(confirming, name)(house.office, **CALLS[name])
    assert confirming.confirmation_of(house.office) is None
    assert entries(operation="unit.") == []


@pytest.mark.rule("BD-12.2.d")
def test_the_administrator_updates_and_confirms_the_own_unit_only(house):
    with as_user(house.admin):
        confirming.update_contact(
            house.office, head=house.leader, telephone="0256 3 822 999", official_email="vp@tinh.gov.vn"
        )
        confirming.confirm(house.office, note="Đã rà soát")
        with pytest.raises(errors.Denied):
            confirming.confirm(house.department)
    assert (house.office.head, house.office.telephone) == (house.leader, "0256 3 822 999")
    kept = confirming.confirmation_of(house.office)
    assert (kept.by, kept.note) == (house.admin, "Đã rà soát")
    assert [one.operation for one in entries(operation="unit.")] == ["unit.confirm", "unit.update_contact"]
    catalog = api.portal.get_tool("portal_catalog")
    [brain] = catalog.unrestrictedSearchResults(portal_type="Unit", getId=house.office.getId())
    assert "0256 3 822 999" in brain.unit_facts


def test_an_address_is_one(house):
    with as_user(house.admin), pytest.raises(errors.Invalid) as refused:
        confirming.update_contact(house.office, email="nobody")
    assert list(refused.value.errors) == ["email"]


@pytest.mark.parametrize(
    ("last", "begun", "due"),
    [
        (date(2026, 1, 1), None, date(2026, 4, 1)),
        (None, date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 1), date(2020, 1, 1), date(2026, 5, 30)),
        (None, None, date(2026, 6, 6)),
    ],
)
def test_when_data_are_due(last, begun, due):
    assert confirming.due_on(last, begun, 90, date(2026, 6, 6)) == due


@pytest.mark.rule("BD-12.2.d")
def test_who_is_overdue_and_reminded(house, make):
    assert [one.unit.id for one in confirming.due_list()] == [
        house.office.getId()
    ]  # the only one administered
    remind_to_confirm()
    wanted = [kwargs for name, kwargs in waiting() if kwargs.get("kind") == "unit_to_confirm"]
    assert [one["recipient"] for one in wanted] == [house.admin]
    with as_user(house.admin):
        assert [one.unit.id for one in confirming.units_to_confirm({house.office.getId()})]
        confirming.confirm(house.office)
        assert confirming.units_to_confirm({house.office.getId()}) == []
    [due] = confirming.due_list()
    assert due.due == today() + timedelta(days=90)
    past = now() - timedelta(days=91)
    organisation_store().confirmations[house.office.getId()] = Confirmation(past, house.admin)
    [due] = confirming.due_list()
    assert due.overdue(today())
    store_values({"unit_confirmation_days": 0})
    assert confirming.due_list() == []


def test_the_start_page_asks_the_administrator(house, page):
    alsoProvides(house.portal.REQUEST, IHopsoLayer)
    for person, asked in ((house.admin, True), (house.coordinator, False)):
        with as_user(person):
            view = Start(house.portal, house.portal.REQUEST)
            assert ("units" in [block.name for block in view.todo()]) is asked


def test_the_page_shows_what_is_to_be_confirmed(house, page):
    house.office.telephone = "0256 3 822 999"
    with as_user(house.admin):
        text = page(house.office, "confirm")()
    for part in ("0256 3 822 999", "Trần Hoàng Lan", 'value="unit.confirm"'):
        assert part in text
    with as_user(house.coordinator), pytest.raises(Exception, match="confirm"):
        page(house.office, "confirm")


def test_leaders_and_administrators_see_the_list_of_their_units(house, page, make):
    make.create_person("qt_ubnd", "Quản trị tỉnh", house.committee, ("admins",))
    with as_user(house.leader):
        assert [one["title"] for one in page(house.office, "confirmations").rows()] == ["Văn phòng"]
        data = page(house.office, "confirmations.xlsx")()
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Văn phòng"]
    assert entries(operation="export.confirmations")
    with as_user("qt_ubnd"):
        assert len(page(house.committee, "confirmations").rows()) == 2
    with as_user(house.delegate), pytest.raises(Exception, match="confirmations"):
        page(house.office, "confirmations")
