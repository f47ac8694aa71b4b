"""Login, no right, not found."""

from html import unescape

from hopso.conftest import House
from hopso.theme.tests.test_frame import browser_for
import pytest
import requests
import transaction


@pytest.fixture
def house(functional):
    """The small province, committed."""
    made = House(functional["portal"])
    transaction.commit()
    return made


class TestStates:
    def test_stranger_gets_the_login_form_everywhere(self, functional, house):
        transaction.commit()
        browser = browser_for(functional)
        for path in ("", "/@@start", "/@@meetings", "/@@pick?q=a"):
            browser.open(functional["portal"].absolute_url() + path)
            assert "__ac_name" in browser.contents, path
        browser.open(house.meeting.absolute_url())
        assert "__ac_name" in browser.contents
        assert "Giao ban" not in unescape(browser.contents)

    def test_log_in_and_out(self, functional, house, make):
        browser = browser_for(functional)
        browser.open(
            functional["portal"].absolute_url()
            + "/login?came_from="
            + functional["portal"].absolute_url()
            + "/@@start"
        )
        browser.getControl(name="__ac_name").value = house.leader
        browser.getControl(name="__ac_password").value = "wrong"
        browser.getControl(name="buttons.login").click()
        assert "hs-note--bad" in browser.contents
        browser.getControl(name="__ac_name").value = house.leader
        browser.getControl(name="__ac_password").value = make.PASSWORD
        browser.getControl(name="buttons.login").click()
        assert browser.url.endswith("/@@start")
        assert "Trần Hoàng Lan" in unescape(browser.contents)
        browser.open(functional["portal"].absolute_url() + "/logout")
        assert "hs-nav" not in browser.contents

    def test_no_right_names_who_can_give_it(self, functional, house):
        browser = browser_for(functional, house.outsider)
        browser.open(house.meeting.absolute_url())
        text = unescape(browser.contents)
        assert browser.headers["status"].startswith("403")
        assert "Lê Phương Thảo" in text
        assert "Giao ban" not in text

    def test_nothing_there(self, functional, house):
        browser = browser_for(functional, house.outsider)
        browser.open(house.meeting.absolute_url() + "/khong-co")
        assert browser.headers["status"].startswith("404")
        assert "hs-state" in browser.contents
        assert "Giao ban" not in unescape(browser.contents)

    def test_programs_get_status_type_and_message(self, functional, house, make):
        def get(path, *user):
            url = house.meeting.absolute_url() + path
            return requests.get(url, headers={"Accept": "application/json"}, auth=user or None, timeout=60)

        outsider, coordinator = (house.outsider, make.PASSWORD), (house.coordinator, make.PASSWORD)
        for answer in (get(""), get("", *outsider)):
            assert answer.status_code == 401
            assert answer.json()["type"] == "Unauthorized"
            assert "Giao ban" not in answer.text
        answer = get("/khong-co", *coordinator)
        assert answer.status_code == 404
        assert answer.json()["type"] == "NotFound"
        assert answer.json()["message"].endswith("/khong-co")
