"""The frame of pages: our own main template."""

from html import unescape

from hopso.theme import page
from plone import api
from plone.testing.zope import Browser
import pytest
import transaction


class Mine:
    """Stands for a view of a room."""


Mine.__module__ = "hopso.meetings.views"


class PloneOwn:
    """Stands for a view of Plone."""


PloneOwn.__module__ = "plone.app.users.browser.views"


class Switched(Mine):
    plone_resources = True


@pytest.mark.parametrize("cls,expected", [(Mine, False), (PloneOwn, True), (Switched, True)])
def test_which_pages_get_plones_resources(cls, expected):
    assert page.needs_plone_resources(cls()) is expected


def browser_for(functional, login=None):
    transaction.commit()
    from hopso import factories

    browser = Browser(functional["app"])
    browser.handleErrors = True
    browser.raiseHttpErrors = False
    if login:
        browser.addHeader("Authorization", f"Basic {login}:{factories.PASSWORD}")
    browser.addHeader("Accept", "text/html")
    return browser


class TestFrame:
    def test_stranger_gets_the_login_form_in_our_frame(self, functional):
        browser = browser_for(functional)
        browser.open(functional["portal"].absolute_url() + "/login")
        assert "hs-top" in browser.contents
        assert "__ac_name" in browser.contents
        assert "hs-nav" not in browser.contents
        assert "portal-mainnavigation" not in browser.contents

    def test_plones_own_form_in_our_frame(self, functional, make):
        make.create_person("lan", "Trần Hoàng Lan")
        api.user.grant_roles(username="lan", roles=["Manager"])
        browser = browser_for(functional, "lan")
        browser.open(functional["portal"].absolute_url() + "/@@site-controlpanel")
        assert "hs-nav" in browser.contents
        assert "barceloneta.min.css" in browser.contents
        assert "Trần Hoàng Lan" in unescape(browser.contents)
        assert "edit-zone" not in browser.contents  # no toolbar
        assert "form-widgets-site_title" in browser.contents
