"""Making, changing, moving and closing accounts: allowed, denied, in the wrong state."""

from datetime import date
from datetime import timedelta

from hopso.accounts import functions
from hopso.accounts import operations
from hopso.accounts.identities import email_of
from hopso.accounts.identities import fullname_of
from hopso.accounts.personnel import today
from hopso.accounts.records import account_of
from hopso.accounts.records import ACTIVE
from hopso.accounts.records import DISABLED
from hopso.accounts.tests.conftest import logged
from hopso.core import errors
from hopso.factories import as_user
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.tasks.testing import waiting
from plone import api
from plone.app.portlets.interfaces import IDefaultDashboard
import pytest


OTHERS = ("department_admin", "coordinator", "delegate", "leader", "outsider")


def held(user_id):
    return {(one.unit, one.function) for one in functions_of(user_id)}


# --- account.create ---


@pytest.mark.rule("BD-4.3")
@pytest.mark.parametrize("who", ["admin", "province_admin", "system"])
def test_a_unit_makes_the_accounts_of_its_people(staff, person, who):
    with as_user(getattr(staff, who)):
        account = operations.create(staff.office, **person, position="Chuyên viên", phone="0912 000 111")
    assert account.user_id == "moint"
    assert (account.unit, account.status, account.created_by) == (
        staff.office.getId(),
        ACTIVE,
        getattr(staff, who),
    )
    assert fullname_of("moint") == "Nguyễn Thị Mới"
    assert email_of("moint") == "moi@example.vn"
    assert held("moint") == {(staff.office.getId(), "members")}
    assert ("accounts.invite", {"user": "moint", "kind": "invite", "meeting": ""}) in waiting()
    assert logged("account.create") == 1


@pytest.mark.rule("BD-3.4")
@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_makes_accounts_there(staff, person, who):
    with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
        operations.create(staff.office, **person)
    assert account_of("moint") is None
    assert logged("account.create") == 0


def test_a_closed_unit_gets_no_accounts(staff, person):
    staff.office.valid_to = date(2025, 7, 1)
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        operations.create(staff.office, **person)
    assert account_of("moint") is None


@pytest.mark.parametrize(
    ("changes", "bad"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "daibieu@example.vn"}, "email"),
        ({"email": "DAIBIEU@example.VN "}, "email"),
        ({"user": "daibieu"}, "user"),
        ({"user": "admin"}, "user"),
        ({"user": "unit:x:admins"}, "user"),
        ({"function": "admins"}, "assignment_document"),
        ({"event": "recruitment"}, "decision"),
        ({"decision": "1/QĐ", "decided_on": date(2026, 11, 2)}, "event"),
        ({"event": "recruitment", "decision": "1/QĐ", "decided_on": date(2099, 1, 1)}, "decided_on"),
        ({"employment_kind": "guest"}, "employment_kind"),
    ],
)
def test_what_is_wrong_is_named(staff, person, changes, bad):
    with as_user(staff.admin), pytest.raises(errors.Invalid) as caught:
        operations.create(staff.office, **{**person, **changes})
    assert bad in caught.value.errors
    assert logged("account.create") == 0


@pytest.mark.rule("BD-4.3")
def test_one_person_has_one_account(staff, person):
    """The unit that has it is named, so that a transfer can be asked for; nothing else is told."""
    with as_user(staff.department_admin), pytest.raises(errors.Invalid) as caught:
        operations.create(staff.department, **{**person, "email": "daumoi@example.vn"})
    message = caught.value.errors["email"]
    assert message.mapping == {"unit": "Văn phòng"}
    with as_user(staff.admin):
        operations.create(staff.office, **person, phone="+84 912 000 111")
    twin = {"fullname": "NGUYỄN THỊ MỚI", "email": "khac@example.vn", "phone": "0912.000.111"}
    with as_user(staff.department_admin):
        with pytest.raises(errors.Invalid) as caught:
            operations.create(staff.department, **twin)
        assert "phone" in caught.value.errors
        assert operations.create(staff.department, **twin, namesake=True).user_id == "moint2"


@pytest.mark.rule("BD-2.2")
@pytest.mark.parametrize("kind", ["cadre", "civil_servant", "public_employee", "worker"])
def test_every_kind_of_employment(staff, person, kind):
    with as_user(staff.admin):
        assert operations.create(staff.office, **person, employment_kind=kind).employment_kind == kind


@pytest.mark.rule("BD-4.3.a")
def test_a_recruitment_keeps_its_decision(staff, person, decision):
    with as_user(staff.admin):
        account = operations.create(staff.office, **person, event="recruitment", **decision)
    [event] = account.events
    assert (event.kind, event.decision, event.decided_on) == ("recruitment", "12/QĐ-SNV", date(2026, 11, 2))
    assert (event.to_unit, event.recorded_by) == (staff.office.getId(), staff.admin)


# --- account.change ---


@pytest.mark.rule("BD-4.3.a")
def test_data_are_changed_by_decision(staff, decision):
    with as_user(staff.admin):
        operations.change(
            staff.office, user=staff.secretary, fullname="Võ Minh Khôi", email="khoi@example.vn",
            phone="0913", employment_kind="cadre", event="appointment", **decision,
        )  # fmt: skip
    account = account_of(staff.secretary)
    assert (fullname_of(staff.secretary), email_of(staff.secretary)) == ("Võ Minh Khôi", "khoi@example.vn")
    assert (account.phone, account.employment_kind) == ("0913", "cadre")
    assert [event.kind for event in account.events] == ["appointment"]
    assert logged("account.change") == 1


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_changes_data(staff, who):
    with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
        operations.change(staff.office, user=staff.secretary, fullname="Khác")
    assert fullname_of(staff.secretary) == "Võ Minh Khoa"
    assert logged("account.change") == 0


def test_people_of_other_units_are_not_changed_through_ones_own(staff):
    with as_user(staff.admin), pytest.raises(errors.Denied):
        operations.change(staff.office, user=staff.delegate, email="mine@example.vn")
    assert email_of(staff.delegate) == "daibieu@example.vn"


def test_an_administrator_does_not_reach_up(staff, make):
    """Who administers more, or the system, is kept by those who could give that: no way up by a reset."""
    boss = make.create_person("sep", "Lý Sếp", staff.office)
    from hopso.organisation.assignments import Assignment

    assignment_store().assign(boss, Assignment(staff.committee.getId(), "admins"))
    chief = make.create_person("truong", "Kha Trưởng", staff.office)
    from plone import api

    api.user.grant_roles(username=chief, roles=["System Administrator"])
    for user in (boss, chief):
        with as_user(staff.admin), pytest.raises(errors.Denied):
            operations.change(staff.office, user=user, email="mine@example.vn")
        with as_user(staff.admin), pytest.raises(errors.Denied):
            operations.reset_password(staff.office, user=user, password="Mat-khau-2026?x")
        with as_user(staff.admin), pytest.raises(errors.Denied):
            operations.order_password(staff.office, users=(user,), reference="1/CV")
    with as_user(staff.province_admin):
        operations.change(staff.office, user=boss, phone="0911")
    assert account_of(boss).phone == "0911"


def test_a_closed_account_is_not_changed(staff):
    account_of(staff.secretary).status = DISABLED
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        operations.change(staff.office, user=staff.secretary, fullname="Khác")
    assert fullname_of(staff.secretary) == "Võ Minh Khoa"


# --- account.transfer ---


@pytest.mark.rule("BD-4.3.a")
def test_a_transfer_moves_the_account_and_nothing_else(staff, decision):
    department = staff.department.getId()
    with as_user(staff.admin):
        operations.transfer(staff.office, user=staff.secretary, to_unit=department, **decision)
    account = account_of(staff.secretary)
    assert account.unit == department
    assert held(staff.secretary) == set()
    [past] = assignment_store().history_of(staff.secretary)
    assert past.until is not None
    [event] = account.events
    assert (event.kind, event.from_unit, event.to_unit) == ("transfer", staff.office.getId(), department)
    told = [kwargs["recipient"] for name, kwargs in waiting() if name == "accounts.tell_transfer"]
    assert told == [staff.department_admin]
    assert logged("account.transfer") == 1
    with as_user(staff.admin), pytest.raises(errors.Denied):
        operations.change(staff.office, user=staff.secretary, fullname="Khác")


def test_who_keeps_both_units_gives_the_new_function_at_once(staff, decision):
    department = staff.department.getId()
    data = {"user": staff.secretary, "to_unit": department, "function": "coordinators", **decision}
    with as_user(staff.admin), pytest.raises(errors.Invalid) as caught:
        operations.transfer(staff.office, **data)
    assert "function" in caught.value.errors
    assert account_of(staff.secretary).unit == staff.office.getId()
    with as_user(staff.province_admin):
        operations.transfer(staff.office, **data)
    assert held(staff.secretary) == {(department, "coordinators")}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_transfers(staff, decision, who):
    with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
        operations.transfer(staff.office, user=staff.secretary, to_unit=staff.department.getId(), **decision)
    assert account_of(staff.secretary).unit == staff.office.getId()
    assert logged("account.transfer") == 0


def test_a_transfer_that_cannot_be(staff, decision):
    with as_user(staff.admin):
        with pytest.raises(errors.Invalid):
            operations.transfer(staff.office, user=staff.secretary, to_unit=staff.office.getId(), **decision)
        with pytest.raises(errors.Invalid):
            operations.transfer(
                staff.office, user=staff.secretary, to_unit=staff.department.getId(),
                effective_on=today() + timedelta(days=3), **decision,
            )  # fmt: skip
        account_of(staff.secretary).status = DISABLED
        with pytest.raises(errors.WrongState):
            operations.transfer(
                staff.office, user=staff.secretary, to_unit=staff.department.getId(), **decision
            )
    assert account_of(staff.secretary).unit == staff.office.getId()


# --- account.disable, account.enable ---


@pytest.mark.rule("BD-4.3.b")
def test_a_leaver_is_closed_and_never_deleted(staff, decision, monkeypatch):
    ended = []
    monkeypatch.setattr("hopso.accounts.tools.sessions.end_all", lambda user_id: ended.append(user_id))
    with as_user(staff.admin):
        operations.disable(staff.office, user=staff.secretary, event="retirement", **decision)
    account = account_of(staff.secretary)
    assert (account.status, account.disabled_by) == (DISABLED, staff.admin)
    assert ended == [staff.secretary]
    assert held(staff.secretary) == set()
    assert assignment_store().history_of(staff.secretary)
    assert fullname_of(staff.secretary) == "Võ Minh Khoa"
    assert logged("account.disable") == 1
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        operations.disable(staff.office, user=staff.secretary, event="retirement", **decision)
    assert logged("account.disable") == 1


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_closes_accounts(staff, decision, who):
    with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
        operations.disable(staff.office, user=staff.secretary, event="leave", **decision)
    assert account_of(staff.secretary).status == ACTIVE
    assert logged("account.disable") == 0


def test_a_decision_or_a_reason_is_needed(staff):
    with as_user(staff.admin):
        with pytest.raises(errors.Invalid) as caught:
            operations.disable(staff.office, user=staff.secretary, event="leave")
        assert set(caught.value.errors) == {"decision", "decided_on"}
        with pytest.raises(errors.Invalid) as caught:
            operations.disable(staff.office, user=staff.secretary, event="other")
        assert set(caught.value.errors) == {"reason"}
        operations.disable(staff.office, user=staff.secretary, event="other", reason="Nghi lộ mật khẩu")
    assert account_of(staff.secretary).disabled_reason == "Nghi lộ mật khẩu"


@pytest.mark.rule("BD-4.3.b")
def test_a_later_day_closes_by_itself(staff, decision):
    from hopso.accounts.jobs import close_ended

    later = today() + timedelta(days=5)
    with as_user(staff.admin):
        operations.disable(staff.office, user=staff.secretary, event="leave", effective_on=later, **decision)
    account = account_of(staff.secretary)
    assert (account.status, account.leaves_on) == (ACTIVE, later)
    assert close_ended() == 0
    account.leaves_on = today()
    assert close_ended() == 1
    assert account.status == DISABLED
    assert logged("account.closed_in_time") == 1


def test_nobody_closes_the_own_account(staff, decision):
    with as_user(staff.admin), pytest.raises(errors.Denied):
        operations.disable(staff.office, user=staff.admin, event="leave", **decision)


@pytest.mark.rule("BD-4.2/2")
def test_the_last_administrator_needs_a_successor(staff, decision):
    with as_user(staff.province_admin):
        with pytest.raises(errors.Blocked) as caught:
            operations.disable(staff.office, user=staff.admin, event="leave", **decision)
        [finding] = caught.value.findings
        assert (finding.rule, finding.article) == ("BD-4.2/2", "Điều 4 khoản 2")
        with pytest.raises(errors.Blocked):
            operations.transfer(staff.office, user=staff.admin, to_unit=staff.department.getId(), **decision)
        with pytest.raises(errors.Blocked):
            functions.withdraw(staff.office, user=staff.admin, function="admins")
        assert account_of(staff.admin).status == ACTIVE
        functions.assign(staff.office, user=staff.secretary, function="admins", assignment_document="8/TB-VP")
        operations.disable(staff.office, user=staff.admin, event="leave", **decision)
    assert account_of(staff.admin).status == DISABLED


def test_an_account_is_opened_again(staff, decision):
    with as_user(staff.admin):
        with pytest.raises(errors.WrongState):
            operations.enable(staff.office, user=staff.secretary, reason="Trở lại")
        operations.disable(staff.office, user=staff.secretary, event="leave", **decision)
    with as_user(staff.department_admin), pytest.raises(errors.Denied):
        operations.enable(staff.office, user=staff.secretary, reason="Trở lại")
    assert account_of(staff.secretary).status == DISABLED
    with as_user(staff.admin):
        operations.enable(staff.office, user=staff.secretary, reason="Trở lại làm việc")
    account = account_of(staff.secretary)
    assert (account.status, account.disabled_at) == (ACTIVE, None)
    assert [event.kind for event in account.events] == ["leave", "return"]
    assert held(staff.secretary) == set()
    assert logged("account.enable") == 1


def test_new_accounts_get_no_dashboard_of_plone(house):
    user = api.user.get(userid=house.delegate).getUser()
    assert IDefaultDashboard(user)() == {}
