"""Fixtures for every room: ``portal`` and ``functional`` from the layers, and people."""

from hopso import factories
import hopso.compat  # noqa: F401  (before any test imports what stands on collective.documentviewer)
from hopso.security.tests.acts import every_act_is_on_record  # noqa: F401  (of every test)
from hopso.security.tests.acts import write_table
from hopso.tasks.testing import jobs  # noqa: F401  (an empty queue for every test)
from hopso.testing import FUNCTIONAL
from hopso.testing import INTEGRATION
from hypothesis import HealthCheck
from hypothesis import settings
import pytest
from pytest_plone import fixtures_factory
import transaction


# A busy machine is no defect: no test asserts how long something takes.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

globals().update(fixtures_factory(((INTEGRATION, "integration"), (FUNCTIONAL, "functional"))))


def pytest_sessionfinish(session):
    """Keep which tests have carried out which operations, if that is wanted."""
    write_table()


@pytest.fixture(autouse=True)
def nothing_is_committed(request, monkeypatch):
    """Writes of their own transaction join the test's, where the site was never committed."""
    if not {"functional", "functional_portal"} & set(request.fixturenames):
        monkeypatch.setattr("hopso.core.aside.inline", True)


@pytest.fixture
def make():
    """The makers of ``hopso.factories``."""
    return factories


@pytest.fixture
def house(portal):
    """A small province: two units, one person for each part, one draft meeting."""
    return House(portal)


@pytest.fixture
def served_house(functional_portal):
    """The same house behind a real server on loopback, everything committed."""
    built = House(functional_portal)
    transaction.commit()
    return built


class House:
    """``office`` hosts ``meeting``; ``department`` is another unit."""

    def __init__(self, portal):
        self.portal = portal
        self.committee = factories.create_unit("Ủy ban nhân dân tỉnh", "UBND", unit_type="committee")
        self.office = factories.create_unit("Văn phòng", "VP", parent=self.committee, unit_type="office")
        self.department = factories.create_unit("Sở Nội vụ", "SNV", parent=self.committee)
        person = factories.create_person
        self.admin = person("admin_vp", "Trần Văn Quản", self.office, ("admins",))
        self.coordinator = person("daumoi", "Lê Phương Thảo", self.office, ("coordinators",))
        self.leader = person("lanhdao", "Trần Hoàng Lan", self.office, ("leaders",))
        self.archivist = person("vanthu", "Phan Thị Thư", self.office, ("archivists",))
        self.chair = person("chutri", "Nguyễn Văn Bình", self.committee, ("leaders",))
        self.secretary = person("thuky", "Võ Minh Khoa", self.office)
        self.approver = person("duyet", "Đặng Thị Hòa", self.office)
        self.delegate = person("daibieu", "Phạm Quang", self.department)
        self.substitute = person("duthay", "Ngô Tấn Đạt", self.department)
        self.outsider = person("nguoingoai", "Bùi Văn Ngoại", self.department, ("coordinators",))
        self.room = factories.create_room(self.office)
        self.meeting = factories.create_meeting(
            self.office,
            "Giao ban tuần 48",
            content="Kinh tế – xã hội tuần 47",
            purpose="Chỉ đạo, điều hành",
            chair=self.chair,
            secretary=self.secretary,
            approver=self.approver,
            preparer=self.coordinator,
            rooms=(self.room.UID(),),
            participants=(f"user:{self.delegate}",),
        )
