"""The same promise on RelStorage with a real PostgreSQL: of those who overlap one wins, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from datetime import UTC
import importlib
from importlib.util import find_spec
import os
from pathlib import Path
import sys
from threading import Barrier

import hopso
from hopso.booking.spans import Booking
from hopso.booking.store import Ledger
from hopso.booking.store import Taken
import pytest
import transaction
from transaction.interfaces import TransientError
from ZODB.DB import DB


INSTANCE = Path(hopso.__file__).parents[2] / "instance"
START = datetime(2026, 12, 1, 1, tzinfo=UTC)
AT_ONCE = 8
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not INSTANCE.is_dir(), reason="only in a checkout"),
]


@pytest.fixture(scope="module")
def database():
    """A database of ZODB in a PostgreSQL server of its own, with an empty ledger."""
    sys.path.insert(0, str(INSTANCE))
    try:
        postgres = importlib.import_module("postgres")
    finally:
        sys.path.pop(0)
    reason = postgres.missing() or ("" if find_spec("relstorage") else "the extra relstorage is missing")
    if reason:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from relstorage.adapters.postgresql import PostgreSQLAdapter
    from relstorage.options import Options
    from relstorage.storage import RelStorage

    server = postgres.Postgres().start()
    try:
        options = Options(keep_history=False, driver="psycopg2")
        storage = RelStorage(PostgreSQLAdapter(dsn=server.dsn, options=options), options=options)
        opened = DB(storage, pool_size=AT_ONCE + 1)
        with opened.transaction() as connection:
            connection.root()["ledger"] = Ledger()
        yield opened
        opened.close()
    finally:
        server.stop()


def at_once(database, bookings) -> list:
    """Book all *bookings* at the same moment, each on a connection of its own, as the publisher would.

    Returns the holders that got what they wanted.
    """
    together = Barrier(len(bookings))

    def work(booking):
        manager = transaction.TransactionManager()
        connection = database.open(transaction_manager=manager)
        try:
            for attempt in range(20):
                manager.begin()
                try:
                    connection.root()["ledger"].book(booking.holder, [booking])
                    if not attempt:
                        # Everybody has looked before anybody writes.
                        together.wait(30)
                    manager.commit()
                    return booking.holder
                except TransientError:
                    manager.abort()
                except Taken:
                    return None
            raise RuntimeError("tried in vain")
        finally:
            manager.abort()
            connection.close()

    with ThreadPoolExecutor(len(bookings)) as pool:
        return [one for one in pool.map(work, bookings) if one]


def held(database, resource) -> list:
    with database.transaction() as connection:
        found = connection.root()["ledger"].between(resource, START, START + timedelta(days=30))
        return [one.holder for one in found]


@pytest.mark.rule("NT-4.2/2")
def test_one_of_many_gets_the_room(database):
    wanted = [
        Booking("room:a", START + timedelta(minutes=5 * one), START + timedelta(hours=2), f"h{one}")
        for one in range(AT_ONCE)
    ]
    winners = at_once(database, wanted)
    assert len(winners) == 1
    assert held(database, "room:a") == winners


def test_who_does_not_overlap_gets_it_too(database):
    wanted = [
        Booking("room:b", START + timedelta(hours=one), START + timedelta(hours=one + 1), f"b{one}")
        for one in range(AT_ONCE)
    ]
    winners = at_once(database, wanted)
    assert sorted(winners) == sorted(one.holder for one in wanted)
    assert held(database, "room:b") == [one.holder for one in wanted]
