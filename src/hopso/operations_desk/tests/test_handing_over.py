"""Open incidents go along with the people of a unit that is merged."""

from datetime import timedelta

from hopso.factories import as_user
from hopso.operations_desk.operations import incidents
from hopso.organisation import reorganise
from hopso.organisation.place import unit_of
from hopso.organisation.tree import today
from plone import api


def where(uid):
    [brain] = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=uid)
    return unit_of(brain._unrestrictedGetObject()).getId()


def reported(house, text):
    with as_user(house.secretary):
        incidents.report(house.office, kind="sound", what=text)
    brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(portal_type="Incident")
    return next(b._unrestrictedGetObject() for b in brains if b._unrestrictedGetObject().what == text)


def test_open_incidents_move_with_the_people_and_resolved_ones_stay(house, make):
    open_one, done = reported(house, "Micro không có tiếng"), reported(house, "Màn hình tối")
    with as_user(house.admin):
        incidents.resolve(done, resolution="Đã thay dây")
    open_uid, done_uid, office = open_one.UID(), done.UID(), house.office.getId()
    system = make.create_person("hethong")
    api.user.grant_roles(username=system, roles=["System Administrator"])
    with as_user(system):
        reorganise.merge(
            house.office, into="SNV", decision="12/QĐ-UBND", decided_on=today() - timedelta(days=3),
            effective=today(), reason="Sắp xếp tổ chức bộ máy",
        )  # fmt: skip
    assert where(open_uid) == house.department.getId()
    assert where(done_uid) == office
