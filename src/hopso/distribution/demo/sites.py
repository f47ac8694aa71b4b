"""Sites of the demo with their people, lines, provider; made by those who would do it."""

from datetime import timedelta
import ipaddress

from hopso import factories
from hopso.distribution.demo import data
from hopso.distribution.demo.organisation import find_room
from hopso.distribution.demo.organisation import find_unit
from hopso.inventory.sites import operations
from hopso.inventory.sites import providers
from hopso.inventory.sites import staff
from hopso.inventory.sites.api import staff_of
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.place import site_folder
from hopso.organisation.tree import today
from hopso.policy.api import store_values
from plone import api
from plone.uuid.interfaces import IUUID


PROVIDER = "vien-thong"
OPERATOR = "tth-kythuat"
# What the demo province asks for beyond its regulation, so that there is something to see.
POLICY = {
    "provider_unit": PROVIDER,
    "site_staffing": ["technician=1"],
    "network_ranges": ["10.20.0.0/16", "2001:db8:20::/48"],
}


def create_all() -> dict:
    """Make the provider and the sites; return id -> site."""
    store_values(POLICY)
    telecom = factories.create_unit(
        "Viễn thông Hải Sơn", "VTHS", id=PROVIDER, unit_type="other", sector="provider", level="province"
    )
    for function in ("providers", "admins"):
        assignment_store().assign("vienthong", Assignment(PROVIDER, function, "Kỹ sư trực mạng"))
    sites = {record["id"]: create_site(record) for record in data.records("sites")}
    with factories.as_user("quantri-donvi"):
        providers.add_contract(
            telecom,
            number="27/2026/HĐ-VT",
            service="line",
            since=today() - timedelta(days=300),
            until=today() + timedelta(days=45),
            target=99.5,
            note="Khắc phục sự cố trong 02 giờ; cử kỹ thuật viên trực các phiên họp của tỉnh.",
        )
    with factories.as_user("vienthong"):
        providers.add_contact(
            telecom, name="Trung tâm điều hành mạng", phone="0900 000 800", mail="noc@haison.example.vn"
        )
    return sites


def create_site(record: dict):
    """Make one site of data/sites.json."""
    unit = find_unit(record["unit"])
    room = IUUID(find_room(record["room"])) if record.get("room") else None
    with factories.as_system():
        site_folder(unit)
        site = factories.create_site(unit, record["title"], id=record["id"], kind=record["kind"], room=room)
    with factories.as_user(OPERATOR):
        operations.connect(
            site,
            link_type=record["link_type"],
            provider=PROVIDER,
            capacity=record["capacity"],
            ipv4=record["net"],
            ipv4_gateway=str(ipaddress.ip_interface(record["net"]).network[1]),
            ipv6=record.get("net6"),
            vc_number=record["vc"],
            reason="Quy hoạch địa chỉ năm 2026",
        )
    with factories.as_user(record["by"]):
        for role in ("leader", "technician"):
            if record.get(role):
                since = today() - timedelta(days=200)
                phone = f"0900 {record['vc'][:2]}0 {int(record['vc'][2:]) + (role == 'leader'):03}"
                staff.appoint(site, user=record[role], role=role, since=since, phone=phone)
        if former := record.get("former"):
            first, last = (today() - timedelta(days=days) for days in former["days"])
            staff.appoint(site, user=former["user"], role="technician", since=first)
            one = staff_of(site, "technician")[0]
            staff.relieve(site, record=one.record, until=last, reason=former["reason"])
    return site


def find_site(site_id: str):
    """Return a site by its id."""
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.unrestrictedSearchResults(portal_type="Site", getId=site_id)[0]._unrestrictedGetObject()
