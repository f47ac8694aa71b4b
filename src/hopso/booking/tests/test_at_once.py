"""Two writers, two connections: who overlaps conflicts in the database, others do not."""

from datetime import timedelta

from hopso.booking import api as booking
from hopso.factories import in_days
import pytest
import transaction
from ZODB.POSException import ConflictError
from zope.component.hooks import setSite


@pytest.fixture
def two(functional):
    """Return a function: both callables see the same state, and are committed one after the other."""
    portal = functional["portal"]
    booking.book(["room:other"], in_days(300), in_days(301), "somebody")
    transaction.commit()

    def two(first, second):
        manager = transaction.TransactionManager()
        connection = portal._p_jar.db().open(transaction_manager=manager)
        try:
            setSite(connection.root()["Application"].unrestrictedTraverse("/plone"))
            second()
            setSite(portal)
            first()
            transaction.commit()
            manager.commit()
        finally:
            setSite(portal)
            manager.abort()
            connection.close()
            transaction.begin()

    return two


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((["room:a"], 10, 10.1), (["room:a"], 10, 10.1)),
        # The month of the one begins and ends far from the hour of the other.
        ((["room:a"], 10, 41), (["room:a"], 25, 25.1)),
        ((["room:a", "site:b", "bridge:c"], 10, 11), (["room:d", "bridge:c"], 10, 12)),
    ],
)
@pytest.mark.parametrize("known", [False, True], ids=["new resource", "known resource"])
def test_overlapping_writers_conflict(two, first, second, known):
    if known:
        for resource in {*first[0], *second[0]}:
            booking.book([resource], in_days(100), in_days(101), f"earlier {resource}")
        transaction.commit()

    def span(days):
        return in_days(10) + timedelta(days=days - 10)

    with pytest.raises(ConflictError):
        two(
            lambda: booking.book(first[0], span(first[1]), span(first[2]), "first"),
            lambda: booking.book(second[0], span(second[1]), span(second[2]), "second"),
        )
    assert len(booking.bookings_of("first")) == len(first[0])
    assert booking.bookings_of("second") == []


def test_a_freed_day_and_a_new_booking_in_it_do_not_lose_each_other(two):
    """The day stays when its last booking goes, or the other's would go with it."""
    booking.book(["room:a"], in_days(10), in_days(10, 9), "first")
    transaction.commit()
    with pytest.raises(ConflictError):
        two(
            lambda: booking.free("first"),
            lambda: booking.book(["room:a"], in_days(10, 10), in_days(10, 11), "second"),
        )
    booking.book(["room:a"], in_days(10, 10), in_days(10, 11), "second")
    assert len(booking.bookings_of("second")) == 1


@pytest.mark.parametrize("known", [False, True], ids=["new days", "known days"])
def test_other_days_and_resources_do_not_meet(two, known):
    if known:
        for day in (10, 20):
            booking.book(["room:a"], in_days(day, 15), in_days(day, 16), f"earlier {day}")
        transaction.commit()
    two(
        lambda: booking.book(["room:a"], in_days(10), in_days(10, 9), "first"),
        lambda: booking.book(["room:b"], in_days(10), in_days(10, 9), "second"),
    )
    two(
        lambda: booking.book(["room:a"], in_days(12), in_days(12, 9), "third"),
        lambda: booking.book(["room:a"], in_days(20), in_days(20, 9), "fourth"),
    )
    for holder in ("first", "second", "third", "fourth"):
        assert len(booking.bookings_of(holder)) == 1
