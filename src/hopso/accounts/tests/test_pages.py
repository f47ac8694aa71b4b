"""The list, the page of one account, the form, the link of a mail, the API."""

from datetime import timedelta

from hopso.accounts import invitations
from hopso.accounts import listing
from hopso.accounts import operations
from hopso.accounts.jobs import send_invitation
from hopso.accounts.listing import Filter
from hopso.accounts.records import account_of
from hopso.accounts.records import account_store
from hopso.core.text import now
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.organisation.assignments import assignment_store
from plone import api
import pytest
from zExceptions import NotFound
from zExceptions import Unauthorized
from zope.interface import alsoProvides


def view_of(context, name, **form):
    request = api.portal.get().REQUEST
    alsoProvides(request, IHopsoLayer)
    request.form.clear()
    request.form.update(form)
    return context.restrictedTraverse(f"@@{name}")


def users(lines):
    return {line.user_id for line in lines}


@pytest.mark.rule("BD-3.1.e")
def test_the_list_shows_the_own_unit_and_those_below(staff):
    with as_user(staff.province_admin):
        assert {staff.delegate, staff.secretary, staff.chair} <= users(
            listing.find(staff.committee, Filter())
        )
        assert users(listing.find(staff.committee, Filter(below=False))) == {
            staff.chair,
            staff.province_admin,
        }
    with as_user(staff.admin):
        page = view_of(staff.office, "accounts")()
    assert "Võ Minh Khoa" in page
    assert "Phạm Quang" not in page


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(words="vo khoa"), {"thuky"}),
        (Filter(words="Thảo"), {"daumoi"}),
        (Filter(words="thuky@"), {"thuky"}),
        (Filter(words="không ai"), set()),
        (Filter(function="leaders"), {"lanhdao"}),
        (Filter(kind="guest"), set()),
        (Filter(state="disabled"), {"duyet"}),
        (Filter(state="left"), {"vanthu"}),
    ],
)
def test_filters(staff, wanted, expected):
    with as_user(staff.admin):
        operations.disable(staff.office, user=staff.approver, event="other", reason="Thử")
    assignment_store().end(staff.archivist, staff.office.getId(), "archivists")
    assert users(listing.find(staff.office, wanted)) == expected


@pytest.mark.rule("BD-4.3.b")
def test_who_has_left_and_is_still_open_is_on_the_list(staff, decision):
    assert listing.left_but_active(staff.office) == []
    with as_user(staff.admin):
        operations.disable(
            staff.office, user=staff.secretary, event="leave",
            effective_on=(now() + timedelta(days=2)).date(), **decision,
        )  # fmt: skip
    assert listing.left_but_active(staff.office) == []
    account = account_of(staff.secretary)
    account.leaves_on = decision["decided_on"]
    account_store().move(account_of(staff.approver), "gone-unit")
    [(line, reason)] = listing.left_but_active(staff.office)
    assert (line.user_id, reason) == (staff.secretary, listing.LEFT)
    everywhere = {line.user_id: reason for line, reason in listing.left_but_active(staff.portal["don-vi"])}
    assert everywhere[staff.approver] == listing.CLOSED_UNIT
    with as_user(staff.admin):
        page = view_of(staff.office, "accounts")()
        assert view_of(staff.office, "view").account_problems() == 1
    with as_user(staff.coordinator):
        assert view_of(staff.office, "view").account_problems() == 0
    assert 'id="left-but-active"' in page
    operations.tools.close_account(account, "system")
    assert listing.left_but_active(staff.office) == []
    with as_user(staff.admin):
        assert 'id="left-but-active"' not in view_of(staff.office, "accounts")()
        assert view_of(staff.office, "view").account_problems() == 0


@pytest.mark.rule("BD-4.3.a")
def test_the_page_tells_events_and_how_late_they_were(staff, decision):
    with as_user(staff.admin):
        operations.change(staff.office, user=staff.secretary, event="appointment", phone="0912", **decision)
        page = view_of(staff.office, "account", user=staff.secretary)()
        assert view_of(staff.office, "accounts").lag() != ""
    assert "12/QĐ-SNV" in page
    assert "thuky@example.vn" in page


@pytest.mark.parametrize("who", ["department_admin", "coordinator", "delegate", "leader"])
def test_the_pages_are_closed_to_others(staff, who):
    with as_user(getattr(staff, who)):
        for name in ("accounts", "account", "add-account"):
            with pytest.raises(Unauthorized):
                view_of(staff.office, name)


def test_of_a_stranger_one_sees_what_she_is_here_and_no_more(staff):
    with as_user(staff.admin):
        with pytest.raises(NotFound):
            view_of(staff.office, "account", user=staff.delegate)()
        with pytest.raises(NotFound):
            view_of(staff.office, "account", user="nobody")()
        operations_of = view_of(staff.office, "account", user=staff.secretary)
        assert [one["verb"] for one in operations_of.dialogs()][:2] == ["change", "assign"]
        assign = operations_of.dialogs()[1]
        assert {"function", "position", "since", "until"} <= {one["name"] for one in assign["fields"]}
    with as_user(staff.system):
        from hopso.accounts import functions

        functions.assign(staff.office, user=staff.delegate, function="coordinators")
    with as_user(staff.admin):
        page = view_of(staff.office, "account", user=staff.delegate)
        assert [one["verb"] for one in page.dialogs()] == ["assign"]
        html = page()
    assert "Phạm Quang" in html
    assert "daibieu@example.vn" not in html


def test_the_page_lists_parts_that_somebody_has_to_take_over(staff):
    with as_user(staff.admin):
        [part] = view_of(staff.office, "account", user=staff.secretary).parts()
    assert part["needed"]
    assert part["title"] == ""  # a draft that the administrator may not see yet


# --- the link of a mail ---


def test_a_link_opens_once(staff, person):
    with as_user(staff.admin):
        account = operations.create(staff.office, **person)
    url = invitations.invite(account)
    key = url.rpartition("key=")[2]
    assert key not in str(vars(account))
    assert invitations.opened_by("moint", key) is account
    assert invitations.opened_by("moint", "other") is None
    assert invitations.opened_by(staff.secretary, key) is None
    invitations.accept(account, "Hoa-ban-trang#2026")
    assert invitations.opened_by("moint", key) is None
    assert not account.password_by_other
    source = api.portal.get_tool("acl_users").source_users
    assert source.authenticateCredentials({"login": "moint", "password": "Hoa-ban-trang#2026"})


def test_a_link_grows_old_and_closes_with_the_account(staff, person):
    with as_user(staff.admin):
        account = operations.create(staff.office, **person)
    key = invitations.invite(account).rpartition("key=")[2]
    newer = invitations.invite(account).rpartition("key=")[2]
    assert invitations.opened_by("moint", key) is None
    account.invitation_until = now() - timedelta(minutes=1)
    assert invitations.opened_by("moint", newer) is None
    account.invitation_until = now() + timedelta(minutes=1)
    account.status = "disabled"
    assert invitations.opened_by("moint", newer) is None


def test_the_page_of_the_link(staff, person):
    with as_user(staff.admin):
        account = operations.create(staff.office, **person)
    key = invitations.invite(account).rpartition("key=")[2]
    page = view_of(staff.portal, "invitation", user="moint", key=key)
    assert 'type="password"' in page()
    page = view_of(staff.portal, "invitation", user="moint", key="wrong")
    assert 'type="password"' not in page()
    assert page.request.response.getStatus() == 410


def test_the_mail_goes_out_and_says_what_became_of_it(staff, person, monkeypatch):
    from hopso.accounts import mails
    from hopso.notifications import jobs

    sent = []
    with as_user(staff.admin):
        account = operations.create(staff.office, **person)
    send_invitation("moint")
    assert mails.last_notice("moint").result == "not_sent"
    monkeypatch.setattr(jobs, "sender", lambda: ("Họp Số", "hop@example.vn"))
    monkeypatch.setattr(jobs, "deliver", sent.append)
    send_invitation("moint")
    [message] = sent
    text = message.get_payload()[0].get_payload(decode=True).decode()
    assert "moint" in text and "@@invitation?user=moint&key=" in text
    assert account.invitation


# --- the API ---


def service(context, *names, **form):
    from zope.component import queryMultiAdapter

    request = api.portal.get().REQUEST
    alsoProvides(request, IHopsoLayer)
    request.form.clear()
    request.form.update(form)
    found = queryMultiAdapter((context, request), name="GET_application_json_@accounts")
    for name in names:
        found = found.publishTraverse(request, name)
    return found.reply()


def test_the_api_lists_and_tells(staff):
    with as_user(staff.admin):
        answer = service(staff.office, q="khoa")
        one = service(staff.office, "thuky")
        missing = service(staff.office, "daibieu")
    assert [item["user"] for item in answer["items"]] == ["thuky"]
    assert answer["items_total"] == 1
    assert one["functions"][0]["function"] == "members"
    assert one["open_parts"][0]["needed"]
    assert "password" not in str(one).lower()
    assert missing["error"]["type"] == "NotFound"
