"""Security headers, cookies, addresses of clients and of static files, over a real server."""

import re

from hopso.core import headers
from hopso.core.headers import is_secure
from hopso.core.headers import STRICT
from hopso.core.headers import text_of
from hopso.core.static import address
from hopso.core.static import HOUSE
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
import pytest
import requests
import transaction
from ZPublisher import HTTPRequest


def get(url, user=None, make=None, **options):
    options.setdefault("allow_redirects", False)
    if user:
        options["auth"] = (user, make.PASSWORD)
    return requests.get(url, timeout=30, **options)


def over_https(url: str, path: str) -> str:
    """Return an address as nginx sends it on when a browser came over HTTPS."""
    host, _slash, site = url.partition("://")[2].partition("/")
    return f"http://{host}/VirtualHostBase/https/hop.tinh.gov.vn:443/{site}/VirtualHostRoot/{path}"


@pytest.fixture
def url(served_house):
    """The address of the site; the server knows virtual hosts as the real one does."""
    app = served_house.portal.getPhysicalRoot()
    if "virtual_hosting" not in app.objectIds():
        manage_addVirtualHostMonster(app, "virtual_hosting")
        transaction.commit()
    return served_house.portal.absolute_url()


class TestHeaders:
    @pytest.mark.parametrize(
        ("path", "status"),
        [("login", 200), ("@@start", 200), ("nothing-here", 404), ("don-vi", 200), ("@@audit-log", 403)],
    )
    def test_pages_and_errors_are_strict(self, url, served_house, make, path, status):
        answer = get(f"{url}/{path}", served_house.leader, make)
        assert answer.status_code in (status, 302)
        policy = answer.headers["Content-Security-Policy"]
        assert policy == text_of(STRICT)
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer.headers

    def test_strangers_get_them_too(self, url):
        answer = get(f"{url}/@@start")
        assert answer.headers["Content-Security-Policy"] == text_of(STRICT)

    def test_pages_of_ours_hold_no_script_and_no_style(self, url, served_house, make):
        for path in ("@@start", "@@meetings", "luu-tru", served_house.meeting.absolute_url()[len(url) + 1 :]):
            page = get(f"{url}/{path}", served_house.coordinator, make).text
            assert page.count("<script") > 0
            assert not re.search(r"<script(?![^>]*\ssrc=)", page), path
            assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", page), path

    def test_forms_and_control_panels_of_plone_may_do_what_they_need(self, url, served_house, make):
        policy = get(f"{url}/@@personal-information", served_house.leader, make).headers[
            "Content-Security-Policy"
        ]
        assert "script-src 'self' 'unsafe-eval';" in policy
        assert "frame-ancestors 'self'" in policy
        answer = requests.get(
            f"{url}/@@site-controlpanel", auth=(SITE_OWNER_NAME, SITE_OWNER_PASSWORD), timeout=30
        )
        assert answer.status_code == 200
        assert "script-src 'self' 'unsafe-inline'" in answer.headers["Content-Security-Policy"]

    def test_over_https_cookies_are_secure(self, url):
        answer = get(over_https(url, "login?set_language=vi"))
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
        given = answer.raw.headers.getlist("Set-Cookie")
        assert given
        for cookie in given:
            assert "Secure" in cookie
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie


def test_templates_hold_no_style_and_no_script():
    guilty = [
        (path.name, found.group(0)[:60])
        for path in HOUSE.rglob("*.pt")
        for found in re.finditer(
            r"""\sstyle=|\son[a-z]+="|attributes="style |;\s*style |<style|<script(?![^>]*\bsrc\b)""",
            path.read_text("utf-8"),
        )
    ]
    assert guilty == []


def test_a_refused_page_says_why(url, served_house, make):
    answer = get(f"{url}/@@new-meeting", served_house.secretary, make)
    assert answer.status_code == 403
    assert "Only coordinators of a unit register its meetings" in answer.text


class TestClientAddress:
    """Who says where a request comes from: the peer, unless the peer is a proxy of ours."""

    def recorded(self, url, monkeypatch, forwarded):
        seen = []
        monkeypatch.setattr(
            headers, "is_secure", lambda request: seen.append(request.getClientAddr()) or is_secure(request)
        )
        get(f"{url}/login", headers={"X-Forwarded-For": forwarded})
        return seen[-1]

    def test_strangers_cannot_choose_one(self, url, monkeypatch):
        monkeypatch.setattr(HTTPRequest, "trusted_proxies", ("192.0.2.7",))
        assert self.recorded(url, monkeypatch, "203.0.113.9") == "127.0.0.1"

    def test_proxies_of_ours_tell_it(self, url, monkeypatch):
        monkeypatch.setattr(HTTPRequest, "trusted_proxies", ("127.0.0.1",))
        assert self.recorded(url, monkeypatch, "203.0.113.9") == "203.0.113.9"

    def test_what_the_browser_wrote_before_the_proxy_counts_for_nothing(self, url, monkeypatch):
        monkeypatch.setattr(HTTPRequest, "trusted_proxies", ("127.0.0.1",))
        assert self.recorded(url, monkeypatch, "198.51.100.1, 203.0.113.9") == "203.0.113.9"


class TestStaticFiles:
    def test_modules_share_the_digest(self, url):
        script = address("theme", "hopso.js")
        answer = get(script)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        # What it imports by a relative name has the digest in its address, too.
        for name in re.findall(r'from "\./([\w.]+)"|import "\./([\w.]+)"', answer.text):
            other = script.replace("hopso.js", "".join(name))
            assert get(other).headers["Cache-Control"] == answer.headers["Cache-Control"]

    def test_every_page_uses_such_addresses(self, url, served_house, make):
        page = get(f"{url}/luu-tru", served_house.leader, make).text
        assert re.findall(r'(?:src|href)="[^"]*/\+\+resource\+\+hopso[^"]*"', page) == []
        assert page.count("/++hopso++") > 3

    def test_nothing_but_static_files_is_behind_such_addresses(self, url, served_house, make):
        for path in ("++hopso++theme-x/@@start", "++hopso++theme-x/don-vi", "++hopso++nothing-x/hopso.js"):
            assert get(f"{url}/{path}", served_house.leader, make).status_code == 404

    def test_an_old_address_gives_the_new_file_for_a_day(self, url):
        answer = get(f"{url}/++hopso++theme-0000000000/hopso.js")
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]
