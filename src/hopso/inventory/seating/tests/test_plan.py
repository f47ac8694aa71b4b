"""Plans: what is read from a browser, the usual shapes, the picture."""

from contextlib import suppress
from itertools import pairwise
import json

from hopso.inventory.seating import drawing
from hopso.inventory.seating.plan import BadPlan
from hopso.inventory.seating.plan import read_plan
from hopso.inventory.seating.plan import SEAT
from hopso.inventory.seating.shapes import arrange
from hopso.inventory.seating.shapes import SHAPES
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest


SEATS = [
    {"id": "s1", "x": 100, "y": 100, "label": "CT", "kind": "chair"},
    {"id": "s2", "x": 200, "y": 100, "label": "1"},
]


def plan(**changes):
    data = {"width": 900, "height": 600, "seats": SEATS, "things": []} | changes
    return json.dumps(data)


def seat(**changes):
    return plan(seats=[SEATS[0], SEATS[1] | changes])


def test_what_was_read_is_written_the_same():
    things = [{"id": "t1", "kind": "door", "x": 10, "y": 10, "w": 60, "h": 20, "label": " Cửa  chính "}]
    found = read_plan(plan(things=things))
    assert found.things[0].label == "Cửa chính"
    assert read_plan(found.to_json()) == found
    assert [one.kind for one in found.usable()] == ["chair", "seat"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "{" * 5000,
        plan(width=50_000),
        plan(width="900"),
        plan(width=True),
        plan(seats={}),
        plan(seats=["x"]),
        plan(seats=[SEATS[0] | {"id": f"s{n}", "label": f"{n}", "kind": "seat"} for n in range(1001)]),
        seat(label="CT"),
        seat(label="ct"),
        seat(label=""),
        seat(label="x" * 13),
        seat(x=901),
        seat(x=-1),
        seat(x=1.5),
        seat(id="s1"),
        seat(id='"><script>'),
        seat(kind="throne"),
        seat(kind="chair"),
        seat(keep=["x"]),
        plan(things=[{"id": "t1", "kind": "bomb", "x": 1, "y": 1, "w": 10, "h": 10}]),
        plan(things=[{"id": "t1", "kind": "door", "x": 1, "y": 1, "w": 0, "h": 10}]),
        " " * 200_001,
    ],
    ids=range(26),
)
def test_what_is_no_plan(text):
    with pytest.raises(BadPlan) as wrong:
        read_plan(text)
    assert str(wrong.value.message)


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
    )
)
def test_nothing_else_is_raised(data):
    with suppress(BadPlan):
        read_plan(json.dumps(data))


@settings(deadline=None, max_examples=120)
@given(shape=st.sampled_from(sorted(SHAPES)), seats=st.integers(1, 400))
def test_a_shape_has_its_seats_side_by_side(shape, seats):
    found = arrange(shape, seats)
    assert len(found.seats) == seats
    assert read_plan(found.to_json()) == found
    places = {(one.x, one.y) for one in found.seats}
    assert len(places) == seats
    rows = {}
    for one in found.seats:
        rows.setdefault(one.y, []).append(one.x)
    for across in rows.values():
        across.sort()
        assert all(right - left >= SEAT for left, right in pairwise(across))
    assert [one.kind for one in found.seats].count("chair") == 1


@pytest.mark.parametrize("shape, seats", [("circle", 5), ("rows", 0), ("rows", 1001)])
def test_no_such_shape(shape, seats):
    with pytest.raises((KeyError, ValueError)):
        arrange(shape, seats)


def test_the_picture_holds_no_code_and_no_styles():
    found = read_plan(seat(label="<b>&"))
    picture = drawing.svg(found, {"s2": "Trần <i>Văn</i> Quản"}, "s2", 'Sơ đồ "A"')
    assert "<b>" not in picture and "<i>" not in picture and "style" not in picture
    assert "&lt;Q" in picture
    assert 'aria-label="Sơ đồ &quot;A&quot;"' in picture


def test_the_picture_as_png():
    from io import BytesIO

    from PIL import Image

    data = drawing.png(arrange("rows", 60), {"s2": "Đặng Thị Hòa"})
    with Image.open(BytesIO(data)) as image:
        assert image.width > 800 and len(set(image.convert("L").resize((60, 60)).tobytes())) > 3
