"""Sites: entered by their unit, connected by the operator alone, locked while a meeting runs."""

from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.inventory.sites import network
from hopso.inventory.sites import operations
from hopso.inventory.sites.api import is_operator
from hopso.inventory.sites.api import site_by_uid
from hopso.inventory.sites.api import sites_of
from hopso.inventory.sites.api import unit_id_of
from hopso.inventory.sites.rules import link_as_regulated
from hopso.inventory.sites.rules import registered_number
from hopso.inventory.sites.store import sites_store
from hopso.policy.api import store_values
from plone import api
import pytest


LINE = {
    "link_type": "fibre", "capacity": 100, "ipv4": "10.20.1.10/24", "ipv4_gateway": "10.20.1.1",
    "ipv6": "2001:DB8:20:0::10/64", "vc_number": "1001", "reason": "Quy hoạch địa chỉ",
}  # fmt: skip


@pytest.fixture
def operator(house, make):
    """A technician of the office, which runs the system: the only office at the top."""
    return make.create_person("kythuat", "Ngô Kỹ Thuật", house.office, ("technicians",))


@pytest.fixture
def site(house, make):
    return make.create_site(house.department, "Điểm cầu Sở Nội vụ")


@pytest.fixture
def owner(house, make):
    return make.create_person("qt_snv", "Đỗ Quản Trị", house.department, ("admins",))


def connect(site, user, **changed):
    with as_user(user):
        operations.connect(site, **{**LINE, **changed})


def test_a_unit_enters_its_sites(house, owner):
    with as_user(house.outsider), pytest.raises(errors.Denied):
        operations.add_site(house.department, title="x", kind="end")
    with as_user(owner):
        site = operations.add_site(house.department, title="Điểm cầu Sở Nội vụ", kind="end")
    assert (state_of(site), unit_id_of(site)) == ("in_use", house.department.getId())
    assert network.changes_of(site)[0].who == owner
    assert site_by_uid(site.UID()) == site
    assert sites_of(["none", site.UID(), site.UID()]) == [site]


def test_nobody_changes_a_site_but_by_operations(house, site, owner, operator):
    for user in (owner, operator, house.admin):
        with as_user(user):
            assert api.user.has_permission("View", obj=site)
            assert not api.user.has_permission("Modify portal content", obj=site)


def test_a_change_is_kept(house, site, owner):
    with as_user(house.outsider), pytest.raises(errors.Denied):
        operations.change(site, kind="branch", reason="x")
    with as_user(owner):
        operations.change(site, kind="branch", room=house.room.UID(), reason="Chuyển phòng")
        with pytest.raises(errors.Invalid):
            operations.change(site, kind="branch", reason="x")
    last = network.changes_of(site)[0]
    assert last.before == {"kind": "end", "room": None}
    assert (last.reason, last.who, site.room) == ("Chuyển phòng", owner, house.room.UID())
    put_in_state(site, "withdrawn")
    with as_user(owner), pytest.raises(errors.WrongState):
        operations.change(site, kind="end", reason="x")


@pytest.mark.rule("NA-2.2")
def test_only_the_operator_writes_addresses(house, site, owner, operator):
    assert is_operator(operator) and is_operator(house.admin) and not is_operator(owner)
    for user in (owner, house.outsider, house.leader, house.delegate):
        with pytest.raises(errors.Denied):
            connect(site, user)
    assert network.network_of(site) == network.Network()
    connect(site, operator)
    kept = network.network_of(site)
    assert (kept.ipv4, kept.ipv6) == ("10.20.1.10/24", "2001:db8:20::10/64")
    assert (site.link_type, site.capacity) == ("fibre", 100)
    connect(site, house.admin, ipv4="10.20.1.11/24", reason="Đổi địa chỉ")
    last, first = network.changes_of(site)
    assert (last.who, last.before, last.after) == (
        house.admin, {"ipv4": "10.20.1.10/24"}, {"ipv4": "10.20.1.11/24"},
    )  # fmt: skip
    assert first.who == operator
    with pytest.raises(errors.Invalid):
        connect(site, operator, ipv4="10.20.1.11/24")
    put_in_state(site, "withdrawn")
    with pytest.raises(errors.WrongState):
        connect(site, operator, ipv4="10.20.1.12/24")


@pytest.mark.rule("NA-2.2")
def test_the_policy_says_who_is_the_operator_and_which_ranges_there_are(house, site, owner, operator):
    store_values({"operator_unit": house.department.getId(), "network_ranges": ["10.30.0.0/16"]})
    with pytest.raises(errors.Denied):
        connect(site, operator)
    with pytest.raises(errors.Invalid) as caught:
        connect(site, owner)
    assert set(caught.value.errors) == {"ipv4"}
    connect(site, owner, ipv4="10.30.1.10/24", ipv4_gateway="10.30.1.1")
    assert network.network_of(site).ipv4 == "10.30.1.10/24"


@pytest.mark.rule("NA-2.2")
def test_an_address_is_given_out_once(house, site, operator, make):
    other = make.create_site(house.office, "Điểm cầu Văn phòng")
    connect(site, operator)
    with pytest.raises(errors.Invalid) as caught:
        connect(other, operator, ipv4="10.20.1.10/16", ipv6="2001:db8:20::10/64")
    assert set(caught.value.errors) == {"ipv4", "ipv6", "vc_number"}
    assert network.network_of(other) == network.Network()
    connect(site, operator, ipv4="10.20.1.12/24")
    connect(other, operator, ipv6=None, vc_number="1002")
    assert sites_store().addresses["10.20.1.10"] == other.UID()


def test_addresses_are_no_part_of_what_everybody_sees(house, site, operator):
    connect(site, operator)
    assert "10.20.1.10" not in repr(vars(site))
    assert "10.20.1.10" not in repr([(one.details, one.changes) for one in entries(limit=50)])


@pytest.fixture
def running(house, site, make):
    change(house.meeting, sites=(site.UID(),), policy_values={"lock_site_config": True})
    put_in_state(house.meeting, "in_session")
    return house.meeting


@pytest.mark.rule("NT-7.2.d/2")
def test_nothing_is_changed_while_a_meeting_runs_and_the_attempt_is_on_record(
    house, site, owner, operator, running
):
    attempts = (
        lambda: operations.change(site, kind="branch", reason="x"),
        lambda: operations.withdraw(site, reason="x"),
    )
    for attempt in attempts:
        with as_user(owner), pytest.raises(errors.Blocked) as caught:
            attempt()
        assert [one.article for one in caught.value.findings] == ["Điều 7 khoản 2 điểm d"]
    with pytest.raises(errors.Blocked):
        connect(site, operator)
    found = list(entries(operation="site.locked", limit=10))
    assert [one.who for one in found] == [operator, owner, owner]
    assert {one.uid for one in found} == {site.UID()}
    assert found[0].details["meeting"] == running.UID()
    assert (site.kind, state_of(site)) == ("end", "in_use")
    put_in_state(running, "ended")
    with as_user(owner):
        operations.change(site, kind="branch", reason="x")


@pytest.mark.rule("NT-7.2.d/2")
def test_looking_at_the_lock_writes_nothing_and_other_policies_do_not_lock(house, site, owner, running):
    assert operations.lock_findings(site)
    assert not list(entries(operation="site.locked", limit=10))
    change(running, policy_values={"lock_site_config": False})
    assert operations.lock_findings(site) == []
    with as_user(owner):
        operations.change(site, kind="branch", reason="x")


def test_out_of_use_and_back(house, site, owner):
    with as_user(house.outsider), pytest.raises(errors.Denied):
        operations.withdraw(site, reason="x")
    with as_user(owner):
        operations.withdraw(site, reason="Sửa phòng")
        assert (state_of(site), site.active) == ("withdrawn", False)
        with pytest.raises(errors.WrongState):
            operations.withdraw(site, reason="x")
        operations.restore(site, reason="Đã sửa")
        with pytest.raises(errors.WrongState):
            operations.restore(site, reason="x")
    with as_user(house.outsider), pytest.raises(errors.Denied):
        operations.restore(site, reason="x")
    assert (state_of(site), site.active) == ("in_use", True)


@pytest.mark.rule("NA-2.1/1")
@pytest.mark.rule("TQ-P2/1")
@pytest.mark.parametrize(("sets", "wanted", "rule"), [(("NA",), 21, "NA-2.1/1"), (("TQ",), 28, "TQ-P2/1")])
def test_the_number_of_sites_is_compared_with_the_regulation(sets, wanted, rule):
    assert registered_number(wanted, wanted, sets) == []
    assert registered_number(5, 0, sets) == []
    for number in (wanted - 1, wanted + 1):
        assert [(one.rule, one.level) for one in registered_number(number, wanted, sets)] == [(rule, "warn")]


@pytest.mark.rule("NA-2.1/3")
@pytest.mark.rule("TQ-P2/2")
def test_the_kind_of_link_is_that_of_the_regulation():
    assert [one.rule for one in link_as_regulated("x", "internet", ("NA",))] == ["NA-2.1/3"]
    assert [one.rule for one in link_as_regulated("x", "fibre", ("TQ",))] == ["TQ-P2/2"]
    assert link_as_regulated("x", "tslcd", ("TQ",)) == link_as_regulated("x", "fibre", ("NA",)) == []
    assert link_as_regulated("x", "internet", ("HN",)) == []
