"""The pages of sites, as people of different functions get them."""

from io import BytesIO

from AccessControl import Unauthorized
from hopso.audit.log import entries
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from hopso.inventory.sites import operations
from hopso.inventory.sites import providers
from hopso.inventory.sites import staff
from hopso.inventory.sites import telling
from hopso.organisation.tree import today
from hopso.policy.api import store_values
from openpyxl import load_workbook
from plone import api
import pytest
from zExceptions import NotFound
from zope.interface import alsoProvides


def sheet_rows(data):
    return list(load_workbook(BytesIO(data)).active.iter_rows(values_only=True))


@pytest.fixture
def page(points, portal):
    """Return page(user, name, thing, **form): the HTML or the data of a view."""

    def get(user, name, thing=None, **form):
        request = portal.REQUEST.clone()
        alsoProvides(request, IHopsoLayer)
        request.form.update(form)
        request.set("LANGUAGE", "vi")
        with as_user(user):
            return api.content.get_view(name, thing if thing is not None else portal, request)()

    return get


@pytest.fixture
def staffed(points):
    """The point has a technician, and the policy wants one everywhere."""
    store_values({"site_staffing": ["technician=1"], "rule_sets": ["NA"], "registered_sites": 21})
    with as_user(points.owner):
        staff.appoint(points.point, user=points.technician, role="technician", phone="0905 111 222")
    with as_user(points.operator):
        operations.connect(
            points.point,
            link_type="internet",
            capacity=100,
            ipv4="10.20.1.10/24",
            vc_number="1001",
            reason="x",
        )
    return points


@pytest.mark.rule("NA-2.1/1")
@pytest.mark.rule("NA-2.1/3")
def test_the_register_counts_filters_and_names_what_is_missing(staffed, page):
    html = page(staffed.house.delegate, "sites")
    assert "3 / 21" in html and "3 sites are registered, the regulation names 21." in html
    assert "is not connected by the network of the regulation" in html and "10.20.1.10" not in html
    assert "Điểm cầu Sở Y tế" in html and "has no technical officer" in html
    html = page(staffed.house.delegate, "sites", q="so noi vu")
    assert "Điểm cầu Sở Nội vụ" in html and "Điểm cầu Sở Y tế" not in html.split("<tbody>")[1]
    html = page(staffed.house.delegate, "sites", kind="central", state="free")
    assert "<tbody>" not in html


@pytest.mark.rule("NT-2.2.a")
@pytest.mark.rule("NT-2.2.c")
def test_central_and_end_points_stand_in_the_register_with_their_units(staffed, page, make):
    make.create_site(staffed.telecom, "Điểm cầu trung tâm Viễn thông", kind="central")
    html = page(staffed.house.delegate, "sites", kind="central")
    assert "Điểm cầu trung tâm Viễn thông" in html and "Viễn thông</td>" in html
    html = page(staffed.house.delegate, "sites", kind="end")
    assert "Điểm cầu Sở Nội vụ" in html and "Điểm cầu trung tâm Viễn thông" not in html.split("<tbody>")[1]


def test_the_register_is_taken_away_as_a_spreadsheet_and_that_is_on_record(staffed, page):
    data = page(staffed.house.delegate, "sites.xlsx")
    rows = sheet_rows(data)
    assert len(rows) == 4 and any("Điểm cầu Sở Nội vụ" in str(row) for row in rows)
    assert next(iter(entries(operation="export.sites", limit=1))).who == staffed.house.delegate


@pytest.mark.rule("TQ-P7/2")
def test_the_list_of_technical_officers_is_for_those_who_coordinate_and_serve(staffed, page):
    for user in (staffed.technician, staffed.supplier, staffed.house.coordinator, staffed.house.admin):
        html = page(user, "site-staff")
        assert "Hồ Kỹ Thuật" in html and "0905 111 222" in html
    for user in (staffed.house.delegate, staffed.house.secretary):
        for name in ("site-staff", "site-staff.xlsx", "providers"):
            with pytest.raises(Unauthorized):
                page(user, name)
    assert any("Hồ Kỹ Thuật" in str(row) for row in sheet_rows(page(staffed.technician, "site-staff.xlsx")))


@pytest.mark.rule("HN-R/3.2")
def test_the_list_says_since_when_nobody_is_there(staffed, page):
    from hopso.inventory.sites.api import staff_of

    with as_user(staffed.owner):
        staff.relieve(staffed.point, record=staff_of(staffed.point)[0].record, reason="Luân chuyển")
    html = page(staffed.technician, "site-staff")
    assert f"nobody since {today():%d/%m/%Y} (1 days)" in html
    html = page(staffed.owner, "view", staffed.point)
    assert "Luân chuyển" in html and "has no technical officer" in html


def test_the_map_draws_every_site_without_styles(staffed, page):
    html = page(staffed.house.delegate, "site-map")
    assert html.count('class="hs-node') == 3 and "style=" not in html.split("<svg")[1]
    assert "Điểm cầu Sở Y tế, End point, Not ready" in html
    html = page(staffed.house.delegate, "site-map", state="not_ready", link="internet")
    assert 'class="hs-node' not in html


def test_the_map_of_a_meeting_is_for_those_who_may_know_it(staffed, page):
    put_in_state(staffed.meeting, "scheduled")
    uid = staffed.meeting.UID()
    html = page(staffed.house.admin, "site-map", meeting=uid)
    assert html.count('class="hs-node') == 2 and staffed.meeting.title not in html
    for user, wanted in ((staffed.house.outsider, uid), (staffed.house.admin, "none")):
        with pytest.raises(NotFound):
            page(user, "site-map", meeting=wanted)


@pytest.mark.rule("NA-2.2")
def test_addresses_are_shown_to_the_operator_and_to_who_looks_after_the_site(staffed, page):
    for user in (staffed.operator, staffed.technician, staffed.owner):
        assert "10.20.1.10/24" in page(user, "view", staffed.point), user
    for user in (staffed.house.delegate, staffed.foreign, staffed.house.leader):
        assert "10.20.1.10" not in page(user, "view", staffed.point), user
    assert "hs-do-connect" in page(staffed.operator, "view", staffed.point)
    assert "hs-do-connect" not in page(staffed.owner, "view", staffed.point)
    assert "hs-do-appoint" in page(staffed.owner, "view", staffed.point)
    assert "hs-do-appoint" not in page(staffed.technician, "view", staffed.point)


@pytest.mark.rule("NT-10.1")
def test_the_sheet_shows_how_to_connect_and_who_has_confirmed(staffed, page):
    change(staffed.meeting, external_bridge="meet.example.vn/9")
    put_in_state(staffed.meeting, "scheduled")
    telling.update_sheet(staffed.meeting)
    html = page(staffed.house.admin, "meeting-sheet", staffed.meeting)
    for said in (
        "1001",
        "Hồ Kỹ Thuật",
        "0905 111 222",
        "meet.example.vn/9",
        "Not confirmed",
        "Lê Phương Thảo",
    ):
        assert said in html, said
    body = html.split("<main")[1]
    for secret in (staffed.meeting.title, staffed.meeting.content, "Nguyễn Văn Bình", "Phạm Quang"):
        assert secret not in body
    with as_user(staffed.technician):
        telling.acknowledge(staffed.point, meeting=staffed.meeting.UID())
    assert "Received" in page(staffed.house.admin, "meeting-sheet", staffed.meeting)


@pytest.mark.rule("NA-8.1")
@pytest.mark.rule("NA-8.2/1")
def test_the_register_of_providers(staffed, page):
    html = page(staffed.technician, "providers")
    assert "No contract with Viễn thông is in force." in html and "day and night" in html
    with as_user(staffed.operator):
        providers.add_contract(
            staffed.telecom, number="15/HĐ", service="line", since=today(), until=today(), target=99.5
        )
        providers.add_contact(staffed.telecom, name="Trực ca", phone="1800 1166")
    html = page(staffed.operator, "providers")
    assert "15/HĐ" in html and "Ends soon" in html and "1800 1166" in html and "100,00 %" in html
    assert "hs-do-add-contract" in html and "provider.remove_contact" in html
    assert "hs-do-add-contract" not in page(staffed.supplier, "providers")


def test_cards_on_the_pages_of_others(staffed, page):
    assert "hs-sites-card-title" in page(staffed.owner, "view", staffed.house.department)
    with as_user(staffed.owner):
        operations.change(staffed.point, room=staffed.house.room.UID(), reason="x")
    assert "Điểm cầu Sở Nội vụ" in page(staffed.house.admin, "view", staffed.house.room)
    put_in_state(staffed.meeting, "scheduled")
    html = page(staffed.house.admin, "view", staffed.meeting)
    assert "hs-sites-card-title" in html and "has no technical officer" in html


def test_the_form_for_a_new_site(staffed, page):
    html = page(staffed.owner, "add-site", staffed.house.department)
    assert "site.add" in html and 'name="title"' in html
