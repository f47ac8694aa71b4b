"""What tests of accounts share."""

from datetime import date

from hopso.audit.log import entries
import pytest


@pytest.fixture
def staff(house, make):
    """A full house: an administrator of each unit and of the system, and an outsider of each kind."""
    house.system = make.create_person("hethong", "Vũ Đức Thành")
    from plone import api

    api.user.grant_roles(username=house.system, roles=["System Administrator"])
    house.province_admin = make.create_person("qt_tinh", "Hồ Văn Tỉnh", house.committee, ("admins",))
    house.department_admin = make.create_person("qt_snv", "Quách Văn Nghĩa", house.department, ("admins",))
    return house


@pytest.fixture
def person():
    """The data of a new person."""
    return {"fullname": "Nguyễn Thị Mới", "email": "moi@example.vn"}


DECISION = {"decision": "12/QĐ-SNV", "decided_on": date(2026, 11, 2)}


@pytest.fixture
def decision():
    """Number and date of a decision."""
    return dict(DECISION)


def logged(operation: str) -> int:
    """Return how many entries the log has of an operation."""
    return len(entries(operation=operation))
