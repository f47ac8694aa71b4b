"""The operator edits what checks look at."""

from hopso.core import errors
from hopso.factories import as_user
from hopso.operations_desk.checks import template
from hopso.operations_desk.checks.records import check_store
from hopso.operations_desk.checks.template_operations import retire_check_item
from hopso.operations_desk.checks.template_operations import save_check_item
import pytest


@pytest.mark.rule("TQ-P4")
def test_the_operator_adds_changes_and_takes_out(house, sites):
    sites.scheduled()
    record = check_store().get(sites.meeting.UID(), sites.point.UID())
    before = [one.id for one in record.items]
    with as_user(house.admin):
        save_check_item(house.office, category="sound", text="Thử tai nghe phiên dịch", order=25)
        save_check_item(house.office, id="speakers", category="sound", text="Loa nghe rõ", order=30)
        retire_check_item(house.office, id="room")
        with pytest.raises(errors.Invalid):
            retire_check_item(house.office, id="room")
        with pytest.raises(errors.Invalid):
            save_check_item(house.office, id="khong-co", category="sound", text="x")
    now_in_force = template.items_for(())
    texts = [one.text for one in now_in_force]
    assert "room" not in {one.id for one in now_in_force}
    assert texts.index("Thử tai nghe phiên dịch") < texts.index("Loa nghe rõ")
    # What was ordered keeps what it asked.
    assert [one.id for one in record.items] == before


@pytest.mark.parametrize("who", ["coordinator", "outsider"])
def test_others_may_not(house, sites, who):
    with as_user(getattr(house, who)), pytest.raises(errors.Denied):
        save_check_item(house.office, category="sound", text="x")


def test_another_unit_has_no_template(house, sites):
    with as_user(sites.site_admin):
        with pytest.raises(errors.Denied):
            save_check_item(house.department, category="sound", text="x")
        with pytest.raises(errors.Denied):
            retire_check_item(house.department, id="room")


@pytest.mark.parametrize(
    ("occasions", "wanted"),
    [
        ((), set()),
        (("chair",), {"light-chair"}),
        (("bridge",), {"bridge"}),
        (("backdrop", "bridge"), {"bridge", "backdrop"}),
    ],
)
@pytest.mark.rule("NT-5.1")
@pytest.mark.rule("NT-5.2")
@pytest.mark.rule("NT-6.2")
@pytest.mark.rule("HN-5.5")
@pytest.mark.rule("HN-R/1")
def test_what_is_looked_at_depends_on_the_occasion(integration, portal, occasions, wanted):
    found = template.items_for(occasions)
    assert {one.id for one in found if one.when} == wanted
    named = {one.rule for one in found}
    assert {"NT-5.1", "NT-5.2", "NT-6.2", "NT-7.2.b", "NT-7.2.d/1", "HN-R/1"} <= named
