"""What happened in July 2025: two provinces become one, and the district level is gone."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.accounts.records import account_store
from hopso.audit.log import entries
from hopso.core import errors
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import create_person
from hopso.factories import FormerProvince
from hopso.organisation import history
from hopso.organisation import plans
from hopso.organisation import records
from hopso.organisation import schemes
from hopso.organisation.check import check
from hopso.organisation.place import province
from hopso.organisation.tree import all_units
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import today
from plone import api
import pytest


STEPS = (
    {"do": "merge", "units": ["BNSNV"], "into": "HSSNV"},
    {"do": "merge", "units": ["HSX11", "HSX12"], "title": "Ủy ban nhân dân xã Bến Sao", "code": "XBS",
     "parent": "HSUBND", "head": "hsx11-ld"},
    {"do": "merge", "units": ["HSX21"], "into": "HSX22"},
    {"do": "move", "units": ["HSX22"], "into": "HSUBND"},
    {"do": "merge", "units": ["BNX11", "BNX12", "BNX21"], "title": "Ủy ban nhân dân xã Ba Ngòi", "code": "XBN",
     "parent": "HSUBND", "head": "bnx11-ld"},
    {"do": "close", "units": ["HSH1", "HSH2"], "into": "HSUBND"},
    {"do": "close", "units": ["BNH1", "BNH2"], "into": "BNUBND"},
    {"do": "merge", "units": ["BNUBND"], "into": "HSUBND"},
    {"do": "rename", "units": ["HSUBND"], "title": "Ủy ban nhân dân tỉnh Hải Sơn mới"},
)  # fmt: skip
DECIDED = {
    "decision": "202/2025/QH15",
    "decided_on": date(2025, 6, 12),
    "effective": date(2025, 7, 1),
    "reason": "Sắp xếp đơn vị hành chính",
}
BEFORE, AFTER = datetime(2024, 5, 6, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def provinces(portal):
    """Hải Sơn and Ba Ngòi, each with two districts of two communes."""
    return FormerProvince("Hải Sơn", "HS"), FormerProvince("Ba Ngòi", "BN")


@pytest.fixture
def system(provinces):
    person = create_person("hethong", "Quản trị hệ thống", provinces[0].committee)
    with as_system():
        api.user.grant_roles(username=person, roles=["System Administrator"])
    return person


@pytest.fixture
def merged(provinces, system):
    """The provinces after everything was carried out."""
    assert check() == []
    with as_user(system):
        schemes.reorganise(
            provinces[0].units["HSUBND"].__parent__,
            steps=(*STEPS, {"do": "close", "units": ["BNX22"], "into": "HSX22"}),
            **DECIDED,
        )
    return provinces


def living():
    return {one.code: one for one in all_units().values() if not one.closed()}


def thing(uid):
    [brain] = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=uid)
    return brain._unrestrictedGetObject()


def test_one_province_without_districts_is_left(merged):
    units = living()
    assert set(units) == {"HSUBND", "HSSNV", "XBS", "HSX22", "XBN"}
    top = units["HSUBND"].id
    assert {one.parent for one in units.values()} == {"", top}
    assert not [one for one in units.values() if one.level == "district"]


def test_nothing_is_orphaned(merged):
    assert check() == []


def test_people_are_at_home_in_the_new_units(merged):
    units, accounts = living(), account_store()
    for old, new in (("hsx11", "XBS"), ("hsx12", "XBS"), ("hsx21", "HSX22"), ("bnx11", "XBN"), ("bnx22", "HSX22"),
                     ("bnh1", "HSUBND"), ("hsh2", "HSUBND"), ("bnsnv", "HSSNV"), ("bnubnd", "HSUBND")):  # fmt: skip
        assert accounts.get(f"{old}-vt").unit == units[new].id, old
    event = accounts.get("bnx11-vt").events[-1]
    assert (event.decision, event.effective_on) == ("202/2025/QH15", date(2025, 7, 1))
    # Those of the dissolved districts of Ba Ngòi went up twice.
    assert [one.to_unit for one in accounts.get("bnh1-vt").events][-1] == units["HSUBND"].id


def test_open_meetings_moved_and_those_of_2024_stayed(merged):
    first, second = merged
    units = living()
    for former in merged:
        for code, uid in former.open.items():
            assert thing(uid).host_unit in {one.id for one in units.values()}, code
        for code, uid in former.past.items():
            assert thing(uid).host_unit == former.units[code].getId()
    assert thing(second.open["BNX11"]).host_unit == units["XBN"].id
    assert thing(first.open["HSH1"]).host_unit == units["HSUBND"].id


def test_history_keeps_the_names_of_2024(merged):
    first, second = merged
    top = first.committee.getId()
    assert history.name_at(top, BEFORE) == "Ủy ban nhân dân tỉnh Hải Sơn"
    assert history.name_at(top, AFTER) == "Ủy ban nhân dân tỉnh Hải Sơn mới"
    assert history.name_at(second.districts[0].getId(), BEFORE) == "Ủy ban nhân dân huyện Ba Ngòi 1"
    then = {one.code: one for one in history.units_on(date(2024, 5, 6)).values()}
    assert then["BNX11"].parent == second.districts[0].getId()
    assert then["HSX22"].parent == first.districts[1].getId()
    assert "XBS" not in then
    assert set(living()) == {one.code for one in history.units_on(date(2025, 7, 1)).values()}


def test_no_commune_sees_the_meetings_of_another(merged):
    first, second = merged
    catalog = api.portal.get_tool("portal_catalog")
    # Archivists: what their unit and its predecessors held in 2024; coordinators: what is open, and what
    # they prepared themselves.
    expected = {
        "hsx11-vt": {first.past["HSX11"], first.past["HSX12"]},
        "hsx22-vt": {first.past["HSX21"], first.past["HSX22"], second.past["BNX22"]},
        "bnx12-vt": {second.past["BNX11"], second.past["BNX12"], second.past["BNX21"]},
        "bnx11-dm": {second.past["BNX11"], second.open["BNX11"], second.open["BNX12"], second.open["BNX21"]},
        "hsx22-dm": {first.past["HSX22"], first.open["HSX21"], first.open["HSX22"], second.open["BNX22"]},
    }
    for person, wanted in expected.items():
        with as_user(person):
            assert {brain.UID for brain in catalog(portal_type="Meeting")} == wanted, person


def test_administrators_reach_down_in_the_new_tree_only(merged):
    first, second = merged
    catalog = api.portal.get_tool("portal_catalog")
    with as_user("bnx11-qt"):
        seen = {brain.UID for brain in catalog(portal_type="Meeting")}
    assert seen == {second.open[code] for code in ("BNX11", "BNX12", "BNX21")} | {
        second.past[code] for code in ("BNX11", "BNX12", "BNX21")
    }
    with as_user("hsubnd-qt"):
        seen = {brain.UID for brain in catalog(portal_type="Meeting")}
    assert seen == {*first.open.values(), *second.open.values(), *first.past.values(), *second.past.values()}


def test_old_units_lead_to_their_successors(merged):
    _first, second = merged
    units = living()
    assert find_unit(second.units["BNX11"].getId()).successors == (units["XBN"].id,)
    assert set(units["XBN"].predecessors) == {
        second.units[code].getId() for code in ("BNX11", "BNX12", "BNX21")
    }
    assert units["HSUBND"].id in find_unit(second.committee.getId()).successors


def test_all_or_nothing(provinces, system):
    before = all_units()
    steps = (*STEPS, {"do": "close", "units": ["NOWHERE"], "into": "HSUBND"})
    with as_user(system), pytest.raises(errors.Invalid) as refused:
        schemes.reorganise(provinces[0].committee.__parent__, steps=steps, **DECIDED)
    assert list(refused.value.errors) == ["step_10"]
    assert all_units() == before


def test_only_system_administrators_reorganise_the_province(provinces, system):
    before = all_units()
    with as_user("hsubnd-qt"), pytest.raises(errors.Denied):
        schemes.reorganise(provinces[0].committee.__parent__, steps=STEPS, **DECIDED)
    assert all_units() == before
    assert entries(operation="organisation.reorganise") == []


def test_the_rows_of_a_spreadsheet_are_steps(portal):
    rows = [
        ["Việc", "Đơn vị", "Vào", "Tên mới", "Mã mới", "Trực thuộc", "Loại", "Cấp", "Người đứng đầu"],
        ["Hợp nhất", "HSX11, HSX12", "", "Xã Bến Sao", "XBS", "HSUBND", "Xã", "Cấp xã", "hsx11-ld"],
        ["giải thể", "HSH1", "HSUBND"],
        ["Đổi tên", "HSUBND", "", "Tỉnh mới"],
    ]
    assert schemes.plain_steps(rows) == [
        {"do": "merge", "units": ["HSX11", "HSX12"], "title": "Xã Bến Sao", "code": "XBS", "parent": "HSUBND",
         "type": "commune", "level": "commune", "head": "hsx11-ld"},
        {"do": "close", "units": ["HSH1"], "into": "HSUBND"},
        {"do": "rename", "units": ["HSUBND"], "title": "Tỉnh mới"},
    ]  # fmt: skip
    with pytest.raises(errors.Invalid):
        schemes.plain_steps([rows[0], ["Xóa", "HSX11"]])


@pytest.mark.parametrize("step", [{}, {"do": "split", "units": ["a"]}, {"do": "merge"}, {"do": "close", "units": "a"},
                                  {"do": "merge", "units": ["a"], "type": "castle"}, "close"])  # fmt: skip
def test_steps_that_make_no_sense(portal, step):
    with pytest.raises(errors.Invalid):
        schemes.steps_of([step])


def test_a_plan_of_the_province_is_taken_back(house, make):
    system = make.create_person("hethong")
    api.user.grant_roles(username=system, roles=["System Administrator"])
    place = province()
    with as_user(system):
        schemes.reorganise(
            place, steps=({"do": "rename", "units": ["SNV"], "title": "Sở Nội vụ và Lao động"},),
            **DECIDED | {"effective": today() + timedelta(days=5)},
        )  # fmt: skip
        [plan] = plans.plans(records.PLANNED)
    with as_user(house.admin), pytest.raises(errors.Denied):
        schemes.cancel_plan(place, plan=plan.id)
    with as_user(system):
        with pytest.raises(errors.Invalid):
            schemes.cancel_plan(place, plan="khong-co")
        schemes.cancel_plan(place, plan=plan.id)
    assert plans.plans(records.PLANNED) == []
    assert entries(operation="organisation.cancel_plan")
