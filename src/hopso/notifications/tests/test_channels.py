"""A meeting is announced by official e-mail and through the document system (BD-12.2.b/2)."""

from datetime import date
from datetime import timedelta

from hopso.core import errors
from hopso.core.text import local
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.notifications import channels
from hopso.notifications import log
from hopso.notifications import rules
from hopso.policy import compliance
from hopso.policy.api import store_values
from plone import api
import pytest


BOTH = ("email", "qlvb", "phone_urgent")


@pytest.mark.parametrize(
    ("address", "official"),
    [
        ("a@binhdinh.gov.vn", True),
        ("a@snv.binhdinh.gov.vn", True),
        ("A@BinhDinh.GOV.vn", True),
        ("a@notbinhdinh.gov.vn", False),
        ("a@gmail.com", False),
        ("a@binhdinh.gov.vn.evil.example", False),
        ("", False),
        ("binhdinh.gov.vn", False),
    ],
)
def test_official_addresses(address, official):
    assert rules.is_official(address, ("binhdinh.gov.vn",)) is official


def test_without_domains_any_address_will_do():
    assert rules.is_official("a@gmail.com", ()) and not rules.is_official("", ())


@pytest.mark.rule("BD-12.2.b/2")
@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"invited": 3, "mailed": 3, "unofficial": 0, "letters": 1}, []),
        ({"invited": 3, "mailed": 3, "unofficial": 0, "letters": 0}, ["qlvb"]),
        ({"invited": 3, "mailed": 2, "unofficial": 0, "letters": 1}, ["email"]),
        ({"invited": 3, "mailed": 3, "unofficial": 1, "letters": 1}, [None]),
    ],
)
def test_both_channels_are_wanted(facts, missing):
    found = rules.announced(channels=BOTH, **facts)
    assert {one.rule for one in found} == {"BD-12.2.b/2"}
    assert [one.data.get("missing") for one in found if one.level == "warn"] == missing
    assert all(one.article == "Điều 12 khoản 2 điểm b" for one in found)


def test_a_province_without_a_document_system_misses_nothing():
    [found] = rules.announced(channels=("email",), invited=1, mailed=1, unofficial=0, letters=0)
    assert found.level == "record"


@pytest.fixture
def convened(house):
    house.meeting.published_at = house.meeting.registered_at = now()
    put_in_state(house.meeting, "convened")
    return house.meeting


@pytest.mark.rule("BD-12.2.b/2")
def test_both_channels_are_on_record(house, convened):
    assert [one.data.get("missing") for one in channels.findings_of(convened)] == ["email", "qlvb"]
    book = log.notification_log()
    for user_id in channels.recipients.invited(convened):
        book.put(log.Notice("invitation", convened.UID(), "s", user_id), address="a@x.vn", result=log.SENT)
    with as_user(house.coordinator):
        channels.record_qlvb(convened, number="15/GM-UBND", dated=local(now()).date() - timedelta(days=1))
    announced = channels.announcement_of(convened)
    [letter] = announced.letters
    assert (letter.number, letter.who, letter.channel) == ("15/GM-UBND", house.coordinator, "qlvb")
    assert len(announced.sent) == len(channels.recipients.invited(convened))
    [found] = channels.findings_of(convened)
    assert found.level == "record"
    assert {one.channel for one in log.notices_of(convened)} == {"email", "qlvb"}


@pytest.mark.rule("BD-12.2.b/2")
def test_the_rule_is_counted(house, convened):
    def clock():
        [brain] = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=convened.UID())
        return {one[0]: one for one in brain.rule_clocks}["BD-12.2.b/2"]

    convened.reindexObject()
    assert clock()[1] is None
    with as_user(house.coordinator):
        channels.record_qlvb(convened, number="15/GM-UBND")
    assert clock()[1] is not None
    assert compliance.count([[clock()]])["BD-12.2.b/2"].kept == 1


def test_addresses_beside_the_official_domains_are_pointed_out(house, convened, make):
    store_values({"official_mail_domains": ["binhdinh.gov.vn"]})
    texts = [one.data.get("unofficial") for one in channels.findings_of(convened)]
    assert any(texts)


def test_who_records_a_letter(house, convened):
    with as_user(house.delegate), pytest.raises(errors.Denied):
        channels.record_qlvb(convened, number="1")
    with as_user(house.coordinator):
        with pytest.raises(errors.Invalid):
            channels.record_qlvb(convened, number="1", dated=date(2099, 1, 1))
        with pytest.raises(errors.Invalid):
            channels.record_qlvb(convened, number=None)
    put_in_state(convened, "draft")
    with as_user(house.coordinator), pytest.raises(errors.WrongState):
        channels.record_qlvb(convened, number="1")
    assert channels.announcement_of(convened).letters == ()
