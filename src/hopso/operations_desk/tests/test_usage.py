"""How leaders use the system: figures, and what they rest on."""

from datetime import timedelta

from Acquisition import aq_base
from hopso.accounts import logins
from hopso.core.text import local
from hopso.core.text import now
from hopso.documents.events import DocumentOpened
from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.operations_desk import usage
from hopso.operations_desk.reads import read_store
from hopso.operations_desk.reads import ReadStore
from plone import api
from plone.uuid.interfaces import IUUID
import pytest
from zope.event import notify


DAY = timedelta(days=1)


def period():
    today = local(now()).date()
    return today - 30 * DAY, today + 30 * DAY


def test_a_day_of_reading_is_written_once():
    store, moment = ReadStore(), now()
    assert store.note("a", "u", moment)
    assert not store.note("a", "u", moment)
    assert store.note("a", "u", moment + DAY)
    kept = store.of_user("a")["u"]
    assert (kept.first, kept.last) == (moment, moment + DAY)
    assert dict(store.of_user("b")) == {}


@pytest.mark.rule("BD-12.2.a", "BD-12.2.b/1")
def test_numbers_of_one_person():
    found = usage.measure(
        {"m1": ["d1", "d2"], "m2": ["d3"], "m3": []},
        {"d1": object()},
        {"m1": "attending", "m2": "invited", "m3": None},
    )
    assert found == {"meetings": 3, "published": 3, "opened": 1, "unanswered": 1, "unread": 1}


@pytest.fixture
def published(house, make):
    """The house's meeting with two published documents, to which a leader of the department is invited."""
    make.create_person("giamdoc", "Hồ Sỹ Hùng", house.department, ("leaders",), "Giám đốc")
    make.change(house.meeting, participants=("user:giamdoc", f"user:{house.delegate}"))
    documents = [make.create_document(house.meeting, f"Báo cáo {n}", file=upload()) for n in (1, 2)]
    for document in documents:
        put_in_state(document, "published")
    put_in_state(house.meeting, "convened")
    return documents


def of(user_id, unit):
    return next(one for one in usage.usage([unit.getId()], *period()) if one.user_id == user_id)


@pytest.mark.rule("BD-12.2.a")
def test_documents_opened_are_set_against_those_published(house, published):
    before = of("giamdoc", house.department)
    assert (before.published, before.opened, before.unread, before.percent) == (2, 0, 1, 0)
    with as_user("giamdoc"):
        notify(DocumentOpened(published[0]))
    after = of("giamdoc", house.department)
    assert (after.opened, after.unread, after.percent) == (1, 0, 50)
    assert of(house.delegate, house.department).opened == 0


@pytest.mark.rule("BD-12.2.b/1")
def test_last_login_and_invitations_without_an_answer(house, published):
    one = of("giamdoc", house.department)
    assert (one.last_login, one.unanswered) == (None, 1)
    logins.log_login("giamdoc", logins.ENTERED)
    from hopso.meetings.answers import answer

    with as_user("giamdoc"):
        answer(house.meeting, answer="attending")
    one = of("giamdoc", house.department)
    assert one.last_login is not None and one.unanswered == 0


def test_reading_in_the_reader_is_noted(house, published):
    with as_user("giamdoc"):
        request = published[0].REQUEST.clone()
        from hopso.interfaces import IHopsoLayer
        from zope.interface import alsoProvides

        alsoProvides(request, IHopsoLayer)
        html = api.content.get_view("view", published[0], request)()
    assert "Báo cáo 1" in html
    assert IUUID(published[0]) in read_store().of_user("giamdoc")


def test_leaders_come_first_and_units_below_count_when_asked(house, published):
    units = [house.department.getId(), house.office.getId()]
    found = usage.usage(units, *period())
    assert [one.leader for one in found] == sorted((one.leader for one in found), reverse=True)
    assert {one.unit for one in found} == set(units)


def test_a_person_a_row_costs_no_query(house, published, make, monkeypatch):
    asked = []
    catalog = api.portal.get_tool("portal_catalog")
    kind = type(aq_base(catalog))
    search = kind.unrestrictedSearchResults
    monkeypatch.setattr(
        kind,
        "unrestrictedSearchResults",
        lambda self, *args, **query: asked.append(query) or search(self, *args, **query),
    )
    usage.usage([house.department.getId()], *period())
    few = len(asked)
    for number in range(6):
        make.create_person(f"them{number}", unit=house.department)
    asked.clear()
    assert len(usage.usage([house.department.getId()], *period())) > 6
    assert len(asked) == few == 2


@pytest.mark.parametrize(("who", "may"), [("leader", True), ("admin", True), ("coordinator", False)])
def test_who_may_see_the_figures(house, who, may):
    with as_user(getattr(house, who)):
        assert bool(api.user.has_permission("hopso: View usage", obj=house.office)) is may
