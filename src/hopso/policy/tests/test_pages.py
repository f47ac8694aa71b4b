"""The pages around the policy: preview and versions, comparison, registered meetings, calendar, lifted rules."""

from datetime import date
from datetime import timedelta
from io import BytesIO
import json

from AccessControl import Unauthorized
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.operation import Operation
from hopso.core.operation import OperationDone
from hopso.core.text import now
from hopso.interfaces import IHopsoLayer
from hopso.meetings.content import IMeeting
from hopso.policy import operations
from hopso.policy import overrides
from hopso.policy import versions
from hopso.policy.api import apply_policy
from hopso.policy.api import current_policy
from hopso.policy.api import frozen_copy
from hopso.policy.api import policy_for
from hopso.policy.api import policy_on
from hopso.policy.following import former_copies
from hopso.policy.timing import LeadTime
from openpyxl import load_workbook
from plone import api
from plone.protect.authenticator import createToken
import pytest
from zExceptions import NotFound
from zope.interface import alsoProvides


@pytest.fixture
def page(integration, portal):
    """Call a page, by GET or POST, and return what it answers (text or bytes)."""

    def call(name, context=None, method="GET", **form):
        request = integration["request"]
        request.form.clear()
        request.form.update(form)
        request.method = request.environ["REQUEST_METHOD"] = method
        if method == "POST":
            request.form["_authenticator"] = createToken()
        request.response.setStatus(200)
        alsoProvides(request, IHopsoLayer)
        return api.content.get_view(name, context or portal, request)()

    call.request = integration["request"]
    return call


@pytest.fixture
def registered(house, make):
    """A meeting of the office, registered for the day after tomorrow."""
    meeting = house.meeting
    meeting.registered_at = now()
    meeting.start = now() + timedelta(days=2, hours=12)
    meeting.end = meeting.start + timedelta(hours=2)
    meeting.policy_name, meeting.policy_values = "", frozen_copy()
    make.put_in_state(meeting, "registered")
    meeting.reindexObject()
    return meeting


def sheet(data):
    """Return the rows of a spreadsheet."""
    return [list(row) for row in load_workbook(BytesIO(data)).active.iter_rows(values_only=True)]


class TestPreview:
    def test_a_province_is_shown_with_its_consequences_and_changes_nothing(
        self, registered, portal, page, make
    ):
        with make.as_system():
            html = page("policy-settings", method="POST", province="nghe-an", apply="1")
        assert "48" in html and "NA-3.1/1" in html and "BD-6.1/1" in html
        assert current_policy().rule_sets == () and versions.versions() == []

    def test_it_is_confirmed_with_a_decision(self, house, portal, page, make):
        data = json.dumps({"province": "nghe-an"})
        with make.as_system():
            seen = operations.fingerprint()
            form = {"confirm": "1", "data": data, "seen": seen, "day": "", "decision": "QĐ 5"}
            assert page("policy-settings", method="POST", **form) == ""
        assert current_policy().rule_sets == ("NA",)
        assert versions.versions()[0].decision == "QĐ 5"

    def test_a_later_day_makes_a_plan(self, house, portal, page, make):
        day = versions.today() + timedelta(days=30)
        data = json.dumps({"values": {"max_pages": 7}})
        form = {"confirm": "1", "data": data, "day": f"{day:%d/%m/%Y}", "decision": "QĐ 6"}
        with make.as_system():
            page("policy-settings", method="POST", **form)
            html = page("policy-settings")
        assert (current_policy().max_pages, policy_on(day).max_pages) == (2000, 7)
        assert "QĐ 6" in html and f"{day:%d/%m/%Y}" in html

    @pytest.mark.parametrize(
        ("form", "status"),
        [
            ({"day": "31/02/2027", "decision": "QĐ"}, 400),
            ({"day": "01/01/2020", "decision": "QĐ"}, 400),
            ({"day": "01/01/2090", "decision": ""}, 400),
            ({"day": "", "seen": "another"}, 409),
        ],
    )
    def test_a_refusal_keeps_the_preview(self, house, page, make, form, status):
        data = json.dumps({"values": {"max_pages": 7}})
        with make.as_system():
            html = page("policy-settings", method="POST", confirm="1", data=data, **form)
        assert page.request.response.getStatus() == status
        assert 'role="alert"' in html and 'name="confirm"' in html
        assert current_policy().max_pages == 2000 and versions.versions() == []

    @pytest.mark.parametrize("data", ["", "{", "[]", '{"province": "nowhere"}', '{"values": 3}'])
    def test_nonsense_changes_nothing(self, house, page, make, data):
        before = current_policy()
        with make.as_system():
            page("policy-settings", method="POST", confirm="1", data=data)
        assert current_policy() == before

    def test_an_unknown_province_is_refused(self, house, page, make):
        with make.as_system():
            page("policy-settings", method="POST", province="nowhere", apply="1")
        assert page.request.response.getStatus() == 400

    def test_versions_are_taken_back_and_restored_with_a_reason(self, house, portal, page, make):
        day = versions.today() + timedelta(days=3)
        with make.as_system():
            plan = operations.plan_version(portal, values={"max_pages": 7}, day=day, decision="QĐ 7")
            page("policy-settings", method="POST", cancel=plan, reason="Chưa ban hành")
            assert versions.find(plan).status == versions.CANCELLED
            first = operations.change_policy(portal, values={"max_pages": 8})
            operations.change_policy(portal, values={"max_pages": 9})
            page("policy-settings", method="POST", restore=first, reason="Nhầm")
        assert current_policy().max_pages == 8

    def test_without_a_reason_nothing_is_taken_back(self, house, page, make):
        with make.as_system():
            html = page("policy-settings", method="POST", cancel="some", reason=" ")
        assert page.request.response.getStatus() == 400 and 'role="alert"' in html


def test_the_provinces_stand_side_by_side(house, page, make):
    with make.as_system():
        html = page("policy-compare")
        rows = sheet(page("policy-compare.xlsx"))
    for name in ("Nghệ An", "Ninh Thuận", "Bình Định", "Tuyên Quang", "Hà Nội"):
        assert name in html and name in rows[0]
    assert len(rows) > 40
    with make.as_user(house.leader), pytest.raises(Unauthorized):
        house.portal.restrictedTraverse("@@policy-compare")


class TestRegisteredMeetings:
    def test_chosen_meetings_follow(self, registered, portal, page, make):
        with make.as_system():
            operations.change_policy(portal, values={"lead_time_normal": "5 calendar_days"})
            assert registered.UID() in page("policy-effects")
            form = {"meetings": [registered.UID()], "reason": "Theo QĐ mới", "follow": "1"}
            assert page("policy-effects", method="POST", **form) == ""
            assert registered.UID() not in page("policy-effects")
        assert policy_for(registered).lead_time_normal == LeadTime(5, "calendar_days")
        assert len(former_copies(registered)) == 1

    @pytest.mark.parametrize("form", [{"meetings": [], "reason": "Lý do"}, {"reason": ""}])
    def test_without_choice_or_reason_nothing_happens(self, registered, portal, page, make, form):
        with make.as_system():
            operations.change_policy(portal, values={"lead_time_normal": "5 calendar_days"})
            if "meetings" not in form:
                form = {**form, "meetings": registered.UID()}
            page("policy-effects", method="POST", **form)
        assert page.request.response.getStatus() == 400
        assert policy_for(registered).lead_time_normal == LeadTime(2, "calendar_days")


class TestRules:
    def test_other_regulations_are_not_regulated_here(self, house, page, make):
        apply_policy("nghe-an")
        with make.as_user(house.delegate):
            own, other = page("quy-che"), page("quy-che", set="HN")
            assert "NA-3.1/1" in own and "HN-5.2" not in own
            assert "HN-5.2" in other and "Not regulated here" in other and "tin ngày 12/9/2022" in other
            everything = sheet(page("quy-che.xlsx", set="all"))
        assert len(everything) > 220

    @pytest.mark.parametrize(
        ("form", "there", "gone"),
        [
            ({"q": "hoi nghi truyen hinh", "set": "all"}, "TQ-P3", "NA-7"),
            ({"q": "Hội nghị truyền hình", "set": "NT"}, "NT-1.1", "TQ-P2/1"),
            ({"kind": "C", "set": "NA"}, "NA-QD.2", "NA-3.1/1"),
            ({"state": "elsewhere"}, "TQ-P2/1", "BD-6.1/1"),
        ],
    )
    def test_filters(self, house, page, make, form, there, gone):
        apply_policy("binh-dinh")
        with make.as_user(house.delegate):
            ids = {row[0] for row in sheet(page("quy-che.xlsx", **form))}
        assert there in ids and gone not in ids

    def test_a_rule_has_a_page_with_the_values_that_carry_it(self, house, page, make):
        apply_policy("binh-dinh")
        with make.as_user(house.delegate):
            html = page("rule", id="BD-6.1/1")
            assert "trước 02 ngày" in html and "Registration before the meeting" in html
            with pytest.raises(NotFound):
                page("rule", id="XX-1")


class TestCalendar:
    @pytest.mark.parametrize("year", ["2026", "2027"])
    def test_everybody_reads_the_year(self, house, page, make, year):
        with make.as_user(house.delegate):
            html = page("working-calendar", year=year)
        assert f"01/01/{year}" in html and "02/09/" in html and 'name="save"' not in html
        assert 'name="preview"' not in html

    def test_a_day_is_changed_after_its_effect_was_shown(self, registered, portal, page, make):
        apply_policy("binh-dinh")
        registered.policy_values = {**frozen_copy(), "lead_time_normal": "1 working_days"}
        eve = registered.start.date() - timedelta(days=1)
        while not current_policy().calendar.is_working_day(eve):
            eve -= timedelta(days=1)
        form = {"day": f"{eve:%d/%m/%Y}", "kind": "off", "reason": "Hoán đổi"}
        with make.as_system():
            html = page("working-calendar", method="POST", preview="1", **form)
            assert "BD-6.1/1" in html and current_policy().extra_days_off == ()
            assert page("working-calendar", method="POST", save="1", **form) == ""
            assert "Hoán đổi" in page("working-calendar", year=str(eve.year))
        assert current_policy().extra_days_off == (eve,)
        assert policy_for(registered).extra_days_off == ()

    @pytest.mark.parametrize(
        "form",
        [
            {"day": "x", "kind": "off"},
            {"day": "31/12/2026", "kind": "?"},
            {"day": "31/12/2026", "kind": "off"},
        ],
    )
    def test_bad_input_is_refused(self, house, page, make, form):
        with make.as_system():
            page("working-calendar", method="POST", save="1", reason="", **form)
        assert page.request.response.getStatus() == 400
        assert current_policy().extra_days_off == ()

    def test_years_beyond_reason_are_not_shown(self, house, page, make):
        with make.as_user(house.delegate):
            html = page("working-calendar", year="9999")
        assert f"01/01/{date.today().year}" in html


class TestLifted:
    @pytest.fixture
    def lifted(self, house, make):
        act = Operation("meeting.register", IMeeting, "Register", "View", lambda meeting: None)
        late = Finding("BD-6.1/1", BLOCK, "Đăng ký muộn", "Điều 6 khoản 1", override="hopso: Override rule")
        with make.as_user(house.leader):
            overrides.keep_override(OperationDone(act, house.meeting, {}, None, (late,), "Bão số 5"))

    def test_administrators_see_all_leaders_their_own(self, lifted, house, page, make):
        with make.as_system():
            assert "Bão số 5" in page("overrides")
            assert "Bão số 5" in page("overrides", rule="BD-6.1/1", unit=house.office.getId())
            assert "Bão số 5" not in page("overrides", unit="nowhere")
        with make.as_user(house.leader):
            assert "Bão số 5" in page("overrides", house.office)
            assert sheet(page("overrides.xlsx", house.office))[1][7] == "Bão số 5"
            assert "Bão số 5" in page("rule", id="BD-6.1/1")
            for place in (house.portal, house.department):
                with pytest.raises(Unauthorized):
                    place.restrictedTraverse("@@overrides")

    def test_units_above_see_those_below(self, lifted, house, page, make):
        with make.as_user(house.chair):  # a leader of the committee
            assert "Bão số 5" in page("overrides", house.committee)

    def test_others_see_no_figure_and_no_list(self, lifted, house, page, make):
        for user in (house.delegate, house.outsider):
            with make.as_user(user):
                assert "Bão số 5" not in page("rule", id="BD-6.1/1")
                view = api.content.get_view("quy-che", house.portal, page.request)
                view.update()
                assert view.lifted == {} and view.may_see_overrides() is False

    def test_a_title_is_shown_only_to_those_who_may_read_it(self, lifted, house, page, make):
        with make.as_system():
            house.meeting.reindexObject()
        with make.as_user(house.admin):
            mine = page("overrides", house.office)
        visible = "Giao ban tuần 48" in mine
        with make.as_user(house.admin):
            assert visible is bool(api.user.has_permission("View", obj=house.meeting))
