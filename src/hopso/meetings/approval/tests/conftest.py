"""People of approval beside those of the house."""

from hopso.core.text import local
from hopso.core.text import now
from hopso.factories import change
from hopso.policy.api import store_values
import pytest


@pytest.fixture
def province(house, make):
    """The house with a registrar's office, a provincial chair, and a department that runs the system."""
    change(house.room, standard_ok=True, standard_inspected_on=local(now()).date())
    store_values({"bodies": [f"tech_department={house.department.getId()}"]})
    house.registrar = make.create_person("tiepnhan", "Lý Thị Nhận", house.office, ("registrars",))
    house.tech = make.create_person("congnghe", "Hồ Văn Nghệ", house.department, ("registrars",))
    house.president = make.create_person("chutich", "Đinh Văn Tịch", house.committee, ("provincial_chairs",))
    house.technician = make.create_person("kythuat", "Cao Văn Máy", house.department, ("technicians",))
    house.head = make.create_person("giamdoc", "Tạ Thị Trưởng", house.department, ("leaders",))
    house.meeting_of_department = make.create_meeting(
        house.department, "Họp ngành", content="Nội dung", purpose="Chỉ đạo", chair=house.outsider,
        secretary=house.delegate, approver=house.outsider, preparer=house.outsider,
        rooms=(house.room.UID(),), participants=(f"user:{house.delegate}",),
    )  # fmt: skip
    return house
