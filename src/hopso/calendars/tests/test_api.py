"""Who sees what in which calendar."""

from datetime import timedelta

from Acquisition import aq_base
from hopso.calendars import api as calendars
from hopso.core import errors
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from plone import api
import pytest


def seen(kind, key="", days=(0, 40)):
    start = in_days(0)
    return calendars.events_between(
        kind, key, start + timedelta(days=days[0]), start + timedelta(days=days[1])
    )


def test_a_room_tells_those_who_may_see_the_meeting_what_it_is(planned):
    with as_user(planned.coordinator):
        (one,) = seen("room", planned.room.UID())
    assert (one.kind, one.title, one.state) == ("meeting", "Giao ban tuần 48", "scheduled")
    assert one.url == planned.meeting.absolute_url()
    assert one.changed is not None


def test_others_learn_that_the_room_is_taken_and_nothing_more(planned):
    with as_user(planned.outsider):
        (one,) = seen("room", planned.room.UID())
    assert one.kind == "busy"
    assert (one.title, one.url, one.state, one.unit, one.chair, one.note) == ("", "", "", "", "", "")
    assert planned.meeting.UID() not in one.uid
    assert (one.start, one.end) == (planned.meeting.start, planned.meeting.end)


@pytest.mark.rule("NT-13.3")
def test_technicians_learn_when_and_where_but_no_content(planned, make):
    technician = make.create_person("kythuat", "Đỗ Kỹ Thuật", planned.office, ("technicians",))
    with as_user(technician):
        for one in (*seen("room", planned.room.UID()), *seen("unit", planned.office.getId())):
            assert (one.kind, one.title, one.chair) == ("served", "", "")
            assert one.rooms == (planned.room.UID(),)


def test_a_unit_shows_what_it_hosts_and_where_it_is_invited(planned, make):
    planned.meeting.participants = (f"unit:{planned.department.getId()}",)
    from hopso.meetings.participation import synchronise

    synchronise(planned.meeting)
    put_in_state(planned.meeting, "convened")
    with as_user(planned.outsider):  # coordinator of the invited unit
        assert [one.title for one in seen("unit", planned.department.getId())] == ["Giao ban tuần 48"]
        assert [one.title for one in seen("unit", planned.office.getId())] == ["Giao ban tuần 48"]
    stranger = make.create_person("nguoixa", "Lý Xa", make.create_unit("Xã Xa"))
    with as_user(stranger):
        assert seen("unit", planned.office.getId()) == []


def test_my_calendar_holds_my_meetings(planned):
    with as_user(planned.chair):
        assert [one.title for one in seen("mine")] == ["Giao ban tuần 48"]
    with as_user(planned.outsider):
        assert seen("mine") == []


def test_of_people_of_the_own_unit_one_sees_when_they_have_no_time(planned, make):
    closed = make.create_meeting(
        planned.committee,
        "Họp kín",
        in_days(12),
        chair=planned.chair,
        participants=(f"user:{planned.secretary}",),
    )
    put_in_state(closed, "convened")
    with as_user(planned.coordinator):
        assert [(one.kind, one.title) for one in seen("person", planned.secretary)] == [
            ("meeting", "Giao ban tuần 48"),
            ("busy", ""),
        ]


def test_calendars_of_people_are_closed_to_others(planned):
    for reader in (planned.outsider, planned.delegate):
        with as_user(reader), pytest.raises(errors.Denied):
            seen("person", planned.secretary)
    with as_user(planned.outsider):
        assert planned.delegate in calendars.people_to_see(planned.outsider)
        assert planned.secretary not in calendars.people_to_see(planned.outsider)
    with as_user(planned.secretary), pytest.raises(errors.Denied):  # a member arranges nothing
        seen("person", planned.coordinator)


def test_drafts_are_no_busy_time(planned, make):
    make.create_meeting(
        planned.committee, "Dự định", in_days(12), participants=(f"user:{planned.secretary}",)
    )
    with as_user(planned.coordinator):
        assert len(seen("person", planned.secretary)) == 1


def test_a_wish_that_is_not_booked_yet_shows_its_conflict(planned, make):
    rival = make.create_meeting(
        planned.office,
        "Họp trùng",
        planned.meeting.start,
        rooms=(planned.room.UID(),),
        preparer=planned.coordinator,
    )
    with as_user(planned.coordinator):
        events = seen("room", planned.room.UID())
    assert {one.title: (one.conflict, one.tentative) for one in events} == {
        "Giao ban tuần 48": (True, False),
        "Họp trùng": (True, True),
    }
    assert rival.UID() in {one.uid for one in events}


def test_cancelled_meetings_free_the_room_and_stay_in_ones_own_calendar(planned):
    from hopso.meetings.rooms import release_rooms

    with as_system():
        release_rooms(planned.meeting)
    put_in_state(planned.meeting, "cancelled")
    with as_user(planned.coordinator):
        assert seen("room", planned.room.UID()) == []
        assert [one.off for one in seen("mine")] == [True]


@pytest.mark.parametrize(
    ("kind", "key"), [("room", "nothing"), ("room", ""), ("unit", "khong-co"), ("month", "x"), ("site", "y")]
)
def test_what_does_not_exist_is_refused(house, kind, key):
    with as_user(house.coordinator), pytest.raises(errors.Invalid):
        seen(kind, key)


def test_a_range_is_no_longer_than_it_may_be(house):
    with as_user(house.coordinator):
        for days in ((3, 3), (5, 2), (0, 501)):
            with pytest.raises(errors.Invalid):
                seen("mine", days=days)


def test_events_at_the_edges_do_not_count(planned):
    start, end = planned.meeting.start, planned.meeting.end
    with as_user(planned.coordinator):
        ask = calendars.events_between
        assert ask("room", planned.room.UID(), end, end + timedelta(hours=1)) == []
        assert ask("room", planned.room.UID(), start - timedelta(hours=1), start) == []
        assert len(ask("room", planned.room.UID(), end - timedelta(minutes=1), end)) == 1


def test_a_range_costs_a_fixed_number_of_queries(planned, make, monkeypatch):
    def count(kind, key):
        catalog, asked = type(aq_base(api.portal.get_tool("portal_catalog"))), []

        def counted(name):
            former = getattr(catalog, name)

            def search(self, *args, **kw):
                asked.append(kw)
                return former(self, *args, **kw)

            return search

        with monkeypatch.context() as patch, as_user(planned.coordinator):
            for name in ("searchResults", "__call__", "unrestrictedSearchResults"):
                patch.setattr(catalog, name, counted(name))
            found = seen(kind, key)
        return len(asked), len(found)

    few = {kind: count(kind, key)[0] for kind, key in keys(planned)}
    for number in range(6):
        make.create_meeting(
            planned.office,
            f"Họp {number}",
            in_days(15 + number),
            rooms=(planned.room.UID(),),
            preparer=planned.coordinator,
        )
    for kind, key in keys(planned):
        many, found = count(kind, key)
        assert found > 1 and many <= few[kind] <= 4, kind


def keys(house):
    return (("mine", ""), ("room", house.room.UID()), ("unit", house.office.getId()))


def test_a_leader_speaks_for_the_unit(planned):
    from hopso.meetings.participation import synchronise

    store = assignment_store()
    store.assign(planned.substitute, Assignment(planned.department.getId(), "leaders"))
    planned.meeting.participants = (f"unit:{planned.department.getId()}",)
    synchronise(planned.meeting)
    put_in_state(planned.meeting, "convened")
    with as_user(planned.substitute):
        assert [one.title for one in seen("mine")] == ["Giao ban tuần 48"]
