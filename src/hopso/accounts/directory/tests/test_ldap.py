"""Logins with the passwords of a real LDAP server."""

from html import unescape
import logging

from hopso.accounts import entrance
from hopso.accounts.directory import door
from hopso.accounts.directory import links
from hopso.accounts.directory import takeover
from hopso.accounts.directory.interfaces import BY_LOGIN
from hopso.accounts.directory.person import Person
from hopso.accounts.directory.tests.conftest import SECRET
from hopso.accounts.directory.tests.conftest import use
from hopso.accounts.logins import login_book
from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.core.text import now
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from plone import api
import pytest
import requests
import transaction


RIGHT = "Thu-muc-2026"


@pytest.fixture
def directory(house, slapd):
    """The small province with the directory switched on."""
    use(slapd)
    return house


def knock(house, login, password, **options):
    return entrance.knock(login, password, house.portal.REQUEST, **options)


class TestWhoComesIn:
    @pytest.mark.rule("BD-4.3")
    def test_a_person_with_an_account_is_found_by_the_address(self, directory):
        verdict = knock(directory, "nvbinh", RIGHT)
        assert verdict.user_id == directory.chair
        assert account_of(directory.chair).directory == "ldap:nvbinh"
        assert dict(links.links()) == {"ldap:nvbinh": directory.chair}

    def test_wrong_password(self, directory):
        assert knock(directory, "nvbinh", "sai").problem == entrance.WRONG
        assert account_of(directory.chair).directory == ""

    @pytest.mark.rule("BD-4.3")
    def test_being_in_the_directory_makes_no_account(self, directory):
        before = set(api.portal.get_tool("acl_users").source_users.listUserIds())
        verdict = knock(directory, "chuaco", RIGHT)
        assert (verdict.user_id, verdict.problem) == ("", entrance.STRANGER)
        # She is told who issues accounts: the administrator of her unit.
        assert "Trần Văn Quản" in verdict.message.mapping["who"]
        assert set(api.portal.get_tool("acl_users").source_users.listUserIds()) == before
        assert account_of("chuaco") is None

    def test_a_disabled_account_stays_out(self, directory):
        account_of(directory.chair).status = DISABLED
        assert knock(directory, "nvbinh", RIGHT).user_id == ""

    def test_an_expired_guest_stays_out(self, directory):
        account_of(directory.chair).expires_at = now()
        assert knock(directory, "nvbinh", RIGHT).user_id == ""

    @pytest.mark.parametrize(
        "login", ["*", "nv*", "nvbinh)(uid=*", "uid=nvbinh", "", " ", "a" * 300, "nv\0binh"]
    )
    def test_names_are_names(self, directory, login):
        assert knock(directory, login, RIGHT).user_id == ""

    def test_an_empty_password_is_none(self, directory):
        assert knock(directory, "nvbinh", "").user_id == ""
        assert door.ask("nvbinh", "") == door.NOBODY

    def test_switched_off(self, directory):
        door.settings().ldap_on = False
        assert knock(directory, "nvbinh", RIGHT).user_id == ""

    def test_nothing_of_the_plug_in_is_active(self, directory):
        folder = api.portal.get_tool("acl_users")
        active = {
            one["interface"]
            for one in folder.plugins.listPluginTypeInfo()
            if "hopso_ldap" in folder.plugins.listPluginIds(one["interface"])
        }
        assert active == set()
        assert folder.searchUsers(id="chuaco") == ()


class TestOnePersonOneAccount:
    def test_the_link_counts_whatever_the_address_becomes(self, directory, slapd):
        knock(directory, "nvbinh", RIGHT)
        slapd.change("nvbinh", mail="admin_vp@example.vn")
        try:
            assert knock(directory, "nvbinh", RIGHT).user_id == directory.chair
        finally:
            slapd.change("nvbinh", mail="chutri@example.vn")

    def test_nobody_walks_into_an_account_that_is_linked(self, directory, slapd):
        knock(directory, "nvbinh", RIGHT)
        slapd.change("chuaco", mail="chutri@example.vn")
        try:
            verdict = knock(directory, "chuaco", RIGHT)
            assert (verdict.user_id, verdict.problem) == ("", entrance.STRANGER)
        finally:
            slapd.change("chuaco", mail="chuaco@example.vn")

    def test_by_login_name(self, directory):
        door.settings().match = BY_LOGIN
        assert knock(directory, "daibieu", RIGHT).user_id == directory.delegate
        assert knock(directory, "nvbinh", RIGHT).problem == entrance.STRANGER

    def test_addresses_that_nobody_vouches_for_match_nothing(self, house):
        person = Person("oidc", "1", email="chutri@example.vn", email_verified=False)
        assert links.match(person, "email") == ""

    def test_accounts_of_zope_are_nobodys(self, house):
        assert links.match(Person("ldap", "admin", login="admin"), BY_LOGIN) == ""

    def test_unlink(self, directory):
        knock(directory, "nvbinh", RIGHT)
        assert links.unlink(directory.chair)
        assert not links.unlink(directory.chair)
        assert dict(links.links()) == {}


class TestTwoPasswords:
    def test_before_the_link_the_own_password_counts_afterwards_it_does_not(self, directory, make):
        assert knock(directory, directory.chair, make.PASSWORD).user_id == directory.chair
        knock(directory, "nvbinh", RIGHT)
        assert knock(directory, directory.chair, make.PASSWORD).user_id == ""

    def test_unless_that_is_wanted(self, directory, make):
        door.settings().exclusive = False
        knock(directory, "nvbinh", RIGHT)
        assert knock(directory, directory.chair, make.PASSWORD).user_id == directory.chair

    def test_its_age_is_the_directorys_business(self, directory):
        account = account_of(directory.chair)
        account.password_by_other = True
        assert "password" in entrance.pending_steps(account, now(), entrance.current_policy())
        knock(directory, "nvbinh", RIGHT)
        assert "password" not in entrance.pending_steps(account, now(), entrance.current_policy())

    def test_switching_the_directory_off_brings_the_own_password_back(self, directory, make):
        knock(directory, "nvbinh", RIGHT)
        door.settings().ldap_on = False
        assert knock(directory, directory.chair, make.PASSWORD).user_id == directory.chair


class TestTheDoorStaysOurs:
    @pytest.mark.rule("BD-12.3.b/1")
    def test_lock_out_counts_failures_at_the_directory(self, directory):
        for _number in range(40):
            verdict = knock(directory, "nvbinh", "sai")
        assert verdict.problem == entrance.LOCKED
        # Even the right password has to wait.
        assert knock(directory, "nvbinh", RIGHT).problem == entrance.LOCKED

    @pytest.mark.rule("BD-12.3.b/1")
    def test_one_time_codes_are_asked_for(self, directory):
        account = account_of(directory.chair)
        account.otp_secret, account.otp_since = "sealed", now()
        verdict = knock(directory, "nvbinh", RIGHT)
        session = entrance.enter(verdict, directory.portal.REQUEST)
        assert "code" in entrance.account_steps(session)
        assert not session.entered

    def test_the_login_log_tells(self, directory):
        knock(directory, "chuaco", RIGHT)
        [line] = list(login_book().between(None, None))
        assert line.note == "no_account"


class TestServerAway:
    def test_it_says_so_and_lets_nobody_in(self, directory, slapd):
        slapd.stop()
        verdict = knock(directory, "nvbinh", RIGHT)
        assert (verdict.user_id, verdict.problem) == ("", entrance.DOWN)

    def test_others_log_in_as_ever(self, directory, slapd, make):
        slapd.stop()
        assert knock(directory, directory.leader, make.PASSWORD).user_id == directory.leader

    def test_no_secret_gets_into_the_log(self, directory, slapd, caplog):
        caplog.set_level(logging.DEBUG)
        slapd.stop()
        knock(directory, "nvbinh", RIGHT)
        slapd.start()
        knock(directory, "nvbinh", RIGHT)
        knock(directory, "nvbinh", "mat-khau-sai")
        for secret in (RIGHT, SECRET, "mat-khau-sai"):
            assert secret not in caplog.text


class TestTakeOver:
    def test_name_and_telephone_come_functions_and_roles_do_not(self, directory, slapd):
        door.settings().take_over = True
        held = functions_of(directory.chair)
        slapd.change("nvbinh", cn="Nguyễn Văn Bình (mới)")
        try:
            knock(directory, "nvbinh", RIGHT)
        finally:
            slapd.change("nvbinh", cn="Nguyễn Văn Bình")
        member = api.user.get(userid=directory.chair)
        assert member.getProperty("fullname") == "Nguyễn Văn Bình (mới)"
        assert account_of(directory.chair).phone == "0912 345 678"
        assert functions_of(directory.chair) == held

    def test_the_job_follows_without_a_login(self, directory, slapd):
        door.settings().take_over = True
        knock(directory, "nvbinh", RIGHT)
        slapd.change("nvbinh", telephoneNumber="0900 000 001")
        try:
            assert takeover.take_over_all() == 1
            assert takeover.take_over_all() == 0
        finally:
            slapd.change("nvbinh", telephoneNumber="0912 345 678")
        assert account_of(directory.chair).phone == "0900 000 001"

    def test_not_unless_wanted(self, directory):
        knock(directory, "nvbinh", RIGHT)
        assert account_of(directory.chair).phone == ""

    def test_a_moved_person_keeps_the_functions_that_the_unit_gave(self, directory):
        assignment_store().assign(directory.chair, Assignment(directory.office.getId(), "members", ""))
        knock(directory, "nvbinh", RIGHT)
        assert len(functions_of(directory.chair)) == 2


class TestOverHttp:
    @pytest.fixture
    def served(self, served_house, slapd):
        use(slapd)
        transaction.commit()
        return served_house

    def log_in(self, served, login, password):
        session = requests.Session()
        answer = session.post(
            f"{served.portal.absolute_url()}/login",
            data={"__ac_name": login, "__ac_password": password, "buttons.login": "1"},
            timeout=30,
        )
        return session, answer

    def test_a_session_of_ours(self, served):
        session, answer = self.log_in(served, "nvbinh", RIGHT)
        assert "Nguyễn Văn Bình" in unescape(answer.text)
        assert "__ac" in session.cookies
        assert session.get(f"{served.portal.absolute_url()}/@@start", timeout=30).status_code == 200

    @pytest.mark.rule("BD-4.3")
    def test_strangers_get_a_clear_page_and_no_session(self, served):
        session, answer = self.log_in(served, "chuaco", RIGHT)
        assert "Trần Văn Quản" in answer.text
        assert "__ac" not in session.cookies
        start = session.get(f"{served.portal.absolute_url()}/@@start", timeout=30)
        assert "__ac_password" in start.text
