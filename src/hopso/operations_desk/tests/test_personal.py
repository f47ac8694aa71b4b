"""Personal data: taken along, corrected, erased; what the law on archives asks for stays (BD-5.3)."""

from datetime import timedelta
import io
import json
import zipfile

from hopso.accounts.records import account_of
from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.operations_desk import personal
from hopso.operations_desk.operations import personal as requests
from hopso.tasks.testing import waiting
from plone import api
import pytest
from zope.interface import alsoProvides


def ask(house, kind="erase", user=None):
    with as_user(user or house.secretary):
        return requests.request_change(house.office, kind=kind, what="Số điện thoại cũ")


@pytest.fixture
def request_(portal):
    alsoProvides(portal.REQUEST, IHopsoLayer)
    return portal.REQUEST


@pytest.mark.rule("BD-5.3")
def test_a_person_takes_along_what_is_kept_about_her(house, portal, request_):
    account_of(house.delegate).otp_secret = "GEHEIM234"
    account_of(house.delegate).phone = "0905 000 111"
    with as_user(house.delegate):
        data = api.content.get_view("my-data.zip", portal, request_)()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert sorted(archive.namelist()) == ["du-lieu.html", "du-lieu.json"]
        kept = json.loads(archive.read("du-lieu.json"))
        page = archive.read("du-lieu.html").decode()
    assert kept["user_id"] == house.delegate and kept["account"]["phone"] == "0905 000 111"
    assert [one["parts"] for one in kept["meetings"]] == [["delegates"]]
    assert {"account", "functions", "events", "meetings", "logins", "reading", "desk"} <= set(kept)
    assert "0905 000 111" in page and "GEHEIM234" not in str(kept) + page
    # A meeting that is still being prepared keeps its name to itself.
    assert house.meeting.title not in page
    [written] = [one for one in entries(limit=10) if one.operation == "export.personal_data"]
    assert (written.who, written.subject) == (house.delegate, house.delegate)


@pytest.mark.rule("BD-5.3")
def test_erasure_is_asked_for_decided_and_done(house):
    account_of(house.secretary).phone = "0905 000 111"
    request = ask(house)
    assert ("data_asked", house.admin) in [
        (kwargs["kind"], kwargs["recipient"]) for _name, kwargs in waiting() if "kind" in kwargs
    ]
    with as_user(house.admin):
        requests.grant(request, reason="Số không còn dùng", erase_phone=True, erase_portrait=True)
    assert (state_of(request), request.erased) == ("granted", ("phone", "portrait"))
    assert account_of(house.secretary).phone == ""
    # Name and e-mail stay: they were not asked for, and records name her.
    user = api.user.get(userid=house.secretary)
    assert user.getProperty("fullname") == "Võ Minh Khoa" and user.getProperty("email")
    assert "data.erased" in {one.operation for one in entries(limit=10)}


def test_a_refusal_says_why(house):
    request = ask(house)
    with as_user(house.admin):
        with pytest.raises(errors.Invalid):
            requests.refuse(request)
        requests.refuse(request, reason="Cần để liên hệ")
        with pytest.raises(errors.WrongState):
            requests.grant(request, reason="x")
    assert (state_of(request), request.reason) == ("refused", "Cần để liên hệ")


def test_what_was_not_asked_for_is_not_erased(house):
    account_of(house.secretary).phone = "1"
    request = ask(house, kind="correct")
    with as_user(house.admin), pytest.raises(errors.Invalid):
        requests.grant(request, reason="x", erase_phone=True)
    assert account_of(house.secretary).phone == "1"


def test_who_asks_and_who_decides(house):
    with pytest.raises(errors.Denied):
        ask(house, user=house.delegate)  # kept by another unit
    request = ask(house)
    for user in (house.secretary, house.coordinator, house.leader, house.outsider):
        with as_user(user), pytest.raises(errors.Denied):
            requests.grant(request, reason="x")
    own = ask(house, user=house.admin)
    with as_user(house.admin), pytest.raises(errors.Denied):
        requests.grant(own, reason="x")
    assert (state_of(request), state_of(own)) == ("asked", "asked")


@pytest.mark.rule("BD-5.3")
def test_data_of_guests_go_some_days_after_their_accounts(house, make):
    def guest(name, days):
        return make.create_person(
            name,
            "Khách Mời",
            house.office,
            (),
            account={
                "employment_kind": "guest",
                "expires_at": now() - timedelta(days=days),
                "phone": "0905",
                "recovery": ("x",),
            },
        )

    old, fresh = guest("khachcu", 31), guest("khachmoi", 29)
    assert personal.remove_guest_data() == 1
    gone = account_of(old)
    assert (gone.phone, gone.recovery) == ("", ()) and gone.erased_at is not None
    user = api.user.get(userid=old)
    assert user.getProperty("email") == "" and user.getProperty("fullname") == "Khách Mời"
    assert account_of(fresh).phone == "0905"
    assert personal.remove_guest_data() == 0
