"""Logins by a portal that speaks OpenID Connect, over real HTTP."""

from urllib.parse import parse_qs
from urllib.parse import urlsplit

from hopso.accounts.directory import door
from hopso.accounts.directory.tests.conftest import installed
from hopso.accounts.logins import login_book
from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.core.text import now
from plone import api
import pytest
import requests
import transaction


if not installed("pas.plugins.oidc"):
    pytest.skip("the extra oidc is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def portal_running():
    from hopso.accounts.directory.tests.portal import Portal

    server = Portal()
    yield server
    server.stop()


@pytest.fixture
def provider(portal_running):
    portal_running.reset()
    return portal_running


@pytest.fixture
def house(served_house, provider):
    """The small province behind a real server, with the portal switched on."""
    from hopso.accounts.directory import oidc
    from hopso.accounts.directory.tests.portal import CLIENT
    from hopso.accounts.directory.tests.portal import SECRET

    oidc.configure(issuer=provider.url, client_id=CLIENT, client_secret=SECRET)
    door.settings().oidc_on = True
    transaction.commit()
    return served_house


@pytest.fixture
def url(house):
    return house.portal.absolute_url()


def come(url, browser=None, came_from=""):
    """Walk through the portal as a browser does; return it and the last answer."""
    browser = browser or requests.Session()
    answer = browser.get(
        f"{url}/@@oidc-login", params={"came_from": came_from} if came_from else {}, timeout=30
    )
    transaction.begin()
    return browser, answer


def is_in(browser, url) -> bool:
    answer = browser.get(f"{url}/@@start", timeout=30, allow_redirects=False)
    return answer.status_code == 200 and "hs-who" in answer.text


class TestComingIn:
    @pytest.mark.rule("BD-4.3")
    def test_a_person_with_an_account(self, house, url, provider):
        browser, answer = come(url, came_from=f"{url}/@@start")
        assert answer.status_code == 200
        assert is_in(browser, url)
        assert account_of(house.chair).directory.startswith("oidc:")
        [question] = provider.asked
        assert question["code_challenge_method"] == "S256"
        assert question["response_type"] == "code"
        # The cookie of the way there is gone.
        assert "hopso_oidc" not in browser.cookies

    def test_one_goes_on_to_where_one_wanted(self, house, url):
        answer = come(url, came_from=f"{url}/@@meetings")[1]
        assert answer.url == f"{url}/@@meetings"

    @pytest.mark.parametrize("goal", ["https://example.com/", "//example.com", "javascript:alert(1)"])
    def test_never_to_another_site(self, house, url, goal):
        answer = come(url, came_from=goal)[1]
        assert answer.url.startswith(url)

    @pytest.mark.rule("BD-4.3")
    def test_strangers_get_a_page_and_no_session(self, house, url, provider):
        provider.person |= {"sub": "9", "email": "chuaco@example.vn", "department": "Văn phòng"}
        before = set(api.portal.get_tool("acl_users").source_users.listUserIds())
        browser, answer = come(url)
        assert answer.status_code == 403
        assert "Trần Văn Quản" in answer.text
        assert not is_in(browser, url)
        assert set(api.portal.get_tool("acl_users").source_users.listUserIds()) == before
        assert [line.note for line in login_book().between(None, None)] == ["no_account"]

    def test_disabled_accounts_stay_out(self, house, url):
        account_of(house.chair).status = DISABLED
        transaction.commit()
        browser, answer = come(url)
        assert answer.status_code == 403
        assert not is_in(browser, url)

    def test_an_address_that_nobody_vouches_for(self, house, url, provider):
        provider.person["email_verified"] = False
        assert come(url)[1].status_code == 403

    @pytest.mark.rule("BD-12.3.b/1")
    def test_one_time_codes_are_asked_for(self, house, url):
        account = account_of(house.chair)
        account.otp_secret, account.otp_since = "sealed", now()
        transaction.commit()
        browser, answer = come(url)
        assert "@@continue" in answer.url
        assert not is_in(browser, url)

    def test_switched_off(self, house, url):
        door.settings().oidc_on = False
        transaction.commit()
        assert come(url)[1].status_code == 404

    def test_the_login_page_leads_there(self, house, url):
        assert f"{url}/@@oidc-login" in requests.get(f"{url}/login", timeout=30).text


class TestAnswersThatAreNotBelieved:
    def check(self, url, browser=None):
        browser, answer = come(url, browser)
        assert answer.status_code == 400
        assert not is_in(browser, url)

    def test_signed_by_somebody_else(self, house, url, provider):
        provider.signing_key = provider.foreign_key
        self.check(url)

    def test_not_signed(self, house, url, provider):
        provider.algorithm = "none"
        self.check(url)

    @pytest.mark.parametrize(
        "claims",
        [
            {"nonce": "another"},
            {"nonce": None},
            {"aud": "another"},
            {"aud": ["hopso", "another"]},
            {"iss": "http://localhost:1"},
            {"exp": 1},
            {"iat": 4102444800, "exp": 4102444900},
            {"sub": "another"},
        ],
    )
    def test_token_for_something_else(self, house, url, provider, claims):
        provider.claims = claims
        self.check(url)

    def test_userinfo_of_another_person(self, house, url, provider):
        provider.userinfo = {"sub": "another"}
        self.check(url)

    def back(self, url):
        """Return the address to which the portal sends a browser that is not ours."""
        other = requests.Session()
        there = other.get(f"{url}/@@oidc-login", timeout=30, allow_redirects=False).headers["Location"]
        return other, requests.get(there, timeout=30, allow_redirects=False).headers["Location"]

    def test_an_answer_to_somebody_else(self, house, url):
        """A stranger's link must not log somebody in as the stranger."""
        _other, back = self.back(url)
        browser = requests.Session()
        assert browser.get(back, timeout=30).status_code == 400
        assert not is_in(browser, url)
        # Nor in a browser that is on its own way there.
        browser.get(f"{url}/@@oidc-login", timeout=30, allow_redirects=False)
        assert browser.get(back, timeout=30).status_code == 400
        assert not is_in(browser, url)

    def test_an_answer_counts_once(self, house, url):
        other, back = self.back(url)
        other.get(back, timeout=30)
        assert is_in(other, url)
        other.get(f"{url}/logout", timeout=30)
        assert other.get(back, timeout=30).status_code == 400

    @pytest.mark.parametrize(
        "query", ["", "code=x", "state=x", "error=access_denied&state=x", "code=x&state=%00"]
    )
    def test_no_answer_at_all(self, house, url, query):
        assert requests.get(f"{url}/@@oidc-callback?{query}", timeout=30).status_code == 400

    def test_cookies_of_other_people_make(self, house, url):
        for cookie in ("x", "e30=", "bnVsbA==", "W10="):
            answer = requests.get(
                f"{url}/@@oidc-callback?code=x&state=y", cookies={"hopso_oidc": cookie}, timeout=30
            )
            assert answer.status_code == 400

    def test_the_pages_of_the_plug_in_are_closed(self, house, url):
        for name in ("login", "callback", "logout", "require_login", "backchannel-logout"):
            answer = requests.get(
                f"{url}/acl_users/hopso_oidc/{name}?code=x&state=y", timeout=30, allow_redirects=False
            )
            assert answer.status_code in (302, 401, 403, 404), name
            # Redirected, if at all, to our own login form; never to the portal.
            assert answer.headers.get("Location", url).startswith(url)


class TestGoingOut:
    def test_out_of_both(self, house, url, provider):
        browser = come(url)[0]
        answer = browser.get(f"{url}/@@oidc-logout", timeout=30, allow_redirects=False)
        there = urlsplit(answer.headers["Location"])
        assert f"{there.scheme}://{there.netloc}" == provider.url
        assert parse_qs(there.query)["post_logout_redirect_uri"] == [url]
        assert not is_in(browser, url)


class TestPortalAway:
    def test_it_says_so(self, house, url):
        from hopso.accounts.directory import oidc

        oidc.configure(issuer="http://localhost:1")
        transaction.commit()
        answer = come(url)[1]
        assert answer.status_code == 503
        assert "__ac_password" in requests.get(f"{url}/login", timeout=30).text
