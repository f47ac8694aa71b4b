"""A site made by the distribution, the way the form and the command make it."""

from hopso.distribution import command
from hopso.distribution import making
from hopso.interfaces import IHopsoLayer
from hopso.policy.api import available_policies
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import SITE_OWNER_NAME
from plone.distribution.api import distribution as distributions
from plone.distribution.api import site as sites
import pytest
from zope.component import queryMultiAdapter
from zope.component.hooks import setSite
from zope.interface import alsoProvides


ANSWERS = {
    "site_id": "haison",
    "title": "Họp Số Hải Sơn",
    "policy": "binh-dinh",
    "default_language": "vi",
    "setup_content": False,
}


@pytest.fixture
def zope_root(functional):
    """The root of Zope, acting as its owner."""
    app = functional["app"]
    setSite(None)
    login(app, SITE_OWNER_NAME)
    yield app
    logout()


class TestSite:
    def test_a_new_site(self, zope_root):
        answers = {**ANSWERS, "setup_content": True}
        assert making.ensure_site(zope_root, answers) is True
        assert making.ensure_site(zope_root, answers) is False, "a second time changes nothing"
        site = zope_root.haison
        setSite(site)
        record = api.portal.get_registry_record
        assert site.title == record("plone.site_title") == "Họp Số Hải Sơn"
        assert record("plone.portal_timezone") == "Asia/Ho_Chi_Minh"
        assert record("plone.default_language") == "vi"
        assert record("plone.available_languages") == ["vi", "en"]
        assert record("plone.first_weekday") == 0
        assert record("plone.email_from_address")
        assert not record("plone.app.theming.interfaces.IThemeSettings.hostnameBlacklist")
        alsoProvides(site.REQUEST, IHopsoLayer)
        if queryMultiAdapter((site, site.REQUEST), name="start") is not None:
            assert site.getLayout() == "start"
        # Nothing to see for strangers, no way to make an account, no example content.
        assert not [
            one for one in site.rolesOfPermission("View") if one["name"] == "Anonymous" and one["selected"]
        ]
        allowed = [one["name"] for one in site.rolesOfPermission("Add portal member") if one["selected"]]
        assert allowed == ["Manager"]
        assert set(site.contentIds()) == {"don-vi"}
        assert making.figures(zope_root, "haison")["Meeting"] == 8, "committed, with demo content"
        assert making.figures(zope_root, "nowhere") is None

    @pytest.mark.parametrize("change", [{"site_id": "Hai Son"}, {"title": ""}, {"policy": "lang-thang"}])
    def test_bad_answers_make_nothing(self, zope_root, change):
        answers = {**ANSWERS, **change}
        with pytest.raises(ValueError):
            sites.create(zope_root, "hopso", answers)
        assert answers["site_id"] not in zope_root.objectIds()

    def test_the_form_offers_the_policies_on_board(self, zope_root):
        offered = distributions.get("hopso").schema["properties"]["policy"]["anyOf"]
        assert {one["enum"][0] for one in offered} == {one.name for one in available_policies()}


class TestCommand:
    def test_accounts(self, capsys):
        assert command.main(["accounts", "--url", "http://localhost:8080/hopso"]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith("http://localhost:8080/hopso\n")
        assert "daumoi" in printed

    @pytest.mark.parametrize("verb", ["create", "status"])
    def test_missing_configuration(self, verb, capsys, tmp_path):
        assert command.main([verb, "--conf", str(tmp_path / "none.conf")]) == 2
        assert "no such file" in capsys.readouterr().err
