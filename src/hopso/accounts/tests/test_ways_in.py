"""Lock-out, one-time codes, terms, programs, forgotten passwords: over HTTP, as clients see them."""

from datetime import timedelta

from hopso.accounts import codes
from hopso.accounts import logins
from hopso.accounts import sessions
from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.accounts.tests.test_doors import answer_field
from hopso.accounts.tests.test_doors import change
from hopso.accounts.tests.test_doors import inside
from hopso.accounts.tests.test_doors import JSON
from hopso.accounts.tests.test_doors import log_in
from hopso.audit.log import entries
from hopso.core.text import now
from hopso.factories import PASSWORD
from hopso.tasks.testing import waiting
import pyotp
import pytest
import requests
import transaction


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECOVERY = "bcdf-ghjk-mnpq-rstv"


@pytest.fixture
def site(served_house):
    """Address of the site."""
    return served_house.portal.absolute_url()


@pytest.fixture
def coded(served_house):
    """A person with one-time codes."""
    hashes = (codes.recovery_hash(RECOVERY),)
    change(served_house.delegate, otp_secret="plain:" + SECRET, otp_since=now(), recovery=hashes)
    return served_house.delegate


def code() -> str:
    return pyotp.TOTP(SECRET).now()


def step(browser, site, name, **form):
    """Send one step of the way in."""
    token = answer_field(browser.get(f"{site}/@@continue", timeout=60).text, "token")
    form = {"step": name, "token": token, **form}
    return browser.post(f"{site}/@@continue", data=form, allow_redirects=False, timeout=60)


def api_login(site, login, password=PASSWORD, **more):
    data = {"login": login, "password": password, **more}
    return requests.post(f"{site}/@login", json=data, headers=JSON, timeout=60)


def outcomes(user_id) -> list[str]:
    transaction.begin()
    return [one.outcome for one in logins.logins_of(user_id)]


@pytest.mark.rule("BD-12.3.b/1")
def test_failures_lock_out_whoever_fails_but_not_the_owner(site, served_house):
    owner = log_in(site, served_house.delegate)[0]
    for _number in range(5):
        answer = log_in(site, served_house.delegate, "guess")[1]
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 31
    # Even the right password opens nothing from there now, through no door.
    assert log_in(site, served_house.delegate)[1].status_code == 429
    answer = api_login(site, served_house.delegate)
    assert (answer.status_code, answer.json()["type"]) == (429, "TooManyFailures")
    basic = (served_house.delegate, PASSWORD)
    assert requests.get(f"{site}/@my-sessions", auth=basic, headers=JSON, timeout=60).status_code == 401
    # The owner's browser is known, and so is its session.
    assert inside(owner, site)
    owner.cookies.pop("__ac")
    form = {"__ac_name": served_house.delegate, "__ac_password": PASSWORD}
    assert owner.post(f"{site}/login", data=form, allow_redirects=False, timeout=60).status_code == 303
    assert outcomes(served_house.delegate).count("failed") == 5
    assert log_in(site, served_house.leader)[1].status_code == 303
    failed = [one for one in entries(operation="login.failed") if one.subject == served_house.delegate]
    assert len(failed) == 5
    for _number in range(5):
        owner.post(f"{site}/login", data=form | {"__ac_password": "guess"}, timeout=60)
    assert "many_failures" not in str(waiting())


@pytest.mark.rule("BD-12.3.b/1")
def test_a_code_is_asked_for_after_the_password(site, coded):
    browser, answer = log_in(site, coded)
    assert answer.headers["Location"].endswith("/@@continue")
    assert not inside(browser, site)
    answer = browser.get(f"{site}/@my-sessions", headers=JSON, timeout=60)
    assert (answer.status_code, answer.json()["type"]) == (401, "CodeNeeded")
    assert step(browser, site, "code", code="000000").status_code == 400
    used = code()
    assert step(browser, site, "code", code=used).status_code == 303
    assert inside(browser, site)
    assert outcomes(coded).count("entered") == 1
    # The same code opens no second session; a recovery code does, once.
    other = log_in(site, coded)[0]
    assert step(other, site, "code", code=used).status_code == 400
    assert step(other, site, "code", code=RECOVERY).status_code == 303
    assert inside(other, site)
    third = log_in(site, coded)[0]
    assert step(third, site, "code", code=RECOVERY).status_code == 400
    assert not inside(third, site)


def test_no_step_without_the_token_of_the_session(site, coded):
    browser = log_in(site, coded)[0]
    form = {"step": "code", "code": code(), "token": "0" * 64}
    assert browser.post(f"{site}/@@continue", data=form, timeout=60).status_code == 403
    assert not inside(browser, site)
    stranger = requests.get(f"{site}/@@continue", timeout=60)
    assert stranger.url.endswith("/login")


def test_programs_give_the_code_with_the_password(site, coded):
    answer = api_login(site, coded)
    assert (answer.status_code, answer.json()["type"]) == (401, "CodeNeeded")
    assert api_login(site, coded, code="000000").status_code == 401
    answer = api_login(site, coded, code=code())
    assert answer.status_code == 200
    bearer = {"Authorization": f"Bearer {answer.json()['token']}", **JSON}
    assert requests.get(f"{site}/@my-sessions", headers=bearer, timeout=60).json()["items_total"] == 1
    # Name and password alone are no way around the code.
    basic = requests.get(f"{site}/@my-sessions", headers=JSON, auth=(coded, PASSWORD), timeout=60)
    assert basic.status_code == 401


@pytest.mark.rule("BD-4.5/1")
def test_terms_are_accepted_once_for_each_version(site, served_house):
    change(served_house.delegate, terms_version="")
    browser = log_in(site, served_house.delegate)[0]
    assert not inside(browser, site)
    assert step(browser, site, "terms", version="1").status_code == 400
    assert step(browser, site, "terms", version="0", accept="1").status_code == 409
    assert step(browser, site, "terms", version="1", accept="1").status_code == 303
    assert inside(browser, site)
    transaction.begin()
    assert account_of(served_house.delegate).terms_version == "1"
    assert any(one.operation == "terms.accepted" for one in entries(who=served_house.delegate))


@pytest.mark.rule("BD-4.5/3")
def test_an_order_holds_at_the_next_request(site, served_house):
    browser = log_in(site, served_house.delegate)[0]
    assert inside(browser, site)
    change(served_house.delegate, order="12/CV-STTTT")
    answer = browser.get(f"{site}/@@start", timeout=60)
    assert "12/CV-STTTT" in answer.text
    basic = requests.get(
        f"{site}/@my-sessions", headers=JSON, auth=(served_house.delegate, PASSWORD), timeout=60
    )
    assert basic.status_code == 401


@pytest.mark.parametrize(
    "came_from", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_logging_in(site, served_house, came_from):
    answer = log_in(site, served_house.delegate, came_from=came_from)[1]
    assert answer.headers["Location"] == site


def test_a_form_of_another_site_logs_nobody_in(site, served_house):
    form = {"__ac_name": served_house.delegate, "__ac_password": PASSWORD}
    headers = {"Origin": "https://example.org"}
    answer = requests.post(f"{site}/login", data=form, headers=headers, allow_redirects=False, timeout=60)
    assert answer.status_code == 403
    assert "__ac" not in answer.cookies


@pytest.mark.rule("NT-6.3/1")
def test_sessions_are_listed_and_ended_by_their_owner(site, served_house):
    first = api_login(site, served_house.delegate).json()["token"]
    second = api_login(site, served_house.delegate).json()["token"]
    stranger = api_login(site, served_house.leader).json()["token"]

    def call(method, token, path="@my-sessions"):
        headers = {"Authorization": f"Bearer {token}", **JSON}
        return requests.request(method, f"{site}/{path}", headers=headers, timeout=60)

    items = call("GET", first).json()["items"]
    assert [one["current"] for one in items].count(True) == 1
    other = next(one["id"] for one in items if not one["current"])
    assert call("DELETE", stranger, f"@my-sessions/{other}").status_code == 404
    assert call("DELETE", first, f"@my-sessions/{other}").status_code == 204
    assert call("GET", second).status_code == 401
    renewed = call("POST", first, "@login-renew").json()["token"]
    assert call("GET", first).status_code == 401
    assert call("POST", renewed, "@logout").status_code == 204
    assert call("GET", renewed).status_code == 401
    assert outcomes(served_house.delegate)[:2] == ["left", "ended"]
    found = [
        one.operation for one in entries(who=served_house.delegate) if one.operation in ("login", "logout")
    ]
    assert found == ["logout", "login", "login"]


def test_help_is_mailed_to_accounts_in_use_only(site, served_house):
    def ask(name):
        return requests.post(f"{site}/@@login-help", data={"name": name}, timeout=60)

    change(served_house.secretary, status=DISABLED)
    texts = {ask(name).text for name in ("nobody-here", served_house.secretary, served_house.delegate)}
    assert len(texts) == 1
    assert ask("chutri@example.vn").status_code == 200
    asked = [kwargs["user"] for name, kwargs in waiting() if name == "accounts.invite"]
    assert asked == [served_house.delegate, served_house.chair]
    for path in ("passwordreset/abc", "mail_password", "mail_password_form"):
        assert requests.get(f"{site}/{path}", timeout=60).url.endswith("/@@login-help")
    answer = requests.post(
        f"{site}/@users/{served_house.delegate}/reset-password",
        json={"reset_token": "x", "new_password": "Song-Kon#2026"},
        headers=JSON,
        timeout=60,
    )
    assert answer.status_code in (401, 403)


def test_a_session_that_is_silent_for_too_long_is_over(site, served_house):
    browser = log_in(site, served_house.delegate)[0]
    transaction.begin()
    session = sessions.find(browser.cookies["__ac"])
    session.seen_at = now() - timedelta(hours=3)
    transaction.commit()
    assert not inside(browser, site)


def test_pages_are_read_without_writing(site, served_house):
    browser = log_in(site, served_house.delegate)[0]
    inside(browser, site)
    transaction.begin()
    storage = served_house.portal._p_jar.db().storage
    before = storage.lastTransaction()
    assert inside(browser, site)
    requests.get(f"{site}/login", timeout=60)
    assert storage.lastTransaction() == before
