"""Two people at once: two connections to one database."""

from hopso.booking.api import book
from hopso.booking.api import bookings_between
from hopso.booking.spans import room_key
from hopso.conftest import House
from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import create_meeting
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.meetings import participation
from hopso.meetings.answers import answer
from hopso.meetings.preparation import add_item
from hopso.meetings.preparation import reorder_agenda
import pytest
import transaction
from ZODB.POSException import ConflictError
from zope.component.hooks import setSite


@pytest.fixture
def other(functional):
    """Return a function that does something in a second connection, with a transaction of its own."""
    database = functional["portal"]._p_jar.db()
    opened = []

    def other(path, work):
        manager = transaction.TransactionManager()
        connection = database.open(transaction_manager=manager)
        opened.append(connection)
        site = connection.root()["Application"].unrestrictedTraverse("/plone")
        setSite(site)
        try:
            return site, manager, work(site.unrestrictedTraverse(path))
        finally:
            setSite(functional["portal"])

    yield other
    setSite(functional["portal"])
    for connection in opened:
        connection.transaction_manager.abort()
        connection.close()


@pytest.fixture
def live(functional):
    house = House(functional["portal"])
    transaction.commit()
    return house


def path_of(thing):
    return "/".join(thing.getPhysicalPath())


def record(meeting, principal, **changes):
    return participation.put_record(meeting, participation.records(meeting)[principal], **changes)


def test_two_answers_at_once_both_count(live, other, make):
    people = [
        make.create_person(f"khach{number}", f"Khách {number}", live.department) for number in range(40)
    ]
    make.change(live.meeting, participants=tuple(f"user:{one}" for one in people))
    put_in_state(live.meeting, "convened")
    transaction.commit()
    first, last = f"user:{people[0]}", f"user:{people[-1]}"
    _site, manager, _done = other(
        path_of(live.meeting), lambda meeting: record(meeting, first, answer="attending")
    )
    with as_user(people[-1]):
        answer(live.meeting, answer="declined", reason="Đi công tác")
    transaction.commit()
    manager.commit()
    transaction.begin()
    kept = participation.records(live.meeting)
    assert (kept[first].answer, kept[last].answer) == ("attending", "declined")


def test_one_room_for_two_meetings_at_once(live, other):
    """The second of two bookings conflicts; tried again, it sees the first."""
    second = create_meeting(live.office, "Họp khác", start=live.meeting.start, rooms=(live.room.UID(),))
    for meeting in (live.meeting, second):
        put_in_state(meeting, "registered")
    transaction.commit()
    # Both see the room free …
    uid, start, end = second.UID(), second.start, second.end
    _site, manager, _done = other(
        path_of(live.room), lambda room: book([room_key(room.UID())], start, end, uid)
    )
    with as_user(live.admin):
        operations.schedule(live.meeting)
    transaction.commit()
    # … but one only gets it.
    with pytest.raises(ConflictError):
        manager.commit()
    manager.abort()
    transaction.begin()
    found = bookings_between(room_key(live.room.UID()), start, end)
    assert [one.holder for one in found] == [live.meeting.UID()]
    with as_user(live.admin), pytest.raises(errors.Blocked):
        operations.schedule(second)


def test_reordering_writes_at_most_three_objects(live, make):
    with as_user(live.coordinator):
        items = [add_item(live.meeting, title=f"Nội dung {number}").getId() for number in range(60)]
    transaction.commit()
    jar = live.meeting._p_jar
    with as_user(live.coordinator):
        reorder_agenda(live.meeting, item=items[-1], position=1)
    written = [thing for thing in jar._registered_objects if thing._p_changed]
    assert len(written) <= 3, written
    transaction.abort()
