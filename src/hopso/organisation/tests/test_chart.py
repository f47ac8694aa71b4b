"""The organisation as a picture."""

from datetime import date
from xml.etree import ElementTree

from hopso.organisation.chart import HEIGHT
from hopso.organisation.chart import lay_out
from hopso.organisation.chart import levels_for
from hopso.organisation.chart import svg
from hopso.organisation.chart import WIDTH
from hopso.organisation.tree import UnitFacts
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st


def province(departments=20, districts=8, communes=70):
    units = {"p": UnitFacts("p", "Tỉnh", "UBND")}
    for number in range(departments):
        units[f"s{number}"] = UnitFacts(f"s{number}", f"Sở {number}", f"S{number}", "p", sector="party")
    for number in range(districts):
        units[f"h{number}"] = UnitFacts(f"h{number}", f"Huyện {number}", f"H{number}", "p")
        for one in range(communes):
            units[f"x{number}-{one}"] = UnitFacts(
                f"x{number}-{one}", f"Xã {one}", f"X{number}{one}", f"h{number}"
            )
    return units


trees = st.lists(st.integers(min_value=-1, max_value=30), max_size=40).map(
    lambda parents: {
        f"u{n}": UnitFacts(f"u{n}", f"Đơn vị {n}", f"U{n}", f"u{parent}" if 0 <= parent < n else "")
        for n, parent in enumerate(parents)
    }
)


@settings(max_examples=60, deadline=None)
@given(trees)
def test_boxes_never_overlap_and_everything_has_its_place(units):
    picture = lay_out(units)
    assert {box.unit.id for box in picture.boxes} == set(units)
    for number, one in enumerate(picture.boxes):
        assert 0 <= one.x <= picture.width - WIDTH
        assert 0 <= one.y <= picture.height - HEIGHT
        for other in picture.boxes[number + 1 :]:
            assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


def test_600_units_are_collapsed_and_counted():
    units = province()
    assert len(units) > 580
    assert levels_for(units) == 3
    picture = lay_out(units, levels=2)
    assert len(picture.boxes) == 29
    assert sum(box.hidden for box in picture.boxes) == 560
    assert len(lay_out(units, root="h3").boxes) == 71


def test_the_svg_is_well_formed_and_needs_no_styles():
    units = {
        "p": UnitFacts("p", "Tỉnh <Hải> & Sơn", "UBND"),
        "c": UnitFacts("c", "Sở cũ", "SC", "p", sector="party", valid_to=date(2020, 1, 1)),
    }
    text = svg(
        lay_out(units),
        "Tổ chức",
        address=lambda one: f"/x?a=1&b={one.id}",
        subtitles={"p": "Ông A"},
        closed={"c"},
    )
    root = ElementTree.fromstring(text)  # noqa: S314
    names = {"s": "http://www.w3.org/2000/svg"}
    assert len(root.findall(".//s:a", names)) == 2
    assert [one.get("stroke-dasharray") for one in root.findall(".//s:rect", names)].count("5 4") == 1
    assert "Ông A" in text
    assert "style=" not in text
    assert {one.get("href") for one in root.findall(".//s:a", names)} == {"/x?a=1&b=p", "/x?a=1&b=c"}
