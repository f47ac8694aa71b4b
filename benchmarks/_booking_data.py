"""The parts of the benchmark ``booking`` that have the database open."""

from base64 import b64encode
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from pathlib import Path
from statistics import median
from time import perf_counter


FEW, MANY = 1_000, 100_000
RESOURCES = 10
LOOKS, BOOKINGS = 300, 60


def part(name: str, conf: str, *args) -> dict:
    """Carry out the part *name* (with its underscore)."""
    if name == "_conflicts":
        return conflicts(*args)
    import hopso.compat  # noqa: F401

    # isort: split
    from hopso.distribution.making import zope
    from hopso.interfaces import IHopsoLayer
    from zope.component.hooks import setSite
    from zope.interface import alsoProvides

    with zope(Path(conf)) as app:
        setSite(app.hopso)
        alsoProvides(app.REQUEST, IHopsoLayer)
        return {"_fill": fill, "_verify": verify}[name](app.hopso, *args)


def fill(site, count: str) -> dict:
    """Make a unit, its administrator, two rooms, and *count* registered meetings for the first at overlapping times."""
    from hopso import factories as make
    import transaction

    unit = make.create_unit("Văn phòng", "VP", unit_type="office")
    admin = make.create_person("quantri", "Trần Văn Quản", unit, ("admins",))
    room = make.create_room(unit, "Phòng họp số 1")
    make.create_room(unit, "Phòng họp số 2")
    paths = []
    for number in range(int(count)):
        start = make.in_days(10, 8) + timedelta(minutes=number % 60)
        meeting = make.create_meeting(
            unit, f"Họp số {number}", start, hours=2, rooms=(room.UID(),), preparer=admin
        )
        make.put_in_state(meeting, "registered")
        paths.append("/".join(meeting.getPhysicalPath()))
    transaction.commit()
    login = b64encode(f"{admin}:{make.PASSWORD}".encode()).decode()
    return {"meetings": paths, "room": room.UID(), "login": login}


def verify(site, room: str) -> dict:
    """Return who holds the room, by the ledger and by the state of the meetings."""
    from hopso.booking.api import bookings_between
    from hopso.booking.api import bookings_of
    from hopso.booking.spans import room_key
    from hopso.factories import in_days
    from plone import api

    found = bookings_between(room_key(room), in_days(0), in_days(30))
    catalog = api.portal.get_tool("portal_catalog")
    scheduled = catalog.unrestrictedSearchResults(portal_type="Meeting", review_state="scheduled")
    everybody = catalog.unrestrictedSearchResults(portal_type="Meeting")
    indexed = sorted(one.UID for one in everybody if bookings_of(one.UID))
    if indexed != sorted(one.holder for one in found):
        raise RuntimeError("the trees of days and of holders do not agree")
    return {
        "holders": sorted(one.holder for one in found),
        "winners": sorted(one.UID for one in scheduled),
        "scheduled": len(scheduled),
    }


def conflicts(folder: str) -> dict:
    """Time the look for conflicts, and a booking with its commit, in a small and in a big ledger."""
    from hopso.booking.store import Ledger
    import transaction
    from ZODB.DB import DB
    from ZODB.FileStorage import FileStorage

    database = DB(FileStorage(f"{folder}/bookings.fs"), cache_size=400_000)
    times = {}
    for name, count in (("few", FEW), ("many", MANY)):
        connection = database.open()
        ledger = connection.root()[name] = Ledger()
        begin = perf_counter()
        put_in(ledger, count, transaction)
        print(f"{count} bookings made in {perf_counter() - begin:.1f} s", flush=True)
        connection.close()
    for name, count in (("few", FEW), ("many", MANY)):
        connection = database.open()
        connection.cacheMinimize()
        ledger = connection.root()[name]
        times[name] = looks(connection, ledger, count) | bookings(connection, ledger, count, transaction)
        connection.close()
    database.close()
    figures = {
        f"{task}_{name}_us": round(1e6 * seconds, 1)
        for name, tasks in times.items()
        for task, seconds in tasks.items()
    }
    ratios = {task: times["many"][task] / times["few"][task] for task in times["few"]}
    # With what it asks for in memory or not: the dearer ratio counts.
    return {
        "conflict_check_ratio": round(max(ratios["look"], ratios["cold_look"]), 2),
        "booking_ratio": round(max(ratios["book"], ratios["cold_book"]), 2),
        "bookings": MANY,
    } | figures


def start_of(number: int) -> datetime:
    """Return when the booking *number* of a resource begins: four a day, for years if need be."""
    day, hour = divmod(number, 4)
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=2 * hour)


def put_in(ledger, count, transaction):
    """Put *count* bookings of an hour into the ledger, spread over the resources."""
    from hopso.booking.spans import Booking

    for number in range(count):
        start = start_of(number // RESOURCES)
        resource = f"room:{number % RESOURCES:032x}"
        ledger.book(
            f"{number:032x}", [Booking(resource, start, start + timedelta(hours=1), f"{number:032x}")]
        )
        if number % 5_000 == 4_999:
            transaction.commit()
    transaction.commit()


def looks(connection, ledger, count) -> dict:
    """Return the median seconds of a look for conflicts of three resources, everything in memory and nothing."""
    spread = max(1, count // RESOURCES // LOOKS)
    names = [f"room:{number:032x}" for number in range(3)]
    found = {"cold_look": [], "look": []}
    for number in range(LOOKS):
        start = start_of(number * spread % (count // RESOURCES)) + timedelta(minutes=30)
        for kind, times in found.items():
            if kind == "cold_look":
                connection.cacheMinimize()
            begin = perf_counter()
            others = ledger.conflicts(names, start, start + timedelta(hours=1))
            times.append(perf_counter() - begin)
            if len(others) != len(names):
                raise RuntimeError(f"{len(others)} conflicts instead of {len(names)}")
    return {kind: median(times) for kind, times in found.items()}


def bookings(connection, ledger, count, transaction) -> dict:
    """Return the median seconds of a booking of a free hour with its commit, everything in memory and nothing."""
    from hopso.booking.spans import Booking

    spread = max(1, count // RESOURCES // BOOKINGS)
    resource, found = f"room:{0:032x}", {"cold_book": [], "book": []}
    for number in range(BOOKINGS):
        for place, (kind, times) in enumerate(found.items()):
            start = start_of(number * spread % (count // RESOURCES)) + timedelta(minutes=60 + 30 * place)
            # Among the holders that are there, not behind them.
            holder = f"{number * (count // BOOKINGS):032x}-{kind}"
            wanted = Booking(resource, start, start + timedelta(minutes=30), holder)
            if kind == "cold_book":
                connection.cacheMinimize()
            else:
                ledger.conflicts([resource], start, start + timedelta(minutes=30))
                ledger.held(holder)
            begin = perf_counter()
            ledger.book(holder, [wanted])
            transaction.commit()
            times.append(perf_counter() - begin)
    return {kind: median(times) for kind, times in found.items()}
