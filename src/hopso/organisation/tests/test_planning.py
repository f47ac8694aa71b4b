"""What a reorganisation would do, on plain data."""

from datetime import date

from hopso.organisation.effects import Close
from hopso.organisation.effects import Create
from hopso.organisation.effects import HandOver
from hopso.organisation.effects import Holding
from hopso.organisation.effects import Move
from hopso.organisation.planning import CLOSE
from hopso.organisation.planning import draw_up
from hopso.organisation.planning import MERGE
from hopso.organisation.planning import MOVE
from hopso.organisation.planning import NewUnit
from hopso.organisation.planning import Part
from hopso.organisation.planning import RENAME
from hopso.organisation.planning import SPLIT
from hopso.organisation.planning import Step
from hopso.organisation.planning import TOP
from hopso.organisation.planning import touched_units
from hopso.organisation.tree import UnitFacts
import pytest


DAY = date(2025, 7, 1)


def province():
    rows = (
        ("p", "", "UBND"),
        ("d1", "p", "H1"),
        ("d2", "p", "H2"),
        ("a", "d1", "XA"),
        ("b", "d1", "XB"),
        ("c", "d2", "XC"),
        ("old", "p", "CU"),
    )
    units = {key: UnitFacts(key, f"Đơn vị {key}", code, parent) for key, parent, code in rows}
    units["old"] = UnitFacts("old", "Cũ", "CU", "p", valid_to=date(2020, 1, 1))
    return units


def holdings(**changes):
    return {"a": Holding({"an"}, {("an", "members")}, {"u1": "Giao ban"}, {"r1": "Phòng họp"})} | changes


def kinds(draft):
    return [type(one).__name__ for one in draft.effects]


def test_a_merger_into_a_new_unit_below_another():
    step = Step(MERGE, ("a", "XB"), new=NewUnit("Xã Mới", "XM", parent="p"))
    draft = draw_up(province(), holdings(), [step], DAY)
    assert draft.problems == ()
    created, handed, closed_a, closed_b = draft.effects
    assert isinstance(created, Create)
    assert (created.facts.parent, created.facts.valid_from) == ("p", DAY)
    assert handed == HandOver(
        "a", "new:1", ("an",), (("an", "members"),), (("u1", "Giao ban"),), (("r1", "Phòng họp"),)
    )
    assert closed_a == Close("a", ("new:1",), "merged")
    assert closed_b == Close("b", ("new:1",), "merged")


def test_a_dissolved_district_gives_its_communes_to_the_province():
    draft = draw_up(province(), {}, [Step(CLOSE, ("d1",), into="p")], DAY)
    assert draft.problems == ()
    assert draft.effects == (Move("a", "p"), Move("b", "p"), Close("d1", ("p",), "closed"))


def test_a_district_merged_into_its_own_commune_brings_that_up_first():
    draft = draw_up(province(), {}, [Step(MERGE, ("d1",), into="a")], DAY)
    assert draft.effects == (Move("a", "p"), Move("b", "a"), Close("d1", ("a",), "merged"))


def test_later_steps_see_earlier_ones():
    steps = [
        Step(MERGE, ("a", "b"), new=NewUnit("Xã Mới", "XM", parent="p")),
        Step(MERGE, ("c",), into="XM"),
        Step(CLOSE, ("d1", "d2"), into="p"),
    ]
    draft = draw_up(province(), holdings(c=Holding({"chi"})), steps, DAY)
    given = [one for one in draft.effects if isinstance(one, HandOver)]
    assert [(one.source, one.target, one.people) for one in given] == [
        ("a", "new:1", ("an",)),
        ("c", "new:1", ("chi",)),
    ]
    assert draft.problems == ()


def test_people_of_a_split_go_where_they_were_put_and_the_rest_to_the_first():
    held = Holding({"an", "binh", "chi"}, {("an", "members"), ("la", "leaders")}, {"u1": "Giao ban"})
    parts = (
        Part(NewUnit("Một", "A1"), people=("binh",)),
        Part(NewUnit("Hai", "A2"), people=("chi",), units=()),
    )
    draft = draw_up(province(), {"a": held}, [Step(SPLIT, ("a",), parts=parts)], DAY)
    given = [one for one in draft.effects if isinstance(one, HandOver)]
    assert [(one.target, one.people, one.functions) for one in given] == [
        ("new:1", ("binh",), ()),
        ("new:2", ("chi",), ()),
        ("new:1", ("an",), (("an", "members"), ("la", "leaders"))),
    ]
    assert draft.effects[-1] == Close("a", ("new:1", "new:2"), "split")


def test_a_split_unit_that_goes_on_keeps_the_rest():
    parts = (Part(NewUnit("Một", "A1"), people=("an",)),)
    draft = draw_up(province(), holdings(), [Step(SPLIT, ("a",), parts=parts, keep=True)], DAY)
    assert kinds(draft) == ["Create", "HandOver"]
    assert draft.effects[1].meetings == ()


@pytest.mark.parametrize(
    "step",
    [
        Step(RENAME, ("a",)),
        Step(RENAME, ("nobody",), title="Mới"),
        Step(RENAME, ("old",), title="Mới"),
        Step(RENAME, ("a",), code="xb"),  # whose code it is
        Step(MOVE, ("d1",), into="a"),
        Step(MOVE, ("d1",), into="p"),
        Step(MOVE, ("a",), into="old"),
        Step(MERGE, ("a",), into="a"),
        Step(MERGE, ("a",), new=NewUnit("Mới", "M")),
        Step(MERGE, ("a", "b"), new=NewUnit("", "M")),
        Step(MERGE, ("a", "b"), new=NewUnit("Mới", "XC")),
        Step(CLOSE, ("a",)),  # has people
        Step(CLOSE, ("d1",)),  # has units
        Step(CLOSE, ("a",), into="a"),
        Step(CLOSE, ("old",), into="p"),
        Step(SPLIT, ("a",), parts=(Part(NewUnit("Một", "M1")),)),
        Step(SPLIT, ("a",), parts=(Part(NewUnit("Một", "M1"), people=("x",)), Part(NewUnit("Hai", "M2")))),
        Step(SPLIT, ("a",), parts=(Part(NewUnit("Một", "M1"), units=("c",)), Part(NewUnit("Hai", "M2")))),
    ],
)
def test_what_is_impossible_is_refused(step):
    assert draw_up(province(), holdings(), [step], DAY).problems


def test_nothing_moves_while_a_meeting_is_in_session():
    held = holdings(a=Holding(meetings={"u1": "Giao ban"}, sitting=("Giao ban",)))
    [problem] = draw_up(province(), held, [Step(CLOSE, ("a",), into="b")], DAY).problems
    assert "Giao ban" in problem.text.mapping["titles"]


def test_a_unit_without_anything_ends_without_successor():
    assert draw_up(province(), {}, [Step(CLOSE, ("c",))], DAY).effects == (Close("c", (), "closed"),)


def test_codes_may_change_hands_within_one_reorganisation():
    steps = [Step(RENAME, ("a",), code="XB"), Step(RENAME, ("b",), code="XA")]
    assert draw_up(province(), {}, steps, DAY).problems == ()


def test_a_unit_may_come_up_to_the_top():
    assert draw_up(province(), {}, [Step(MOVE, ("a",), into=TOP)], DAY).effects == (Move("a", ""),)


def test_the_mark_of_a_preview_changes_with_what_would_move():
    step = Step(CLOSE, ("a",), into="b")
    first = draw_up(province(), holdings(), [step], DAY).digest
    assert first == draw_up(province(), holdings(), [step], DAY).digest
    assert first != draw_up(province(), holdings(a=Holding({"an", "binh"})), [step], DAY).digest


def test_units_are_found_by_id_and_code():
    assert touched_units(province(), [Step(MERGE, ("a", " xb "), into="p")]) == {"a", "b", "p"}
