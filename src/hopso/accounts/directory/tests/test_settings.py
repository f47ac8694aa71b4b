"""The settings page: for system administrators, and secrets stay secret."""

import re

from hopso.accounts.directory import door
from hopso.accounts.directory import health
from hopso.accounts.directory import settings
from hopso.accounts.directory.tests.conftest import ADMIN
from hopso.accounts.directory.tests.conftest import installed
from hopso.accounts.directory.tests.conftest import SECRET
from hopso.accounts.directory.tests.conftest import use
from hopso.audit.log import audit_log
from hopso.factories import as_system
from hopso.factories import PASSWORD
from hopso.security.matrix import SYSTEM
from hopso.tasks.health import BAD
from hopso.tasks.health import GOOD
from plone import api
import pytest
import requests
import transaction


@pytest.fixture
def browser(served_house):
    """A session of a system administrator, and the address of the page."""
    with as_system():
        api.user.grant_roles(username=served_house.leader, roles=[SYSTEM])
    transaction.commit()
    return logged_in(served_house, served_house.leader)


def logged_in(house, user_id):
    url = house.portal.absolute_url()
    session = requests.Session()
    form = {"__ac_name": user_id, "__ac_password": PASSWORD, "came_from": f"{url}/@@start"}
    session.post(f"{url}/login", data=form, timeout=60)
    session.page = f"{url}/@@directory-settings"
    return session


def send(browser, **form):
    shown = browser.get(browser.page, timeout=60).text
    token = re.search(r'name="_authenticator" value="([^"]+)"', shown).group(1)
    answer = browser.post(browser.page, data={"_authenticator": token, **form}, timeout=60)
    transaction.begin()
    return answer


def ldap_form(uri="ldaps://ldap.example.vn"):
    return {
        "ldap.uri": uri,
        "ldap.user": ADMIN,
        "ldap.password": SECRET,
        "ldap.base": "ou=people,dc=haison,dc=example",
        "ldap.filter": "(objectClass=inetOrgPerson)",
        "ldap.login": "uid",
        "ldap_on": "1",
        "match": "email",
        "exclusive": "1",
        "save": "1",
    }


@pytest.mark.parametrize("who", ["admin", "coordinator", "delegate"])
def test_for_system_administrators_only(served_house, who):
    session = logged_in(served_house, getattr(served_house, who))
    assert session.get(session.page, timeout=60).status_code == 403


def test_nothing_without_a_token(browser):
    assert browser.post(browser.page, data=ldap_form(), timeout=60).status_code == 403
    assert door.settings().ldap_on is False


@pytest.mark.skipif(not installed("pas.plugins.ldap"), reason="the extra ldap is not installed")
class TestLdap:
    def test_secrets_are_kept_and_never_shown(self, browser):
        from hopso.accounts.directory import ldap

        page = send(browser, **ldap_form()).text
        assert door.settings().ldap_on
        assert "ldaps://ldap.example.vn" in page
        assert SECRET not in page
        # Sent empty it stays.
        send(browser, **{**ldap_form("ldaps://other.example.vn"), "ldap.password": ""})
        assert ldap.installed().settings["server.password"] == SECRET
        assert ldap.installed().settings["server.uri"] == "ldaps://other.example.vn"

    def test_the_audit_log_tells_what_changed_but_no_secret(self, browser):
        send(browser, **ldap_form())
        [entry] = [one for one in audit_log().between() if one.operation == "directory.configure"]
        told = repr(vars(entry)) if hasattr(entry, "__dict__") else repr(entry)
        assert "ldaps://ldap.example.vn" in told
        assert "ldap.password" in told
        assert SECRET not in told

    def test_an_address_of_another_kind_is_refused(self, browser):
        page = send(browser, **ldap_form("https://ldap.example.vn")).text
        assert "ldap://" in page
        assert "hs-note--bad" in page
        assert not door.settings().ldap_on

    def test_the_connection_is_tested(self, browser, slapd):
        use(slapd)
        transaction.commit()
        assert "knows 4 people" in send(browser, test="ldap").text
        slapd.stop()
        assert "No answer" in send(browser, test="ldap").text

    def test_the_health_page_tells(self, house, slapd):
        use(slapd)
        assert [one.level for one in health.checks()] == [GOOD]
        slapd.stop()
        assert [one.level for one in health.checks()] == [BAD]


class TestWithoutTheExtras:
    """What production without them sees."""

    @pytest.fixture(autouse=True)
    def without(self, monkeypatch):
        monkeypatch.setattr(settings, "find_spec", lambda name: None)

    def test_the_page_names_them(self, browser):
        page = browser.get(browser.page, timeout=60).text
        assert "hopso[ldap]" in page
        assert "hopso[oidc]" in page

    def test_nothing_can_be_switched_on(self, browser):
        send(browser, **ldap_form(), oidc_on="1")
        assert not door.settings().ldap_on
        assert not door.settings().oidc_on

    def test_what_was_switched_on_is_red(self, house):
        door.settings().ldap_on = True
        assert [one.level for one in health.checks()] == [BAD]
