"""Rooms: entered, changed, inspected, their rules posted; who may, and what the pages say."""

from datetime import date
from datetime import timedelta
import io

from hopso.core import errors
from hopso.factories import as_user
from hopso.inventory.devices.tests.test_counting import view_of
from hopso.inventory.rooms import operations
from hopso.inventory.rooms.criteria import criteria
from hopso.inventory.rooms.criteria import meets_standard
from hopso.inventory.rooms.records import current_rules
from hopso.inventory.rooms.records import inspections_of
from hopso.inventory.rooms.records import rules_of
from hopso.inventory.rules import bookable
from hopso.policy.policy import Policy
from openpyxl import load_workbook
import pytest
from zExceptions import NotFound
from zExceptions import Unauthorized


STRICT = Policy(room_standard_required=True, require_room_rules=True)


def inspection(bad=(), **more):
    return {
        "on": date(2026, 9, 1),
        "inspector": "Sở Khoa học và Công nghệ",
        "results": tuple(f"{name}={'bad' if name in bad else 'good'}" for name in criteria()),
        "document": "4/BBKT",
        "valid_until": None,
        "note": "",
    } | more


def posting(house, **more):
    return {
        "text": "1. Giữ trật tự.\n2. Tắt chuông điện thoại.",
        "document": "8/QĐ",
        "posted_on": date(2026, 9, 2),
        "posted_by": house.admin,
    } | more


@pytest.mark.rule("NA-2.1/2")
def test_an_inspection_decides_whether_a_room_is_booked(house):
    room, day = house.room, date(2026, 12, 1)
    assert [one.rule for one in bookable(room, STRICT, day)] == ["NA-2.1/2", "TQ-P8/2"]
    with as_user(house.admin):
        operations.inspect_room(room, **inspection(valid_until=date(2026, 12, 1)))
        operations.post_rules(room, **posting(house))
    assert bookable(room, STRICT, day) == []
    assert [one.rule for one in bookable(room, STRICT, day + timedelta(days=1))] == ["NA-2.1/2"]
    with as_user(house.admin):
        operations.inspect_room(room, **inspection(("light",), on=date(2026, 10, 1), note="Thiếu đèn"))
        # Entered late, it changes nothing: the latest day decides.
        operations.inspect_room(room, **inspection(on=date(2026, 8, 1)))
    assert (room.standard_ok, room.standard_inspected_on) == (False, date(2026, 10, 1))
    assert [one.rule for one in bookable(room, STRICT, day)] == ["NA-2.1/2"]
    assert [one.on.month for one in inspections_of(room)] == [10, 9, 8]
    assert inspections_of(room)[0].results["light"] == "bad"


@pytest.mark.parametrize(
    "results, ok",
    [
        ({"sound": "good", "light": "good"}, True),
        ({"sound": "good", "light": "bad"}, False),
        ({"sound": "good", "light": "na"}, True),
        ({"sound": "na", "light": "na"}, False),
    ],
)
def test_nothing_may_be_bad_and_something_was_looked_at(results, ok):
    assert meets_standard(results) is ok


@pytest.mark.parametrize(
    "more, field",
    [
        ({"on": date.today() + timedelta(days=3)}, "on"),
        ({"valid_until": date(2026, 8, 1)}, "valid_until"),
        ({"results": ("sound=good",)}, "results"),
        ({"results": ("sound=perfect",)}, "results"),
    ],
)
def test_what_is_no_inspection(house, more, field):
    with as_user(house.admin), pytest.raises(errors.Invalid) as wrong:
        operations.inspect_room(house.room, **inspection(**more))
    assert field in wrong.value.errors
    assert inspections_of(house.room) == []


@pytest.mark.rule("TQ-P8/2")
def test_posted_rules_keep_their_versions(house):
    with as_user(house.admin):
        operations.post_rules(house.room, **posting(house))
        operations.post_rules(house.room, **posting(house, text="Mới", posted_on=date(2026, 10, 2)))
        with pytest.raises(errors.Invalid):
            operations.post_rules(house.room, **posting(house, posted_on=date.today() + timedelta(days=3)))
    assert [(one.version, one.text[:3]) for one in rules_of(house.room)] == [(2, "Mới"), (1, "1. ")]
    assert current_rules(house.room).posted_by == house.admin
    assert house.room.rules_posted_on == date(2026, 10, 2)
    with as_user(house.secretary):
        page = view_of(house.room, "rules")()
        old = view_of(house.room, "rules", version="1")()
        with pytest.raises(NotFound):
            view_of(house.room, "rules", version="9")()
    assert "Mới" in page and "<svg" in page and "style=" not in page.partition("hs-paper")[2]
    assert "Tắt chuông" in old


@pytest.mark.parametrize("who", ["leader", "coordinator", "secretary", "outsider"])
def test_who_may_not(house, who):
    with as_user(getattr(house, who)):
        for operation, values in (
            (operations.inspect_room, inspection()),
            (operations.post_rules, posting(house)),
            (operations.change_room, {"title": "x"}),
        ):
            with pytest.raises(errors.Denied):
                operation(house.room, **values)
        with pytest.raises(errors.Denied):
            operations.add_room(house.office, title="x")
        with pytest.raises(Unauthorized):
            house.room.restrictedTraverse("@@inspect-room")


def test_a_room_is_entered_and_changed(house):
    with as_user(house.admin):
        room = operations.add_room(house.office, title="Phòng 2", capacity=30, features=("video",))
        operations.change_room(room, title="Phòng họp số 2", capacity=40, features=("video", "screen"))
        with pytest.raises(errors.Invalid):
            operations.change_room(room, title="x", capacity=0)
    assert (room.title, room.capacity, room.features) == ("Phòng họp số 2", 40, ("video", "screen"))


def test_forms_leave_inspection_and_rules_alone(house):
    with as_user(house.admin):
        form = view_of(house.room, "edit")
        form.update()
        assert set(form.widgets) == {"title", "place", "capacity", "equipment", "features", "active"}
        assert "hs-criterion" in view_of(house.room, "inspect-room")()


def test_the_page_says_what_is_missing(house):
    from hopso.policy.api import store_values

    store_values({"room_standard_required": True, "require_room_rules": True})
    with as_user(house.admin):
        before = view_of(house.room, "view")()
        operations.inspect_room(house.room, **inspection(("light",)))
        operations.post_rules(house.room, **posting(house))
        after = view_of(house.room, "view")()
    assert before.count("hs-note--bad") == 1 and before.count("hs-note--warn") == 1
    assert after.count("hs-note--bad") == 1 and "hs-note--warn" not in after
    assert "@@rules" in after


def test_the_list_of_rooms(house):
    with as_user(house.admin):
        operations.add_room(house.office, title="Hội trường", capacity=250, features=("recording",))
        assert "Hội trường" in view_of(house.office, "rooms")()
        page = view_of(house.office, "rooms", feature="recording", seats="100")()
        assert "Hội trường" in page and "Phòng họp số 1" not in page
        assert view_of(house.office, "rooms", q="không có").count() == 0
        data = view_of(house.office, "rooms.xlsx", seats="x")()
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]
    assert [row[0] for row in rows[1:]] == ["Hội trường", "Phòng họp số 1"]
