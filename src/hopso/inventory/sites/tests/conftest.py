"""A department with a site, who looks after it, who runs the system, who supplies the line."""

from hopso.factories import change
from hopso.policy.api import store_values
import pytest


class Points:
    """``centre`` of the office (which runs the system) and ``point`` of the department; ``meeting`` uses both."""

    def __init__(self, house, make):
        person = make.create_person
        self.house, self.meeting = house, house.meeting
        self.telecom = make.create_unit("Viễn thông", "VT", parent=house.committee, sector="provider")
        store_values({"operator_unit": house.office.getId(), "provider_unit": self.telecom.getId()})
        self.operator = person("kt_tt", "Lê Trung Tâm", house.office, ("technicians",))
        self.supplier = person("vienthong", "Đỗ Viễn Thông", self.telecom, ("providers",))
        self.owner = person("qt_snv", "Đỗ Quản Trị", house.department, ("admins",))
        self.technician = person("kt_so", "Hồ Kỹ Thuật", house.department, ("technicians",))
        self.foreign_unit = make.create_unit("Sở Y tế", "SYT", parent=house.committee)
        self.foreign = person("kt_khac", "Tạ Người Khác", self.foreign_unit, ("technicians",))
        self.centre = make.create_site(house.office, "Điểm cầu trung tâm", kind="central")
        self.point = make.create_site(house.department, "Điểm cầu Sở Nội vụ")
        self.other = make.create_site(self.foreign_unit, "Điểm cầu Sở Y tế")
        change(
            house.meeting,
            sites=(self.centre.UID(), self.point.UID()),
            chair_site=self.centre.UID(),
            mode="hybrid",
            host_contact=house.coordinator,
        )


@pytest.fixture
def points(house, make):
    return Points(house, make)
