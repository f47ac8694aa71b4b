"""Functions in units, the first administrator, passwords on order and after a loss."""

from datetime import date
from datetime import timedelta

from hopso.accounts import functions
from hopso.accounts import operations
from hopso.accounts.personnel import today
from hopso.accounts.records import account_of
from hopso.accounts.records import account_store
from hopso.accounts.records import DISABLED
from hopso.accounts.tests.conftest import logged
from hopso.audit.log import entries
from hopso.core import errors
from hopso.factories import as_user
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.tasks.testing import waiting
from plone import api
import pytest


OTHERS = ("department_admin", "coordinator", "delegate", "leader", "outsider")


def held(user_id):
    return {(one.unit, one.function): one.position for one in functions_of(user_id)}


@pytest.mark.rule("BD-4.3")
def test_a_person_of_another_unit_gets_a_function_here_with_the_same_account(staff):
    with as_user(staff.admin):
        functions.assign(staff.office, user=staff.delegate, function="coordinators", position="Biệt phái")
    assert held(staff.delegate) == {
        (staff.department.getId(), "members"): "",
        (staff.office.getId(), "coordinators"): "Biệt phái",
    }
    assert logged("account.assign") == 1
    with as_user(staff.delegate):
        assert "Meeting Coordinator" in api.user.get_roles(obj=staff.office)


@pytest.mark.rule("BD-3.3")
@pytest.mark.parametrize("unit", ["committee", "office", "department"])
def test_system_administrators_authorise_everywhere(staff, unit):
    with as_user(staff.system):
        functions.assign(getattr(staff, unit), user=staff.delegate, function="archivists")
    assert (getattr(staff, unit).getId(), "archivists") in held(staff.delegate)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_gives_functions(staff, who):
    before = held(staff.delegate)
    with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
        functions.assign(staff.office, user=staff.delegate, function="coordinators")
    assert held(staff.delegate) == before
    assert logged("account.assign") == 0


def test_one_gives_nothing_above_ones_own_reach(staff):
    above, beside = staff.committee.getId(), staff.department.getId()
    with as_user(staff.admin):
        for unit in (above, beside):
            with pytest.raises(errors.Denied):
                functions.assign(
                    staff.office, user=staff.admin, unit=unit, function="admins", assignment_document="1"
                )
        with pytest.raises(errors.Denied):
            functions.assign(staff.office, user=staff.admin, function="provincial_chairs")
    assert held(staff.admin) == {(staff.office.getId(), "admins"): ""}
    with as_user(staff.province_admin):
        functions.assign(staff.committee, user=staff.delegate, unit=beside, function="coordinators")
    assert (beside, "coordinators") in held(staff.delegate)


@pytest.mark.rule("BD-4.2/2")
def test_administrators_are_named_by_a_document(staff):
    with as_user(staff.admin):
        with pytest.raises(errors.Invalid) as caught:
            functions.assign(staff.office, user=staff.secretary, function="admins")
        assert "assignment_document" in caught.value.errors
        functions.assign(staff.office, user=staff.secretary, function="admins", assignment_document="8/TB-VP")
        assert account_of(staff.secretary).assignment_document == "8/TB-VP"
        functions.withdraw(staff.office, user=staff.secretary, function="admins")
    assert account_of(staff.secretary).assignment_document == ""


def test_a_new_position_leaves_the_old_one_in_the_history(staff):
    with as_user(staff.admin):
        functions.assign(staff.office, user=staff.secretary, position="Chuyên viên chính")
        functions.assign(staff.office, user=staff.secretary, function="leaders", position="Phó phòng")
    office = staff.office.getId()
    assert held(staff.secretary) == {
        (office, "members"): "Chuyên viên chính",
        (office, "leaders"): "Phó phòng",
    }
    history = assignment_store().history_of(staff.secretary)
    assert [(one.position, one.until is not None) for one in history] == [
        ("", True),
        ("Chuyên viên chính", False),
        ("Phó phòng", False),
    ]


def test_a_function_begins_and_ends_on_its_days(staff):
    begin, last = today() + timedelta(days=3), today() + timedelta(days=10)
    with as_user(staff.admin):
        functions.assign(staff.office, user=staff.delegate, function="coordinators", since=begin, until=last)
        with pytest.raises(errors.Invalid):
            functions.assign(
                staff.office, user=staff.delegate, function="leaders", until=today() - timedelta(days=1)
            )
    key = (staff.office.getId(), "coordinators")
    assert key not in held(staff.delegate)
    [one] = [one for one in assignment_store().history_of(staff.delegate) if one.function == "coordinators"]
    assert one.current(one.since) and not one.current(one.until)
    assert one.until - one.since == timedelta(days=8)


def test_nobody_gives_functions_to_a_closed_account(staff):
    account_of(staff.secretary).status = DISABLED
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        functions.assign(staff.office, user=staff.secretary, function="leaders")
    with as_user(staff.admin), pytest.raises(errors.Invalid):
        functions.assign(staff.office, user="nobody-at-all", function="leaders")


def test_a_function_is_withdrawn_and_stays_in_the_history(staff):
    office = staff.office.getId()
    with as_user(staff.department_admin), pytest.raises(errors.Denied):
        functions.withdraw(staff.office, user=staff.coordinator, function="coordinators")
    assert (office, "coordinators") in held(staff.coordinator)
    with as_user(staff.admin):
        functions.withdraw(staff.office, user=staff.coordinator, function="coordinators")
        with pytest.raises(errors.WrongState):
            functions.withdraw(staff.office, user=staff.coordinator, function="coordinators")
    assert held(staff.coordinator) == {}
    [past] = assignment_store().history_of(staff.coordinator)
    assert past.until is not None
    assert logged("account.withdraw") == 1
    with as_user(staff.coordinator):
        assert "Meeting Coordinator" not in api.user.get_roles(obj=staff.office)


# --- unit.onboard ---


@pytest.fixture
def commune(staff, make):
    return make.create_unit("Xã Suối Lam", "SL", parent=staff.committee, unit_type="commune")


FIRST = {"fullname": "Giang Thị Lý", "email": "ly@example.vn", "assignment_document": "5/QĐ-UBND"}


@pytest.mark.rule("BD-4.2/1")
@pytest.mark.rule("BD-3.3")
def test_a_unit_gets_exactly_one_first_administrator(staff, commune):
    with as_user(staff.system):
        account = functions.onboard(commune, **FIRST)
        assert account_store().first_admins[commune.getId()] == account.user_id == "lygt"
        with pytest.raises(errors.Blocked) as caught:
            functions.onboard(commune, **{**FIRST, "email": "khac@example.vn"})
    [finding] = caught.value.findings
    assert (finding.rule, finding.article) == ("BD-4.2/1", "Điều 4 khoản 2")
    assert held("lygt") == {(commune.getId(), "admins"): ""}
    assert account.assignment_document == "5/QĐ-UBND"
    assert logged("unit.onboard") == 1
    with as_user("lygt"):
        operations.create(commune, fullname="Lò Văn Pá", email="pa@example.vn")
    assert account_of("palv").unit == commune.getId()


@pytest.mark.parametrize("who", ["admin", "province_admin", *OTHERS])
def test_only_the_system_onboards(staff, commune, who):
    with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
        functions.onboard(commune, **FIRST)
    assert commune.getId() not in account_store().first_admins
    assert logged("unit.onboard") == 0


def test_a_unit_with_an_administrator_is_past_its_onboarding(staff):
    with as_user(staff.system), pytest.raises(errors.Blocked):
        functions.onboard(staff.office, **FIRST)
    assert account_of("lygt") is None


# --- passwords ---


@pytest.mark.rule("BD-4.5/3")
def test_a_selection_has_to_change_its_passwords_by_order(staff):
    chosen = (staff.secretary, staff.approver)
    with as_user(staff.admin):
        assert operations.order_password(staff.office, users=chosen, reference="77/CV-STTTT") == 2
    assert [account_of(one).order for one in chosen] == ["77/CV-STTTT"] * 2
    assert account_of(staff.leader).order == ""
    assert logged("account.order_password") == 1


def test_orders_reach_as_far_as_their_giver(staff):
    with as_user(staff.admin), pytest.raises(errors.Denied):
        operations.order_password(staff.office, users=(staff.secretary, staff.delegate), reference="1/CV")
    with as_user(staff.coordinator), pytest.raises(errors.Denied):
        operations.order_password(staff.office, users=(staff.secretary,), reference="1/CV")
    assert account_of(staff.secretary).order == ""
    account_of(staff.secretary).status = DISABLED
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        operations.order_password(staff.office, users=(staff.secretary,), reference="1/CV")
    assert logged("account.order_password") == 0
    with as_user(staff.province_admin):
        operations.order_password(staff.committee, users=(staff.delegate,), reference="1/CV")
    assert account_of(staff.delegate).order == "1/CV"


def test_a_reset_takes_password_codes_and_sessions(staff, monkeypatch):
    ended = []
    monkeypatch.setattr(operations.sessions, "end_all", lambda user_id: ended.append(user_id))
    source = api.portal.get_tool("acl_users").source_users
    before = source._user_passwords[staff.secretary]
    account = account_of(staff.secretary)
    account.otp_secret, account.recovery = "ABC", ("x",)
    with as_user(staff.admin):
        operations.reset_password(staff.office, user=staff.secretary)
    assert source._user_passwords[staff.secretary] != before
    assert (account.otp_secret, account.recovery) == ("", ())
    assert ended[-1] == staff.secretary
    assert ("accounts.invite", {"user": staff.secretary, "kind": "reset", "meeting": ""}) in waiting()
    with as_user(staff.admin):
        operations.reset_password(staff.office, user=staff.secretary, password="Tam-thoi-2026#x")
    assert account.password_by_other
    [entry] = entries(limit=1)
    assert "Tam-thoi" not in str(entry)


def test_who_may_not_reset(staff):
    source = api.portal.get_tool("acl_users").source_users
    before = source._user_passwords[staff.secretary]
    for who in OTHERS:
        with as_user(getattr(staff, who)), pytest.raises(errors.Denied):
            operations.reset_password(staff.office, user=staff.secretary)
    with as_user(staff.admin), pytest.raises(errors.Denied):
        operations.reset_password(staff.office, user=staff.admin)
    account_of(staff.secretary).status = DISABLED
    with as_user(staff.admin), pytest.raises(errors.WrongState):
        operations.reset_password(staff.office, user=staff.secretary)
    assert source._user_passwords[staff.secretary] == before
    assert logged("account.reset_password") == 0


def test_the_access_of_guests_is_extended_and_of_nobody_else(staff, make):
    guest = make.create_person("khach", "Khách Mời", staff.office, (), account={"employment_kind": "guest"})
    with as_user(staff.admin):
        with pytest.raises(errors.WrongState):
            operations.extend_guest(staff.office, user=staff.secretary, expires_on=date(2099, 1, 1))
        with pytest.raises(errors.Invalid):
            operations.extend_guest(staff.office, user=guest, expires_on=date(2020, 1, 1))
        operations.extend_guest(staff.office, user=guest, expires_on=today())
    assert account_of(guest).active()
    with as_user(staff.department_admin), pytest.raises(errors.Denied):
        operations.extend_guest(staff.office, user=guest, expires_on=date(2099, 1, 1))
    assert logged("account.extend_guest") == 1
