"""Who reads what of the log: administrators of units their own, everybody no more than they may know."""

from datetime import timedelta
import io
import json

from AccessControl import Unauthorized
from hopso.audit import exports
from hopso.audit import log
from hopso.audit import reading
from hopso.audit.chain import audit_chain
from hopso.audit.chain import seal
from hopso.audit.health import check
from hopso.audit.keys import Keys
from hopso.audit.reading import find
from hopso.audit.reading import Query
from hopso.audit.reading import reach_of
from hopso.core.text import now
from hopso.factories import PASSWORD
from hopso.interfaces import IHopsoLayer
from openpyxl import load_workbook
from plone import api
import pytest
import requests
import transaction
from zope.interface import alsoProvides


@pytest.fixture
def request_of(integration, portal):
    def with_form(**form):
        request = integration["request"]
        request.form.clear()
        request.form.update(form)
        alsoProvides(request, IHopsoLayer)
        return request

    return with_form


@pytest.fixture(params=["sealed", "not sealed yet"])
def sealed(request, house):
    """The same must be found whether entries are in blocks or not."""

    def go_on():
        if request.param == "sealed":
            seal(log.audit_log(), audit_chain(), Keys())

    return go_on


def names(**fields):
    return [one.operation for one in find(Query(**fields)).entries]


def test_every_filter_finds_its_own(house, make, sealed):
    with make.as_user(house.coordinator):
        log.record("meeting.register", house.meeting, override="Bão")
        log.record("item.download", house.meeting, findable=False)
    log.record("login.failed", who="", subject=house.delegate, address="10.0.0.9")
    log.record("meeting.add_participants", house.meeting, who="x", details={"principals": ["user:duthay"]})
    sealed()
    assert names(person=house.coordinator)[:2] == ["item.download", "meeting.register"]
    assert names(subject=house.delegate)[0] == "login.failed"
    assert names(subject=house.substitute)[0] == "meeting.add_participants"
    assert names(refused=True) == ["login.failed"]
    assert names(override=True) == ["meeting.register"]
    assert names(operation="login") == ["login.failed"]
    assert names(address="10.0.0.9") == ["login.failed"]
    found = names(uid=house.meeting.UID())
    assert found[:3] == ["meeting.add_participants", "item.download", "meeting.register"]
    assert "content.added" in found and "login.failed" not in found
    assert names(unit=house.department.getId())[0] == "login.failed"
    assert names(until=now() - timedelta(days=1)) == []


def test_an_object_in_a_meeting_is_found_by_its_uid(house, make, sealed):
    document = make.create_document(house.meeting)
    log.record("item.download", document, findable=False)
    sealed()
    assert names(uid=document.UID()) == ["item.download", "content.added"]


@pytest.mark.rule("BD-3.1.e")
def test_administrators_of_a_unit_see_their_unit_and_those_below(house, make, sealed):
    log.record("login", who=house.delegate)
    log.record("login", who=house.secretary)
    log.record("policy.change", who="admin")
    sealed()
    office = find(Query(operation="login", reach=reach_of(house.office))).entries
    assert [one.who for one in office] == [house.secretary]
    committee = find(Query(operation="login", reach=reach_of(house.committee))).entries
    assert {one.who for one in committee} == {house.secretary, house.delegate}
    assert names(operation="policy", reach=reach_of(house.committee)) == []
    assert reach_of(house.portal) is None


def test_with_many_units_the_whole_log_is_read(house, monkeypatch):
    monkeypatch.setattr(reading, "MANY_UNITS", 0)
    log.record("login", who=house.delegate)
    assert names(operation="login", reach=reach_of(house.department)) == ["login"]
    assert names(operation="login", reach=reach_of(house.office)) == []


def test_pages_follow_each_other_without_gap_or_double(house, sealed):
    moment = now()
    for number in range(25):
        log.record("login", who=f"u{number:02}", when=moment + timedelta(seconds=number))
    sealed()
    seen, after = [], 0
    while True:
        found = find(Query(operation="login"), after=after, limit=10)
        seen += [one.who for one in found.entries]
        after = found.after
        if not after:
            break
    assert seen == [f"u{number:02}" for number in range(24, -1, -1)]


def test_a_search_that_no_index_helps_stops_and_goes_on(house):
    log.record("login", who="ai", address="10.0.0.9", when=now() - timedelta(hours=1))
    found = find(Query(address="10.0.0.9"), scan=3)
    assert found.entries == [] and found.cut is not None and found.after
    rest = find(Query(address="10.0.0.9"), after=found.after)
    assert [one.who for one in rest.entries] == ["ai"]


def test_a_meeting_that_one_may_not_read_shows_the_act_without_title(house, portal, make, request_of):
    with make.as_user(house.coordinator):
        make.change(house.meeting, title="Nhân sự chủ chốt")
        log.record("meeting.cancel", house.meeting, override="Lý do riêng", details={"comment": "Rất riêng"})
    with make.as_user(house.leader):
        page = api.content.get_view("audit-log", house.office, request_of())
        page.update()
        assert "Nhân sự chủ chốt" in [row["title"] for row in page.rows]
    with make.as_user(house.outsider):
        page = api.content.get_view("audit-log", house.committee, request_of())
        page.update()
        html = page.index()
        text = b"".join(
            api.content.get_view("audit-log-export", house.committee, request_of(format="jsonl"))()
        )
    assert "meeting.cancel" in [row["name"] for row in page.rows]
    for shown in (html, text.decode()):
        assert "Nhân sự chủ chốt" not in shown and "riêng" not in shown
    assert any(row["hidden"] and row["uid"] == "" for row in page.rows)


def test_doors(house, make, request_of):
    request_of()
    with make.as_user(house.admin):
        assert house.office.restrictedTraverse("@@audit-log")
        for place in (house.portal, house.department, house.committee):
            with pytest.raises(Unauthorized):
                place.restrictedTraverse("@@audit-log")
    with make.as_user(house.coordinator), pytest.raises(Unauthorized):
        house.office.restrictedTraverse("@@audit-log")


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_exports_hold_the_same_and_are_on_record(house, make, request_of, form):
    log.record("login", who=house.secretary)
    with make.as_user(house.admin):
        view = api.content.get_view(
            "audit-log-export", house.office, request_of(format=form, operation="login")
        )
        data = b"".join(view())
    if form == "xlsx":
        cells = [cell.value for row in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]
    else:
        cells = data.decode("utf-8-sig")
    assert "Võ Minh Khoa" in cells or json.loads(data)["who"] == house.secretary
    entry = log.entries(operation="audit.export", limit=1)[0]
    assert entry.details == {"rows": 1, "format": form, "operation": "login"}
    assert (entry.who, entry.uid) == (house.admin, house.office.UID())


def test_an_export_that_is_too_long_is_refused_not_cut(house, portal, request_of, monkeypatch):
    monkeypatch.setattr(exports, "LIMIT", 2)
    request = request_of(format="csv")
    answer = api.content.get_view("audit-log-export", portal, request)()
    assert "hopso-audit export" in answer
    assert request.response.getStatus() == 422
    assert log.entries(operation="audit.export") == []


def test_the_service_answers_with_the_same_reach(served_house):
    house = served_house
    log.record("login", who=house.secretary)
    log.record("login", who=house.secretary)
    transaction.commit()

    def get(place, user, query=""):
        return requests.get(
            f"{place.absolute_url()}/@audit{query}",
            auth=(user, PASSWORD),
            headers={"Accept": "application/json"},
            timeout=30,
        )

    answer = get(house.office, house.admin, "?operation=login&size=1").json()
    assert [one["who"] for one in answer["items"]] == [house.secretary]
    assert "after=" in answer["next"] and "operation=login" in answer["next"]
    assert get(house.portal, house.admin).status_code in (401, 403)
    assert get(house.department, house.admin).status_code in (401, 403)


# --- the history of a thing ---------------------------------------------------------------


def test_those_who_prepare_see_the_whole_history_of_a_meeting(house, make, request_of):
    document = make.create_document(house.meeting, "Báo cáo quý")
    with make.as_user(house.coordinator):
        make.change(house.meeting, purpose="Khác")
        log.record("document.return", document, details={"comment": "Sửa trang 2"})
        log.record("item.download", document, findable=False)
        view = api.content.get_view("history", house.meeting, request_of())
        html = view()
    found = [row["name"] for row in view.rows]
    assert found[:2] == ["document.return", "content.modified"]
    assert "item.download" not in found
    assert "Sửa trang 2" in html and "Báo cáo quý" in html


def test_delegates_and_strangers_see_no_history(house, make, request_of):
    request_of()
    make.put_in_state(house.meeting, "convened")
    for user in (house.delegate, house.outsider):
        with make.as_user(user), pytest.raises(Unauthorized):
            house.meeting.restrictedTraverse("@@history")


def test_administrators_see_no_history_of_what_they_may_not_see(house, make, request_of):
    with make.as_user(house.admin):
        view = api.content.get_view("history", house.meeting, request_of())
        with pytest.raises(Unauthorized):
            view()


# --- the health page ---------------------------------------------------------------------


def test_the_health_page_knows_how_the_log_is(house):
    book, chain, moment = log.audit_log(), audit_chain(), now()
    assert check(book, chain, moment).level == "good"
    assert check(book, chain, moment + timedelta(minutes=11)).level == "bad"  # waits for its seal
    seal(book, chain, Keys(), moment)
    assert check(book, chain, moment).level == "warn"  # without a key
    assert check(book, chain, moment + timedelta(hours=3)).level == "bad"  # stands still
    chain.report.problems = 2
    found = check(book, chain, moment)
    assert found.level == "bad" and found.advice.mapping == {"count": 2}
