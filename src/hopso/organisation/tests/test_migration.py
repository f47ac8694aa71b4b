"""Units of former days."""

from hopso.organisation.migration import several_links
from hopso.organisation.tree import all_units


def test_one_predecessor_becomes_the_first_of_several(house):
    house.office.predecessor, house.office.successor = "abc2345", ""
    assert several_links(house.portal) == 1
    assert house.office.predecessors == ("abc2345",)
    assert house.office.successors == ()
    assert "predecessor" not in house.office.__dict__
    assert all_units()[house.office.getId()].predecessors == ("abc2345",)
    assert several_links(house.portal) == 0
