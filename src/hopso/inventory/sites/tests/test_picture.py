"""The map of sites: every site once, nothing lies upon another, whatever their number."""

from dataclasses import dataclass

from hopso.inventory.sites import picture
from hopso.inventory.sites.situation import state_now
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest


@dataclass(frozen=True)
class One:
    uid: str
    kind: str
    link_type: str = "fibre"


kinds = st.lists(
    st.sampled_from(["control_centre", "central", "chair", "end", "branch"]), min_size=1, max_size=160
)


@settings(deadline=None)
@given(kinds, st.integers(0, 159))
def test_every_site_has_a_place_of_its_own_inside_of_the_picture(wanted, chair):
    points = [One(f"u{number}", kind) for number, kind in enumerate(wanted)]
    made = picture.draw(points, f"u{chair}")
    assert sorted(node.point.uid for node in made.nodes) == sorted(one.uid for one in points)
    boxes = [(node.x, node.y) for node in made.nodes]
    for number, (x, y) in enumerate(boxes):
        assert x >= 0 and x + picture.NODE_W <= made.width
        assert y >= 0 and y + picture.NODE_H <= made.height
        for other_x, other_y in boxes[number + 1 :]:
            assert abs(x - other_x) >= picture.NODE_W or abs(y - other_y) >= picture.NODE_H


def test_the_centre_is_on_top_then_the_chair_then_the_others():
    points = [One("a", "end"), One("b", "chair"), One("c", "central"), One("d", "branch")]
    places = {node.point.uid: node.y for node in picture.draw(points).nodes}
    assert places["c"] < places["b"] < places["a"] == places["d"]
    assert picture.draw([]).nodes == ()


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ((False, True, True, False), "off"),
        ((True, True, True, False), "trouble"),
        ((True, False, True, False), "meeting"),
        ((True, False, False, False), "not_ready"),
        ((True, False, False, True), "free"),
    ],
)
def test_the_worst_is_shown(facts, state):
    assert state_now(*facts) == state
