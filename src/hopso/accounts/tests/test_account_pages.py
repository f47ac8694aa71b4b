"""One's own page, the login log within one's reach, the plug-ins coming and going."""

from datetime import timedelta
from html import unescape

from hopso.accounts import gate
from hopso.accounts import listings
from hopso.accounts import logins
from hopso.accounts import sessions
from hopso.accounts.records import account_of
from hopso.accounts.views.labels import agent_name
from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.text import now
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.tasks.testing import waiting
from plone import api
from plone.protect.authenticator import createToken
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IExtractionPlugin
from Products.PluggableAuthService.interfaces.plugins import IValidationPlugin
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def log(staff):
    """A few lines about people of two units."""
    for user_id, outcome in (
        (staff.delegate, logins.ENTERED),
        (staff.secretary, logins.FAILED),
        (staff.secretary, logins.ENTERED),
        ("", logins.FAILED),
    ):
        logins.log_login(user_id, outcome, address="203.113.1.7", agent="Mozilla/5.0 (iPad) Safari/1")
    old = now() - timedelta(days=60)
    logins.log_login(staff.secretary, logins.ENTERED, when=old)
    return staff


def seen(user_id, **wanted):
    with as_user(user_id):
        return [(one.user_id, one.outcome) for one in listings.lines(listings.Filter(**wanted))]


class TestLoginLog:
    @pytest.mark.rule("BD-12.3.b/1")
    def test_everybody_sees_what_is_within_reach(self, log):
        own = [(log.secretary, "entered"), (log.secretary, "failed")]
        assert seen(log.admin) == own
        assert seen(log.department_admin) == [(log.delegate, "entered")]
        assert seen(log.province_admin) == [*own, (log.delegate, "entered")]
        assert len(seen(log.system)) == 4
        for stranger in (log.delegate, log.leader, log.coordinator):
            with pytest.raises(errors.Denied):
                seen(stranger)

    def test_filters(self, log):
        assert seen(log.admin, person=log.secretary, outcome="failed") == [(log.secretary, "failed")]
        assert seen(log.admin, person=log.delegate) == []
        assert seen(log.admin, address="113.") == []
        long_ago = (now() - timedelta(days=70)).date()
        assert len(seen(log.admin, first=long_ago)) == 3
        assert len(seen(log.admin, first=long_ago, last=long_ago + timedelta(days=30))) == 1

    @pytest.mark.parametrize(
        "bad", [{"page": "x"}, {"page": "99999999"}, {"from": "31/31"}, {"outcome": "y"}, {"person": ["a"]}]
    )
    def test_nonsense_in_the_filter_is_left_out(self, bad):
        assert listings.read_filter(bad) == listings.Filter()

    def test_the_last_logins(self, log):
        found = logins.last_logins([log.secretary, log.leader])
        assert now() - found[log.secretary] < timedelta(minutes=1)
        assert found[log.leader] is None

    def test_old_lines_are_purged(self, log):
        assert logins.login_book().purge(now() - timedelta(days=30)) == 1
        assert len(logins.logins_of(log.secretary)) == 2

    @pytest.mark.parametrize("form,start", [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
    def test_the_export_is_on_record(self, log, form, start):
        with as_user(log.admin):
            data = view(log.portal, "logins-export", {"format": form})()
        assert data.startswith(start)
        assert [one.details["rows"] for one in entries(operation="export.logins")] == [2]

    def test_the_page_names_people_and_outcomes(self, log):
        with as_user(log.admin):
            text = unescape(view(log.portal, "logins", {})())
        assert "Võ Minh Khoa" in text
        assert "iPad" in text
        assert "Phạm Quang" not in text

    def test_the_page_is_not_for_everybody(self, log):
        with as_user(log.leader):
            page = view(log.portal, "logins", {})
            assert "hs-table" not in page()
            assert page.request.response.getStatus() == 403


def view(portal, name, form, method="GET"):
    request = portal.REQUEST.clone()
    alsoProvides(request, IHopsoLayer)
    request.form.update(form)
    request.method = request.environ["REQUEST_METHOD"] = method
    return api.content.get_view(name, portal, request)


class TestMyAccount:
    @pytest.mark.rule("NT-6.3/1")
    def test_the_owner_ends_the_own_sessions_and_no_others(self, house):
        mine = sessions.start(house.delegate, house.portal.REQUEST)
        others = sessions.start(house.leader, house.portal.REQUEST)
        with as_user(house.delegate):
            token = createToken()
            for one in (mine, others):
                view(house.portal, "my-account", {"end": one.id, "_authenticator": token}, "POST")()
        assert sessions.find(mine.token) is None
        assert sessions.find(others.token) is not None
        assert [one.outcome for one in logins.logins_of(house.delegate)] == ["ended"]

    def test_nothing_is_done_without_the_token(self, house):
        mine = sessions.start(house.delegate, house.portal.REQUEST)
        with as_user(house.delegate), pytest.raises(Exception, match=r"uthenticator|orbidden"):
            view(house.portal, "my-account", {"end": mine.id}, "POST")()
        assert sessions.find(mine.token) is not None

    def test_the_page_shows_what_concerns_the_account(self, house):
        with as_user(house.delegate):
            text = unescape(view(house.portal, "my-account", {})())
        assert "Sở Nội vụ" in text
        assert house.delegate in text


@pytest.mark.rule("BD-4.5/1")
def test_distant_sessions_are_reported_to_the_owner_and_the_administrator(staff):
    from hopso.accounts.distant import look_out
    from hopso.policy.policy import Policy

    request = staff.portal.REQUEST
    sessions.start(staff.secretary, request, address="203.113.1.7", entered=True)
    second = sessions.start(staff.secretary, request, address="113.160.1.7", entered=True)
    here = sessions.find(second.token)
    assert look_out(here, Policy())
    assert not look_out(here, Policy())
    told = {kwargs["recipient"] for name, kwargs in waiting() if kwargs.get("kind") == "distant_sessions"}
    assert told == {staff.secretary, staff.admin}
    assert [one.outcome for one in logins.logins_of(staff.secretary)] == ["distant"]
    assert seen(staff.admin, outcome="distant") == [(staff.secretary, "distant")]


class TestPlugIns:
    def active(self, interface):
        return api.portal.get_tool("acl_users").plugins.listPluginIds(interface)

    @pytest.mark.rule("BD-4.4")
    def test_nobody_but_us_looks_at_passwords_and_cookies(self, portal):
        assert "source_users" not in self.active(IAuthenticationPlugin)
        for plugin in ("session", "jwt_auth", "credentials_cookie_auth"):
            assert plugin not in self.active(IExtractionPlugin)
        assert self.active(IExtractionPlugin)[0] == gate.SESSIONS

    def test_coming_twice_and_going(self, portal):
        before = [self.active(one) for one in (IAuthenticationPlugin, IExtractionPlugin, IValidationPlugin)]
        gate.install(portal)
        assert [
            self.active(one) for one in (IAuthenticationPlugin, IExtractionPlugin, IValidationPlugin)
        ] == before
        gate.uninstall(portal)
        assert "source_users" in self.active(IAuthenticationPlugin)
        assert "password_policy" in self.active(IValidationPlugin)
        assert gate.ACCOUNTS not in portal.acl_users
        gate.uninstall(portal)


@pytest.mark.parametrize(
    "agent,name",
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Safari/604.1",
            "Safari · iPad",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox · Linux"),
        ("python-requests/2.31", "python-requests/2.31"),
        ("", ""),
    ],
)
def test_programs_have_short_names(agent, name):
    assert agent_name(agent) == name


def test_an_account_that_is_closed_is_told_nothing(staff):
    from hopso.accounts.notices import send_notice

    account_of(staff.secretary).status = "disabled"
    with as_system():
        send_notice(kind="many_failures", user=staff.secretary, stamp="x")
    from hopso.notifications.log import notification_log

    assert notification_log().of_object(f"account:{staff.secretary}") == []
