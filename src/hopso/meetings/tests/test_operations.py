"""Each operation: denied, allowed, in the wrong state."""

from datetime import timedelta

from hopso.booking.api import bookings_between
from hopso.booking.spans import room_key
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.meetings import answers
from hopso.meetings import operations
from hopso.meetings import participation
from hopso.meetings import preparation
from hopso.meetings.agenda import item_ids
from hopso.meetings.calls import calls_of
from hopso.meetings.calls import papers_of
from plone import api
import pytest


def slots_of(room):
    return bookings_between(room_key(room.UID()), in_days(-400), in_days(400))


def rules_of(error):
    return {one.rule for one in error.value.findings}


# (operation, parameters, from state, who may, who may not, to state)
STEPS = [
    ("register", {}, "draft", "coordinator", "admin", "registered"),
    ("register", {}, "returned", "coordinator", "delegate", "registered"),
    ("return_registration", {"comment": "Thiếu tài liệu"}, "registered", "admin", "coordinator", "returned"),
    ("schedule", {}, "registered", "admin", "coordinator", "scheduled"),
    ("schedule", {}, "postponed", "admin", "chair", "scheduled"),
    ("convene", {}, "scheduled", "coordinator", "delegate", "convened"),
    ("start", {}, "convened", "chair", "coordinator", "in_session"),
    ("end", {}, "in_session", "secretary", "delegate", "ended"),
    ("conclude", {}, "ended", "coordinator", "delegate", "concluded"),
    ("postpone", {"reason": "Bão số 5"}, "convened", "chair", "delegate", "postponed"),
    ("displace", {"reason": "Họp UBND tỉnh"}, "scheduled", "admin", "coordinator", "displaced"),
    ("cancel", {"reason": "Không cần nữa"}, "registered", "coordinator", "delegate", "cancelled"),
]


@pytest.mark.parametrize(("name", "params", "before", "who", "who_not", "after"), STEPS)
def test_steps(house, make, name, params, before, who, who_not, after):
    one = getattr(operations, name)
    make.create_item(house.meeting)
    put_in_state(house.meeting, before)
    with as_user(getattr(house, who_not)), pytest.raises(errors.Denied):
        one(house.meeting, **params)
    assert state_of(house.meeting) == before
    with as_user(getattr(house, who)):
        one(house.meeting, **params)
    assert state_of(house.meeting) == after
    with as_user(getattr(house, who)), pytest.raises(errors.WrongState):
        one(house.meeting, **params)
    assert state_of(house.meeting) == after


@pytest.mark.rule("BD-3.1.a", "BD-6.2")
def test_registration_stamps_and_freezes_the_policy(house, make):
    make.create_document(house.meeting)
    with as_user(house.coordinator):
        operations.register(house.meeting)
    meeting = house.meeting
    assert meeting.registered_at <= meeting.complete_at <= now()
    assert meeting.policy_values["lead_time_normal"]
    assert meeting.published_at is None


@pytest.mark.rule("BD-6.2", "NA-7")
def test_incomplete_registration_is_blocked(house):
    change(house.meeting, content="", secretary=None, participants=())
    with as_user(house.coordinator), pytest.raises(errors.Blocked) as error:
        operations.register(house.meeting)
    assert [one.data["field"] for one in error.value.findings if one.level == "block"] == [
        "content",
        "secretary",
        "participants",
    ]
    assert state_of(house.meeting) == "draft"


@pytest.mark.rule("BD-6.2", "BD-7/1")
def test_the_clock_starts_with_the_last_thing_missing(house, make):
    with as_user(house.coordinator):
        operations.register(house.meeting)
    assert house.meeting.complete_at is None
    make.create_document(house.meeting)
    assert house.meeting.complete_at is not None


@pytest.mark.rule("BD-6.1/1")
def test_too_late_without_override(house):
    start = now() + timedelta(hours=47)
    change(house.meeting, start=start, end=start + timedelta(hours=1))
    with as_user(house.coordinator), pytest.raises(errors.Blocked) as error:
        operations.register(house.meeting, override_reason="Gấp")
    assert rules_of(error) == {"BD-6.1/1"}
    with as_user(house.leader), pytest.raises(errors.Blocked):
        operations.register(house.meeting)
    assert state_of(house.meeting) == "draft"
    with as_user(house.leader):
        operations.register(house.meeting, override_reason="Theo yêu cầu của Chủ tịch")
    assert state_of(house.meeting) == "registered"


@pytest.mark.rule("BD-6.1/2", "BD-7/3")
def test_urgent_path(house):
    start = now() + timedelta(hours=4)
    change(
        house.meeting, start=start, end=start + timedelta(hours=1), urgent=True, urgent_reason="storm_flood"
    )
    with as_user(house.coordinator):
        with pytest.raises(errors.Blocked) as error:
            operations.register(house.meeting)
        assert rules_of(error) == {"BD-6.1/2"}
        preparation.log_call(house.meeting, whom="Sở Nội vụ", phone="0256 3822 000")
        operations.register(house.meeting)
    assert state_of(house.meeting) == "registered"
    assert calls_of(house.meeting)[0].by == house.coordinator


@pytest.mark.rule("BD-7/3")
def test_notice_below_three_hours_falls_back_to_paper(house, make):
    start = now() + timedelta(hours=2)
    change(house.meeting, start=start, end=start + timedelta(hours=1), urgent=True, urgent_reason="fire")
    make.create_item(house.meeting)
    with as_user(house.coordinator):
        preparation.log_call(house.meeting, whom="Công an tỉnh", phone="113")
        found = operations.register.findings(house.meeting)
        assert {"BD-7/3", "BD-6.1/2"} <= {one.rule for one in found}
        operations.register(house.meeting)
    with as_user(house.admin):
        operations.schedule(house.meeting)
        preparation.log_paper(house.meeting, document="Phương án", copies=20, reason="Không kịp đăng tải")
    assert [(one.document, one.copies) for one in papers_of(house.meeting)] == [("Phương án", 20)]


def test_calls_are_not_in_the_future(house):
    with as_user(house.coordinator), pytest.raises(errors.Invalid):
        preparation.log_call(house.meeting, whom="A", phone="1", called_at=now() + timedelta(hours=1))
    with as_user(house.delegate), pytest.raises(errors.Denied):
        preparation.log_call(house.meeting, whom="A", phone="1")
    assert calls_of(house.meeting) == []


def test_no_meeting_in_the_past(house):
    start = in_days(-1)
    change(house.meeting, start=start, end=start + timedelta(hours=1), urgent=True, urgent_reason="fire")
    with as_user(house.coordinator):
        preparation.log_call(house.meeting, whom="A", phone="1", called_at=in_days(-2))
        with pytest.raises(errors.Blocked) as error:
            operations.register(house.meeting)
    assert rules_of(error) == {"HS-PAST"}


@pytest.mark.rule("BD-6.3/1")
def test_unapproved_documents_hold_the_meeting_back(house, make):
    make.create_item(house.meeting)
    document = make.create_document(house.meeting, "Báo cáo tuần")
    put_in_state(house.meeting, "scheduled")
    with as_user(house.coordinator):
        with pytest.raises(errors.Blocked) as error:
            operations.convene(house.meeting)
        assert rules_of(error) == {"BD-6.3/1"}
        mapping = error.value.findings[0].text.mapping
        assert "Báo cáo tuần" in mapping["names"]
        assert mapping["who"] == "Đặng Thị Hòa"
        with pytest.raises(errors.Blocked):
            operations.convene(house.meeting, leave_out=True)
        assert state_of(house.meeting) == "scheduled"
        operations.convene(house.meeting, leave_out=True, reason="Bổ sung tại cuộc họp")
    assert state_of(house.meeting) == "convened"
    assert state_of(document) == "draft"
    assert house.meeting.published_at is not None


def test_an_empty_agenda_invites_nobody(house):
    put_in_state(house.meeting, "scheduled")
    with as_user(house.coordinator), pytest.raises(errors.Blocked) as error:
        operations.convene(house.meeting)
    assert rules_of(error) == {"HS-AGENDA"}


@pytest.mark.rule("BD-7/1")
def test_late_publication_is_told(house, make):
    make.create_item(house.meeting)
    put_in_state(house.meeting, "scheduled")
    house.meeting.complete_at = now() - timedelta(minutes=61)
    with as_user(house.coordinator):
        found = operations.convene.findings(house.meeting)
    assert [(one.rule, one.level) for one in found] == [("BD-7/1", "warn")]


@pytest.mark.rule("BD-10.1/1")
def test_archive_needs_issued_minutes(house, make):
    put_in_state(house.meeting, "concluded")
    with as_user(house.delegate), pytest.raises(errors.Denied):
        operations.archive(house.meeting)
    minutes = make.add(house.meeting, "Minutes", title="Biên bản")
    with as_user(house.archivist), pytest.raises(errors.Blocked) as error:
        operations.archive(house.meeting)
    assert rules_of(error) == {"BD-10.1/1"}
    put_in_state(minutes, "issued")
    with as_user(house.archivist):
        operations.archive(house.meeting)
    assert state_of(house.meeting) == "archived"


class TestRooms:
    """A room is held from scheduling until the meeting is over or off."""

    @pytest.fixture
    def scheduled(self, house):
        put_in_state(house.meeting, "registered")
        with as_user(house.admin):
            operations.schedule(house.meeting)
        return house.meeting

    def test_scheduling_takes_the_room(self, house, scheduled):
        (slot,) = slots_of(house.room)
        assert (slot.begins, slot.ends, slot.holder) == (scheduled.start, scheduled.end, scheduled.UID())

    @pytest.mark.parametrize("offset", [-119, 0, 119])
    def test_no_second_meeting_in_the_room(self, house, make, scheduled, offset):
        second = make.create_meeting(
            house.office,
            "Họp khác",
            start=scheduled.start + timedelta(minutes=offset),
            rooms=(house.room.UID(),),
        )
        put_in_state(second, "registered")
        with as_user(house.admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(second)
        assert rules_of(error) == {"HS-ROOM"}
        assert error.value.findings[0].text.mapping["by"] == "Giao ban tuần 48"
        assert state_of(second) == "registered"

    @pytest.mark.parametrize("offset", [-120, 120])
    def test_neighbours_do_not_collide(self, house, make, scheduled, offset):
        second = make.create_meeting(
            house.office, start=scheduled.start + timedelta(minutes=offset), rooms=(house.room.UID(),)
        )
        put_in_state(second, "registered")
        with as_user(house.admin):
            operations.schedule(second)
        assert len(slots_of(house.room)) == 2

    def test_the_other_meeting_is_named_to_those_who_may_see_it(self, house, make, scheduled):
        admin = make.create_person("admin_snv", "Hồ Quản", house.department, ("admins",))
        second = make.create_meeting(
            house.department, "Họp sở", start=scheduled.start, rooms=(house.room.UID(),)
        )
        put_in_state(second, "registered")
        with as_user(admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(second)
        assert error.value.findings[0].text.mapping["by"] == ""

    @pytest.mark.parametrize("name", ["postpone", "displace", "cancel"])
    def test_the_room_is_free_again(self, house, scheduled, name):
        with as_user(house.admin):
            getattr(operations, name)(scheduled, reason="Lý do")
        assert slots_of(house.room) == []

    def test_moving_a_meeting_moves_the_slot(self, house, make, scheduled):
        other = make.create_room(house.office, "Phòng họp số 2")
        with as_user(house.admin):
            operations.reschedule(scheduled, rooms=(other.UID(),))
        assert slots_of(house.room) == []
        assert len(slots_of(other)) == 1
        later = scheduled.start + timedelta(days=1)
        with as_user(house.coordinator), pytest.raises(errors.Denied):
            change(scheduled, start=later, end=later + timedelta(hours=1))
        with as_user(house.admin):
            change(scheduled, start=later, end=later + timedelta(hours=1))
        assert slots_of(other)[0].begins == later

    def test_a_change_by_form_cannot_take_a_taken_room(self, house, make, scheduled):
        other = make.create_room(house.office, "Phòng họp số 2")
        second = make.create_meeting(house.office, "Hai", start=scheduled.start, rooms=(other.UID(),))
        put_in_state(second, "registered")
        with as_user(house.admin):
            operations.schedule(second)
        with as_user(house.admin), pytest.raises(errors.EditConflict):
            change(second, rooms=(house.room.UID(),))

    def test_small_rooms_warn(self, house, make):
        house.room.capacity = 2
        with as_user(house.admin):
            found = operations.schedule.findings(house.meeting)
        assert [(one.rule, one.level) for one in found] == [("HS-SEATS", "warn")]

    def test_deleted_meetings_leave_the_room(self, house, scheduled):
        scheduled.__parent__._delObject(scheduled.getId())
        assert slots_of(house.room) == []


class TestAgenda:
    """Items are added, moved and deleted; documents keep their item from being deleted."""

    @pytest.fixture
    def items(self, house):
        with as_user(house.coordinator):
            return [preparation.add_item(house.meeting, title=one).getId() for one in ("Một", "Hai", "Ba")]

    def test_only_those_who_prepare(self, house, items):
        with as_user(house.delegate):
            for call in (
                lambda: preparation.add_item(house.meeting, title="Bốn"),
                lambda: preparation.reorder_agenda(house.meeting, order=tuple(reversed(items))),
                lambda: preparation.delete_item(house.meeting, item=items[0]),
            ):
                with pytest.raises(errors.Denied):
                    call()
        assert item_ids(house.meeting) == items

    def test_order(self, house, items, make):
        first, second, third = items
        make.create_document(house.meeting)
        with as_user(house.secretary):
            preparation.reorder_agenda(house.meeting, order=(third, first, second))
            assert item_ids(house.meeting) == [third, first, second]
            preparation.reorder_agenda(house.meeting, item=third, position=3)
            assert item_ids(house.meeting) == [first, second, third]
            preparation.reorder_agenda(house.meeting, item=first, position=99)
            assert item_ids(house.meeting) == [second, third, first]
        assert house.meeting.objectIds()[-1] not in items

    @pytest.mark.parametrize("wrong", [(), ("x",), ("0", "0", "1"), ("0", "1")])
    def test_a_changed_agenda_is_not_reordered(self, house, items, wrong):
        wanted = tuple(items[int(one)] if one.isdigit() else one for one in wrong)
        with as_user(house.coordinator), pytest.raises((errors.EditConflict, errors.Invalid)):
            preparation.reorder_agenda(house.meeting, order=wanted)
        assert item_ids(house.meeting) == items

    def test_items_with_documents_stay(self, house, items, make):
        make.create_document(house.meeting, agenda_item=items[0])
        with as_user(house.coordinator):
            with pytest.raises(errors.WrongState):
                preparation.delete_item(house.meeting, item=items[0])
            preparation.delete_item(house.meeting, item=items[1])
            with pytest.raises(errors.EditConflict):
                preparation.delete_item(house.meeting, item=items[1])
        assert item_ids(house.meeting) == [items[0], items[2]]

    def test_nothing_after_the_conclusion(self, house, items):
        put_in_state(house.meeting, "concluded")
        with as_user(house.coordinator), pytest.raises(errors.WrongState):
            preparation.delete_item(house.meeting, item=items[0])
        with as_user(house.coordinator), pytest.raises(errors.Denied):
            preparation.add_item(house.meeting, title="Bốn")


class TestAnswers:
    """BD-8.1: attend, send somebody, decline."""

    @pytest.fixture
    def convened(self, house):
        return put_in_state(house.meeting, "convened")

    def test_not_before_the_invitation(self, house):
        with as_user(house.delegate), pytest.raises(errors.WrongState):
            answers.answer(house.meeting, answer="attending")

    def test_not_for_outsiders_nor_for_others(self, house, convened):
        with as_user(house.outsider), pytest.raises(errors.Denied):
            answers.answer(convened, answer="attending")
        with as_user(house.secretary), pytest.raises(errors.Denied):
            answers.answer(convened, answer="attending", principal=f"user:{house.delegate}")
        assert participation.records(convened)[f"user:{house.delegate}"].answer == "invited"

    @pytest.mark.parametrize(
        ("values", "bad"),
        [
            ({"answer": "declined"}, "reason"),
            ({"answer": "substituted"}, "substitute"),
            ({"answer": "substituted", "substitute": "daibieu"}, "substitute"),
            ({"answer": "vielleicht"}, "answer"),
        ],
    )
    def test_what_must_be_said(self, house, convened, values, bad):
        with as_user(house.delegate), pytest.raises(errors.Invalid) as error:
            answers.answer(convened, **values)
        assert set(error.value.errors) == {bad}

    def test_the_right_goes_over_to_the_substitute(self, house, convened):
        with as_user(house.substitute), pytest.raises(errors.Denied):
            answers.answer(convened, answer="attending")
        with as_user(house.delegate):
            answers.answer(convened, answer="substituted", substitute=house.substitute)
        assert answers.tally(convened)["substituted"] == 1
        with as_user(house.substitute):
            assert api.user.has_permission("View", obj=convened)
        with as_user(house.delegate):
            assert not api.user.has_permission("View", obj=convened)

    def test_one_speaks_for_the_unit(self, house, convened):
        change(convened, participants=(f"unit:{house.department.getId()}",))
        with as_user(house.outsider):  # a coordinator of the department
            answers.answer(convened, answer="attending")
        record = participation.records(convened)[f"unit:{house.department.getId()}"]
        assert (record.answer, record.answered_by) == ("attending", house.outsider)
        with as_user(house.delegate), pytest.raises(errors.Denied):
            answers.answer(convened, answer="declined", reason="x")

    def test_the_secretary_records_what_was_said_by_telephone(self, house, convened):
        principal = f"user:{house.delegate}"
        with as_user(house.secretary):
            answers.record_answer(convened, answer="declined", principal=principal, reason="Ốm")
        record = participation.records(convened)[principal]
        assert (record.answer, record.answered_by) == ("declined", house.secretary)
        with as_user(house.delegate), pytest.raises(errors.Denied):
            answers.record_answer(convened, answer="attending", principal=principal)


def test_participants_come_and_go(house):
    added = (f"user:{house.substitute}", f"unit:{house.department.getId()}")
    with as_user(house.delegate), pytest.raises(errors.Denied):
        preparation.add_participants(house.meeting, principals=added)
    with as_user(house.coordinator):
        preparation.add_participants(house.meeting, principals=added)
        assert set(participation.records(house.meeting)) == {f"user:{house.delegate}", *added}
        preparation.remove_participants(house.meeting, principals=added[:1])
        with pytest.raises(errors.Invalid):
            preparation.add_participants(house.meeting, principals=("user:khong-co",))
    assert set(participation.records(house.meeting)) == {f"user:{house.delegate}", added[1]}


def test_a_copy_takes_the_agenda_along(house, make):
    make.create_item(house.meeting, "Khai mạc", duration=10)
    make.create_document(house.meeting)
    start = in_days(400)
    with as_user(house.delegate), pytest.raises(errors.Denied):
        preparation.copy_meeting(house.meeting, start=start)
    with as_user(house.coordinator):
        copy = preparation.copy_meeting(house.meeting, start=start)
    assert copy.end - copy.start == house.meeting.end - house.meeting.start
    assert [copy[one].title for one in item_ids(copy)] == ["Khai mạc"]
    assert len(copy.objectIds()) == 1
    assert state_of(copy) == "draft"
    assert copy.registered_at is None


def test_an_agenda_item_is_changed_by_those_who_prepare(house, make):
    item = make.create_item(house.meeting, "Khai mạc")
    with as_user(house.delegate), pytest.raises(errors.Denied):
        preparation.change_item(item, title="Bế mạc")
    with as_user(house.coordinator):
        preparation.change_item(item, title="Bế mạc", duration=5)
    assert (item.title, item.duration) == ("Bế mạc", 5)
