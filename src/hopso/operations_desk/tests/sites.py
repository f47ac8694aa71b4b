"""A meeting with three sites: the host's, one of a department, one of a commune; and who serves them."""

from hopso.factories import as_system
from hopso.factories import put_in_state
from hopso.meetings import participation
from hopso.policy.api import store_values


class Sites:
    """``centre`` of the office, ``point`` of the department; technicians, a provider, a registrar."""

    def __init__(self, house, make, **policy):
        store_values(
            {"operator_unit": house.office.getId(), "tech_check_due": "1 sessions", "provider_unit": ""}
            | policy
        )
        self.house, self.meeting = house, house.meeting
        self.provider_unit = make.create_unit("Viễn thông", "VNPT", parent=house.committee, sector="provider")
        store_values({"provider_unit": policy.get("provider_unit", self.provider_unit.getId())})
        person = make.create_person
        self.operator = person("kt_trungtam", "Lê Trung Tâm", house.office, ("technicians",))
        self.technician = person("kt_so", "Hồ Kỹ Thuật", house.department, ("technicians",))
        self.site_admin = person("qt_so", "Mạc Quản Trị", house.department, ("admins",))
        self.provider = person("vienthong", "Đỗ Viễn Thông", self.provider_unit, ("providers",))
        self.registrar = person("vanphong", "Lý Đăng Ký", house.office, ("registrars",))
        self.elsewhere = make.create_unit("Sở Y tế", "SYT", parent=house.committee)
        self.foreign = person("kt_khac", "Tạ Người Khác", self.elsewhere, ("technicians",))
        self.centre = make.create_site(house.office, "Điểm cầu trung tâm", kind="central")
        self.point = make.create_site(house.department, "Điểm cầu Sở Nội vụ")
        meeting = house.meeting
        meeting.sites = (self.centre.UID(), self.point.UID())
        meeting.chair_site = self.centre.UID()
        meeting.mode = "hybrid"
        meeting.host_contact = house.coordinator
        with as_system():
            participation.synchronise(meeting)

    def scheduled(self, state="scheduled"):
        """Put the meeting into a state with its checks ordered."""
        from hopso.operations_desk.checks.ordering import order_checks

        put_in_state(self.meeting, "scheduled")
        order_checks(self.meeting)
        if state != "scheduled":
            put_in_state(self.meeting, state)
        return self.meeting
