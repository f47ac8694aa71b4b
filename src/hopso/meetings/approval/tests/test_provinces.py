"""The same meeting under each of the five policies: who receives it, what stands against it."""

from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.meetings import operations
from hopso.meetings.approval import findings
from hopso.meetings.approval.api import archive_owner_of
from hopso.meetings.approval.api import slot_confirmed
from hopso.policy.api import apply_policy
import pytest


PROVINCES = ("nghe-an", "ninh-thuan", "binh-dinh", "tuyen-quang", "ha-noi")


def said(meeting, level="block"):
    return {one.rule for one in findings.registration_findings(meeting) if one.level == level}


def move(meeting, hours):
    start = now() + timedelta(hours=hours)
    change(meeting, start=start, end=start + timedelta(hours=1))


@pytest.mark.rule("NA-3.1/1", "BD-6.1/1")
@pytest.mark.parametrize(
    ("name", "hours", "expected"),
    [
        ("nghe-an", 49, set()), ("nghe-an", 47, {"NA-3.1/1"}),
        ("ninh-thuan", 30, set()), ("binh-dinh", 49, set()), ("binh-dinh", 47, {"BD-6.1/1"}),
        ("tuyen-quang", 30, set()), ("ha-noi", 30, set()),
    ],
)  # fmt: skip
def test_how_long_ahead(province, name, hours, expected):
    apply_policy(name)
    change(province.meeting, host_contact=province.secretary)
    move(province.meeting, hours)
    assert said(province.meeting) == expected


# Who arranges the calendar for a meeting of the department: none but this one.
REGISTRARS = {
    "nghe-an": "registrar",
    "ninh-thuan": "registrar",
    "binh-dinh": "unit_admin",
    "tuyen-quang": "tech",
    "ha-noi": "registrar",
}


@pytest.mark.rule("NA-4.1/1", "NT-10.2", "TQ-P7/3")
@pytest.mark.parametrize("name", PROVINCES)
def test_who_receives_and_schedules(province, make, name):
    apply_policy(name)
    province.unit_admin = make.create_person("quantri_snv", "Mai Văn Trị", province.department, ("admins",))
    meeting = province.meeting_of_department
    change(meeting, host_contact=province.delegate)
    with as_user(province.outsider):
        operations.register(meeting)
    candidates = {one: getattr(province, one) for one in ("registrar", "unit_admin", "tech", "admin")}
    right = candidates.pop(REGISTRARS[name])
    for person in candidates.values():
        with as_user(person), pytest.raises(errors.Denied):
            operations.schedule(meeting)
        with as_user(person), pytest.raises(errors.Denied):
            operations.return_registration(meeting, comment="Thiếu")
    assert state_of(meeting) == "registered" and not slot_confirmed(meeting)
    with as_user(right):
        operations.schedule(meeting)
    assert state_of(meeting) == "scheduled" and slot_confirmed(meeting)


def test_a_registrar_reaches_what_was_registered_and_nothing_else(province, make):
    apply_policy("nghe-an")
    draft = make.create_meeting(province.department, "Chưa đăng ký")
    with as_user(province.outsider):
        operations.register(province.meeting_of_department)
    catalog = province.portal.portal_catalog
    with as_user(province.registrar) as user:
        assert user.has_permission("View", province.meeting_of_department)
        assert not user.has_permission("View", draft)
        seen = {one.UID for one in catalog(portal_type="Meeting")}
        assert seen == {province.meeting_of_department.UID()}
    with as_user(province.tech) as user:
        # A registrar of her own unit, but not of the body that the policy names.
        assert user.has_permission("View", province.meeting_of_department)
    stranger = make.create_person("nguoila", "Vũ Lạ", province.office, ("registrars",))
    apply_policy("binh-dinh")
    own = make.create_meeting(province.department, "Theo Bình Định", **_fields(province))
    with as_user(province.outsider):
        operations.register(own)
    with as_user(stranger) as user:
        assert not user.has_permission("View", own)


def _fields(house):
    return {
        "content": "A", "chair": house.outsider, "secretary": house.delegate, "approver": house.outsider,
        "rooms": (house.room.UID(),), "participants": (f"user:{house.delegate}",), "preparer": house.outsider,
    }  # fmt: skip


@pytest.mark.rule("NT-3.1", "NT-11.3", "NT-11.1", "NT-2.2.b")
def test_what_ninh_thuan_asks_for(province, make):
    apply_policy("ninh-thuan")
    meeting = make.create_meeting(province.committee, "Họp trực tuyến", mode="online", **_fields(province))
    assert said(meeting) == {"NA-7", "NT-3.1", "NT-11.3", "NT-11.1", "NT-2.2.b"} - {"NA-7"}
    site = make.create_site(province.office)
    change(
        meeting, purpose="Chỉ đạo", host_contact=province.delegate, sites=(site.UID(),), chair_site=site.UID(),
        preparing_unit=province.department.getId(),
    )  # fmt: skip
    assert said(meeting) == set()
    make.create_item(meeting, "Ngân sách")
    assert "NT-11.1" in said(meeting, "warn")


@pytest.mark.rule("NT-3.2.a", "NT-3.2.b", "TQ-P9")
def test_the_matrix_of_hosts_speaks_of_online_meetings_only(province, make):
    commune = make.create_unit(
        "Xã Một", "X1", parent=province.committee, unit_type="commune", level="commune"
    )
    other = make.create_unit("Doanh nghiệp", "DN", unit_type="other", level="unit", sector="provider")
    division = make.create_unit(
        "Phòng Văn hóa", "PVH", parent=commune, unit_type="division", level="unit", sector="other"
    )
    meeting = province.meeting_of_department
    change(
        meeting, participants=tuple(f"unit:{one.getId()}" for one in (commune, division)), mode="in_person"
    )
    apply_policy("ninh-thuan")
    assert not {one for one in said(meeting) | said(meeting, "warn") if one.startswith("NT-3.2")}
    change(meeting, mode="online")
    assert "NT-3.2.b" in said(meeting) and "NT-3.2.b" in said(meeting, "warn")
    office = make.create_meeting(
        province.office, "Họp tỉnh", mode="online", participants=(f"unit:{other.getId()}",)
    )
    assert "NT-3.2.a" in said(office)
    apply_policy("tuyen-quang")
    assert "TQ-P9" in said(office)
    change(office, participants=(f"unit:{commune.getId()}",))
    assert "TQ-P9" not in said(office)


# level, sensitive -> the rule that forbids it, province by province.
CLASSIFIED = [
    ("none", True, (None, "NT-4.2/1", None, None, None)),
    ("mat", False, ("NA-3.2", "NT-4.2/1", None, "HS-SECRET", None)),
    ("toi_mat", False, ("NA-3.2", "NT-4.2/1", "BD-7/2", "HS-SECRET", "HN-5.3/2")),
]


@pytest.mark.rule("NT-4.2/1", "BD-7/2", "HN-5.3/2", "HN-5.2")
@pytest.mark.parametrize(("level", "sensitive", "expected"), CLASSIFIED)
def test_what_content_is_allowed(province, level, sensitive, expected):
    change(province.meeting, classification=level, sensitive=sensitive, host_contact=province.secretary)
    for name, rule in zip(PROVINCES, expected, strict=True):
        apply_policy(name)
        assert said(province.meeting) == ({rule} if rule else set()), name
    if level == "mat":
        assert {"HN-5.2", "HN-5.3/2"} <= said(province.meeting, "warn")


@pytest.mark.rule("HN-5.4/1")
def test_records_stay_with_the_unit_of_the_main_site(province, make):
    site = make.create_site(province.office)
    change(province.meeting_of_department, mode="online", sites=(site.UID(),), chair_site=site.UID())
    owners = {}
    for name in PROVINCES:
        apply_policy(name)
        owners[name] = archive_owner_of(province.meeting_of_department)
    assert owners.pop("ha-noi") == province.office.getId()
    assert set(owners.values()) == {province.department.getId()}


def test_the_system_itself_moves_a_scheduled_meeting(province, make):
    apply_policy("nghe-an")
    make.put_in_state(province.meeting, "scheduled")
    province.meeting.booked_rooms = ()
    with make.as_system():
        make.change(province.meeting, start=province.meeting.start + timedelta(hours=1),
                    end=province.meeting.end + timedelta(hours=1))  # fmt: skip
    assert province.meeting.booked_rooms == (province.room.UID(),)
