"""The start page: who sees what has to be done."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.core.text import now
from hopso.interfaces import IHopsoLayer
from hopso.theme import compliance
from hopso.theme import start
from hopso.theme.start import Me
import pytest
from zope.component import getMultiAdapter
from zope.interface import alsoProvides


class Brain:
    """A catalog record."""

    def __init__(
        self, state="draft", path="/site/don-vi/vp/hop/2026/m", uid="m", meeting_uid="m", start=None, hours=1
    ):
        self.review_state, self.path, self.UID, self.meeting_uid = state, path, uid, meeting_uid
        self.meeting_start = start
        self.meeting_end = start and start + timedelta(hours=hours)

    def getPath(self):
        return self.path


COORDINATOR = Me("c", functions=(("coordinators", "vp"),))
ADMIN = Me("a", functions=(("admins", "vp"),))
CHAIR = Me("b", parts={"m": {"chair"}})
PREPARER = Me("p", parts={"m": {"preparer"}})
STRANGER = Me("s", functions=(("coordinators", "snv"), ("admins", "snv")), parts={"x": {"chair"}})
REGISTRAR = Me("r", functions=(("registrars", "vp"),))


@pytest.mark.parametrize(
    "hour,part",
    [(0, "morning"), (10, "morning"), (11, "noon"), (13, "afternoon"), (17, "afternoon"), (18, "evening")],
)
def test_part_of_day_is_that_of_viet_nam(hour, part):
    assert start.part_of_day(datetime(2026, 11, 23, hour, 30, tzinfo=UTC) - timedelta(hours=7)) == part


@pytest.mark.parametrize(
    "me,state,scheduled,prepared",
    [
        (COORDINATOR, "draft", 0, 1),
        (COORDINATOR, "registered", 0, 0),
        (COORDINATOR, "convened", 0, 0),
        (PREPARER, "returned", 0, 1),
        (ADMIN, "registered", 1, 0),
        (ADMIN, "scheduled", 0, 0),
        (REGISTRAR, "registered", 1, 0),
        (STRANGER, "registered", 0, 0),
        (STRANGER, "draft", 0, 0),
    ],
)
def test_meetings_that_wait_for_a_person(me, state, scheduled, prepared):
    brain = [Brain(state)]
    assert len(start.to_schedule(me, brain)) == scheduled
    assert len(start.to_prepare(me, brain)) == prepared


@pytest.mark.parametrize(
    "me,state,expected",
    [
        (CHAIR, "in_review", 1),
        (CHAIR, "approved", 0),
        (COORDINATOR, "approved", 1),
        (STRANGER, "in_review", 0),
    ],
)
def test_records_that_wait_for_a_person(me, state, expected):
    assert len(start.to_conclude(me, [Brain(state)])) == expected


def test_meetings_of_a_day_touch_it():
    first, after = start.day_bounds(datetime(2026, 11, 23, 3, tzinfo=UTC))
    assert (after - first) == timedelta(days=1)
    cases = {first: 1, after - timedelta(minutes=1): 1, after: 0, first - timedelta(hours=1): 0}
    for moment, expected in cases.items():
        assert len(start.on_day([Brain(start=moment)], first, after)) == expected


def test_clocks_of_the_regulation(house, make):
    begin = make.in_days(10)
    early, late = begin - timedelta(days=5), begin - timedelta(hours=3)
    cases = [
        {"registered_at": early, "complete_at": early, "published_at": early + timedelta(minutes=30)},
        {"registered_at": late, "complete_at": late, "published_at": late + timedelta(hours=2)},
        {"registered_at": late, "urgent": True},
        {},
    ]
    for number, case in enumerate(cases):
        meeting = make.create_meeting(house.office, f"Họp {number}", start=begin)
        make.put_in_state(make.change(meeting, **case), "convened")
    with make.as_user(house.leader):
        bars = compliance.measures(now())
    assert [(one["kept"], one["all"], one["percent"]) for one in bars] == [(1, 2, 50), (1, 2, 50)]
    with make.as_user(house.outsider):
        assert compliance.measures(now()) == []


class TestPage:
    @pytest.fixture
    def page(self, house, integration):
        from hopso import factories

        alsoProvides(integration["request"], IHopsoLayer)

        def render(user_id):
            with factories.as_user(user_id):
                request = integration["request"]
                request.other.pop("VIEW", None)
                view = getMultiAdapter((house.portal, request), name="start")
                return view, view()

        return render

    def blocks(self, view):
        return {block.name: block.count for block in view.main_blocks()}

    def test_approver(self, page, house, make):
        document = make.create_document(house.meeting, "Tờ trình 96")
        make.put_in_state(house.meeting, "scheduled")
        make.put_in_state(document, "submitted")
        view, html = page(house.approver)
        assert self.blocks(view)["approve"] == 1
        assert "Tờ trình 96" in html
        for other in (house.delegate, house.outsider, house.coordinator):
            view, html = page(other)
            assert self.blocks(view).get("approve", 0) == 0

    def test_invited_person_and_stranger(self, page, house, make):
        make.put_in_state(house.meeting, "convened")
        view, html = page(house.delegate)
        assert self.blocks(view)["answer"] == 1
        assert "Giao ban tuần 48" in html
        assert "hs-nav" in html
        assert "edit-zone" not in html
        _view, html = page(house.outsider)
        assert "Giao ban tuần 48" not in html

    def test_coordinator_and_unit_administrator(self, page, house, make):
        view, _html = page(house.coordinator)
        assert self.blocks(view)["prepare"] == 1
        make.put_in_state(house.meeting, "registered")
        view, _html = page(house.admin)
        assert self.blocks(view)["schedule"] == 1

    def test_what_is_new(self, page, house, make):
        document = make.create_document(house.meeting, "Báo cáo 12")
        make.put_in_state(house.meeting, "convened")
        make.put_in_state(document, "published")
        view, html = page(house.delegate)
        assert view.news().count == 1
        view, html = page(house.outsider)
        assert view.news().count == 0
        assert "Báo cáo 12" not in html

    def test_does_not_write(self, page, house):
        import transaction

        page(house.leader)  # what Plone itself does the first time
        transaction.savepoint(optimistic=True)
        connection = house.portal._p_jar
        connection._registered_objects.clear()
        page(house.leader)
        assert connection._registered_objects == []
