"""Coming in over HTTP: form, cookie, bearer token, name and password in the header."""

from datetime import timedelta

from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.core.text import now
from hopso.factories import PASSWORD
import pytest
import requests
import transaction


JSON = {"Accept": "application/json"}


@pytest.fixture
def site(served_house):
    """Address of the site."""
    return served_house.portal.absolute_url()


def log_in(site, user, password=PASSWORD, **form):
    """Return (a browser, its answer) after sending the login form; no redirect is followed."""
    browser = requests.Session()
    form = {"__ac_name": user, "__ac_password": password, **form}
    answer = browser.post(f"{site}/login", data=form, allow_redirects=False, timeout=60)
    return browser, answer


def inside(browser, site) -> bool:
    """Tell whether a browser gets the start page itself."""
    answer = browser.get(f"{site}/@@start", allow_redirects=False, timeout=60)
    return answer.status_code == 200 and "hs-who" in answer.text


def change(user_id, **fields):
    """Change the record of an account, committed."""
    transaction.begin()
    for name, value in fields.items():
        setattr(account_of(user_id), name, value)
    transaction.commit()


@pytest.mark.rule("BD-4.4")
def test_the_cookie_is_random_and_out_of_reach_for_scripts(site, served_house):
    browser, answer = log_in(site, served_house.delegate)
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert served_house.delegate not in cookie
    assert inside(browser, site)
    other = log_in(site, served_house.delegate)[0]
    assert other.cookies["__ac"] != browser.cookies["__ac"]


def test_fields_of_the_form_open_no_other_page(site, served_house):
    form = {"__ac_name": served_house.delegate, "__ac_password": PASSWORD}
    answer = requests.post(f"{site}/@@start", data=form, allow_redirects=False, timeout=60)
    assert "hs-who" not in answer.text


@pytest.mark.rule("BD-12.3.b/1")
def test_logging_out_ends_the_session_for_good(site, served_house):
    browser = log_in(site, served_house.delegate)[0]
    stolen = browser.cookies["__ac"]
    browser.get(f"{site}/logout", timeout=60)
    thief = requests.Session()
    thief.cookies["__ac"] = stolen
    assert not inside(thief, site)


@pytest.mark.parametrize("fields", [{"status": DISABLED}, {"expires_at": now() - timedelta(minutes=1)}])
def test_a_disabled_account_is_out_at_its_next_request(site, served_house, fields):
    browser = log_in(site, served_house.delegate)[0]
    token = browser.cookies["__ac"]
    assert inside(browser, site)
    change(served_house.delegate, **fields)
    assert not inside(browser, site)
    bearer = {"Authorization": f"Bearer {token}", **JSON}
    for path in ("", "/@operations"):
        address = served_house.meeting.absolute_url() + path
        assert requests.get(address, headers=bearer, timeout=60).status_code == 401
        answer = requests.get(address, headers=JSON, auth=(served_house.delegate, PASSWORD), timeout=60)
        assert answer.status_code == 401
    assert log_in(site, served_house.delegate)[1].status_code == 200


def test_wrong_and_unknown_are_told_the_same(site, served_house):
    wrong = log_in(site, served_house.delegate, "nothing")[1].text
    unknown = log_in(site, "nobody-here", "nothing")[1].text
    assert wrong.replace(served_house.delegate, "") == unknown.replace("nobody-here", "")


@pytest.mark.rule("BD-4.5/2")
def test_an_expired_password_must_be_changed_before_anything_else(site, served_house):
    browser = log_in(site, served_house.delegate)[0]
    change(served_house.delegate, password_set_at=now() - timedelta(days=91))
    answer = browser.get(f"{site}/@@start", timeout=60)
    assert answer.url.split("?")[0] == f"{site}/@@continue"
    answer = browser.get(served_house.meeting.absolute_url(), headers=JSON, timeout=60)
    assert (answer.status_code, answer.json()["type"]) == (401, "PasswordChangeNeeded")
    token = answer_field(browser.get(f"{site}/@@continue", timeout=60).text, "token")
    form = {
        "step": "password",
        "token": token,
        "current": PASSWORD,
        "password": "Mat-khau-2027!",
        "again": "Mat-khau-2027!",
    }
    answer = browser.post(f"{site}/@@continue", data=form, allow_redirects=False, timeout=60)
    assert answer.status_code == 303
    assert inside(browser, site)
    assert log_in(site, served_house.delegate)[1].status_code == 200
    assert log_in(site, served_house.delegate, "Mat-khau-2027!")[1].status_code == 303


def answer_field(text, name):
    """Return the value of a hidden field."""
    return text.split(f'name="{name}" value="')[1].split('"')[0]
