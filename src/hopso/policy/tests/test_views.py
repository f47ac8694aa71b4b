"""/quy-che, /@@policy-settings and the operations behind them."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from AccessControl import Unauthorized
from hopso.audit import log
from hopso.core import errors
from hopso.interfaces import IHopsoLayer
from hopso.policy import compliance
from hopso.policy.api import current_policy
from hopso.policy.api import store_values
from hopso.policy.interfaces import IPolicySettings
from hopso.policy.labels import GROUPS
from hopso.policy.operations import apply_province
from hopso.policy.operations import change_policy
from hopso.policy.policy import KEYS
from hopso.policy.settings import entered
from hopso.policy.timing import LeadTime
from plone import api
import pytest
from zope.interface import alsoProvides
from zope.schema import getFieldNames


NOON = datetime(2026, 12, 8, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def asked(integration, portal):
    def ask(**form):
        request = integration["request"]
        request.form.clear()
        request.form.update(form)
        alsoProvides(request, IHopsoLayer)
        return request

    return ask


def test_every_key_has_its_record_and_its_place_in_the_form():
    shown = [name for _title, names in GROUPS for name in names]
    assert sorted(shown) == sorted(KEYS) == sorted(getFieldNames(IPolicySettings))


@pytest.mark.parametrize(
    ("clock", "result"),
    [
        (("BD-7/1", NOON, NOON), (1, 0, 0)),
        (("BD-7/1", NOON + HOUR, NOON), (0, 1, 0)),
        (("BD-7/1", None, NOON - HOUR), (0, 1, 0)),
        (("BD-7/1", None, NOON + HOUR), (0, 0, 1)),
    ],
)
def test_figures(clock, result):
    figure = compliance.count([(clock,), None, ()], NOON)["BD-7/1"]
    assert (figure.kept, figure.missed, figure.open) == result


def test_time_to_read_is_a_mean():
    clocks = [(("BD-3.1.g", NOON - 10 * HOUR, NOON),), (("BD-3.1.g", NOON - 20 * HOUR, NOON),)]
    assert compliance.count(clocks, NOON)["BD-3.1.g"].hours == 15


def test_the_page_counts_what_its_reader_may_see(house, portal, asked, make):
    meeting = house.meeting
    meeting.registered_at = meeting.complete_at = meeting.start - timedelta(days=5)
    meeting.published_at = meeting.registered_at + timedelta(minutes=30)
    make.put_in_state(meeting, "convened")
    period = {"from": "2020-01-01", "to": "2090-12-31"}
    with make.as_user(house.delegate):
        page = api.content.get_view("quy-che", portal, asked(**period))
        page.update()
        assert page.figures["BD-6.1/1"].kept == page.figures["BD-7/1"].kept == 1
        assert page.figures["BD-3.1.g"].hours == 119.5
        html = api.content.get_view("quy-che", portal, asked(q="truoc 02 ngay", **period))()
    assert "BD-6.1/1" in html and "1/1" in html.replace(" ", "").replace("\n", "") and "BD-10.2" not in html
    with make.as_user(house.outsider):
        page = api.content.get_view("quy-che", portal, asked(**period))
        page.update()
    assert page.figures == {}


def test_the_catalog_can_store_the_clocks(house):
    meeting = house.meeting
    meeting.registered_at = meeting.complete_at = meeting.start - timedelta(days=5)
    meeting.published_at = meeting.start - timedelta(days=4)
    clocks = compliance.clocks_of(meeting)
    assert [one[0] for one in clocks] == ["BD-6.1/1", "BD-7/1", "BD-3.1.g", "BD-12.2.b/2"]
    assert {moment.tzinfo for one in clocks for moment in one[1:] if moment} == {UTC}


def test_search_folds_accents_and_filters_by_state(house, portal, asked, make):
    with make.as_user(house.delegate):
        page = api.content.get_view("quy-che", portal, asked(q="khan cap", state="enforced"))
        page.update()
        assert [row["id"] for one in page.articles for row in one["rules"]] == ["BD-6.1/2"]
        page = api.content.get_view("quy-che", portal, asked(q=["x"], state="?", **{"from": "?"}))
        page.update()
    assert page.total() > 80


def test_the_operation_checks_each_value(house, portal, make):
    with make.as_system():
        with pytest.raises(errors.Invalid) as caught:
            change_policy(portal, values={"max_pages": "x", "nonsense": 1, "lead_time_normal": "2 weeks"})
        assert set(caught.value.errors) == {"max_pages", "nonsense", "lead_time_normal"}
        change_policy(portal, values={"max_pages": "7", "title": ""})
    assert current_policy().max_pages == 7
    entry = log.entries(operation="policy.change", limit=1)[0]
    assert entry.details == {"values": {"max_pages": "7", "title": ""}}


def test_only_administrators_change_it(house, portal, make):
    before = current_policy()
    with make.as_user(house.admin):
        with pytest.raises(errors.Denied):
            change_policy(portal, values={"max_pages": 7})
        with pytest.raises(errors.Denied):
            apply_province(portal, name="binh-dinh")
        with pytest.raises(Unauthorized):
            portal.restrictedTraverse("@@policy-settings")
    assert current_policy() == before


def test_a_province_is_applied_by_name(house, portal, make):
    with make.as_system():
        apply_province(portal, name="binh-dinh")
        assert current_policy().title == "Bình Định"
        with pytest.raises(errors.Invalid):
            apply_province(portal, name="nowhere")


def test_the_form_shows_what_would_change_and_keeps_what_was_typed(house, portal, asked, make):
    from plone.protect.authenticator import createToken

    request = asked(
        lead_time_normal__value="3",
        lead_time_normal__unit="working_days",
        extra_days_off="31/12/2026",
        preview="1",
    )
    with make.as_system():
        request.form["_authenticator"] = createToken()
        request.method = "POST"
        request.environ["REQUEST_METHOD"] = "POST"
        html = api.content.get_view("policy-settings", portal, request)()
        assert "2026-12-31" in html and current_policy().lead_time_normal == LeadTime(2, "calendar_days")
        request.form.pop("preview")
        request.form["lead_time_normal__value"] = "three"
        html = api.content.get_view("policy-settings", portal, request)()
        assert request.response.getStatus() == 400 and 'aria-invalid="true"' in html
        request.form["lead_time_normal__value"] = "3"
        assert api.content.get_view("policy-settings", portal, request)() == ""
    assert current_policy().lead_time_normal == LeadTime(3, "working_days")


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ({"recording_default": "0"}, {"recording_default": False}),
        ({"lead_time_urgent__unit": "none", "lead_time_urgent__value": "3"}, {"lead_time_urgent": "none"}),
        ({"office_hours": "07:00-11:00\n\n 13:00-17:00 "}, {"office_hours": ["07:00-11:00", "13:00-17:00"]}),
        ({"valid_to": ""}, {"valid_to": None}),
    ],
)
def test_forms_are_read(form, values):
    assert entered(form) == values


def test_a_stored_value_survives_the_form(portal):
    store_values({"urgent_approver_role": "Provincial Chair", "notice_channels": ["email"]})
    assert current_policy().notice_channels == ("email",)
