"""Feedback is compiled, planned for and taken to the committee; violations; training of new people."""

from datetime import date

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.inventory.sites.records import StaffChanged
from hopso.operations_desk.operations import feedback
from hopso.operations_desk.operations import violations
from hopso.operations_desk.views.lists import ViolationSheet
from hopso.policy.api import apply_policy
from hopso.policy.api import store_values
from hopso.registers.adoption import terms_accepted
from hopso.registers.operations.feedback import compile_feedback
from hopso.registers.operations.feedback import digest
from hopso.registers.operations.feedback import plan
from plone import api
import pytest
from zope.event import notify


def send(house, title, category="equipment"):
    with as_user(house.outsider):
        return feedback.send(house.department, category=category, title=title, text="Đề nghị xem xét.")


@pytest.fixture
def many(house):
    store_values({"operator_unit": house.office.getId()})
    return [
        send(house, "Đường truyền chậm"),
        send(house, "Thiếu micro"),
        send(house, "Thời hạn", "regulation"),
    ]


@pytest.mark.rule("NA-6.4")
@pytest.mark.rule("NT-12.3")
@pytest.mark.rule("TQ-P6/2")
def test_proposals_on_quality_are_compiled_and_go_on_under_one_letter(house, many):
    with as_user(house.coordinator):
        assert compile_feedback(house.office, category="equipment", number="15/TTr-VP") == 2
        rows = digest(house.office, date(2020, 1, 1), date(2100, 1, 1))
        with pytest.raises(errors.WrongState):
            compile_feedback(house.office, category="equipment", number="16/TTr-VP")
    assert [state_of(one) for one in many] == ["forwarded", "forwarded", "sent"]
    assert {one.forwarded_number for one in many[:2]} == {"15/TTr-VP"}
    assert many[0].forwarded_to == house.committee.title
    assert [(one["category"], one["all"], one["forwarded"]) for one in rows] == [
        ("equipment", 2, 2),
        ("regulation", 1, 0),
    ]
    with as_user(house.outsider):  # the sender sees what became of it
        assert api.user.has_permission("View", obj=many[0])
        with pytest.raises(errors.Denied):
            compile_feedback(house.office, number="1")


@pytest.mark.rule("NA-11")
@pytest.mark.rule("NT-15.3")
def test_difficulties_with_the_regulation_go_to_the_committee(house, many):
    with as_user(house.leader):
        assert compile_feedback(house.office, category="regulation", number="17/BC-VP", to="") == 1
    assert (state_of(many[2]), many[2].forwarded_to) == ("forwarded", house.committee.title)


def test_a_period_that_ends_before_it_begins_is_refused(house, many):
    with as_user(house.coordinator), pytest.raises(errors.Invalid):
        compile_feedback(house.office, first=date(2026, 2, 1), last=date(2026, 1, 1), number="1")
    assert {state_of(one) for one in many} == {"sent"}


@pytest.mark.rule("BD-11.4")
def test_feedback_has_a_plan_that_the_sender_reads(house, many):
    with as_user(house.admin):
        plan(many[1], plan="Mua thêm 10 micro", planned_on=date(2027, 3, 1))
    with as_user(house.outsider):
        view = many[1].restrictedTraverse("@@view")
        assert "Mua thêm 10 micro" in [one["text"] for one in view.texts()]
        with pytest.raises(errors.Denied):
            plan(many[1], plan="x")


@pytest.mark.rule("NA-10/2")
@pytest.mark.rule("NT-14.2")
@pytest.mark.parametrize("province, rule", [("nghe-an", "NA-3.4"), ("ninh-thuan", "NT-6.1")])
def test_violations_of_the_regulation_are_recorded_decided_and_exported(house, integration, province, rule):
    apply_policy(province)
    staff = house.approver
    with as_user(house.leader):
        violation = violations.record(
            house.office,
            person=staff,
            rule=rule,
            facts="Mang thiết bị về nhà dùng riêng",
            concerned_unit=None,
        )
        violations.decide(violation, measure="Khiển trách", decision_number="7/QĐ-VP")
        sheet = ViolationSheet(house.office, integration["request"])
        sheet.__name__ = "violations.xlsx"
        assert sheet()[:2] == b"PK"
    assert (state_of(violation), violation.rule, violation.decision_number) == ("decided", rule, "7/QĐ-VP")
    with as_user(staff):
        assert api.user.has_permission("View", obj=violation)
    with as_user(house.outsider):
        assert not api.user.has_permission("View", obj=violation)


def training(house):
    catalog = api.portal.get_tool("portal_catalog")
    return list(catalog.unrestrictedSearchResults(portal_type="RegisterEntry"))


@pytest.mark.rule("HN-R/3.2")
def test_who_is_new_at_a_site_is_to_be_trained_once(house, make):
    site = make.create_site(house.office, "Điểm cầu Văn phòng").UID()
    for _again in range(2):
        notify(
            StaffChanged(
                site, house.office.getId(), "technician", date(2026, 11, 25), appointed=house.delegate
            )
        )
    notify(
        StaffChanged(site, house.office.getId(), "technician", date(2026, 11, 25), relieved=house.delegate)
    )
    (brain,) = training(house)
    assert (brain.desk_facts["people"], brain.desk_facts["sites"], brain.review_state) == (
        (house.delegate,),
        (site,),
        "planned",
    )
    assert "Điểm cầu Văn phòng" in brain.Title


@pytest.mark.rule("NT-8.1")
def test_who_accepted_the_rules_is_counted_for_the_unit(house, integration):
    assert terms_accepted(["1", "", "0"], "1") == {"all": 3, "accepted": 1}
    assert terms_accepted(["1", ""], "") == {"all": 2, "accepted": 0}
    from hopso.accounts.records import account_of
    from hopso.registers.views.adoption import Adoption

    account_of(house.delegate).terms_version = "0"
    with as_user(house.admin):
        assert Adoption(house.department, integration["request"]).terms() == {"all": 3, "accepted": 2}
