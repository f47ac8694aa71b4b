"""The data of ``people.py``: a province of 600 units, 10,000 accounts and 2,000 meetings.

Units, meetings and documents are made as anybody would make them; accounts go
straight into their stores, with one password hash for all.
"""

from datetime import datetime
from datetime import timedelta
import random

from DateTime import DateTime
from hopso import factories
from hopso.accounts.records import Account
from hopso.accounts.records import account_store
from hopso.core.text import now
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.place import province
from plone import api
from Products.CMFCore.indexing import processQueue
import transaction


UNITS, ACCOUNTS, MEETINGS, DOCUMENTS = 600, 10_000, 2_000, 500
FEW, STEP = 20, 6  # meetings of the other person: every sixth of the last ones
MANY_USER, FEW_USER = "nhieuhop", "ithop"
EACH = 1  # documents of a meeting
GUESTS = 8  # other people in a meeting
WEEKS = 100  # over which the meetings are spread, a few of them ahead
AHEAD = timedelta(weeks=4)
FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
MIDDLE = ("Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Hữu", "Đức", "Xuân", "Kim", "Thu", "Hồng")
GIVEN = ("Bình", "Hòa", "Lan", "Đạt", "Khoa", "Thư", "Quang", "Phương", "Anh", "Dũng", "Hạnh", "Hiếu", "Long", "Mai", "Nam", "Oanh",
         "Phúc", "Quyên", "Sơn", "Tâm", "Uyên", "Vinh", "Yến", "Ánh", "Ý", "Đào", "Cường", "Giang", "Hải", "Khánh")  # fmt: skip
SUBJECTS = (
    "thu ngân sách",
    "phòng chống lụt bão",
    "cải cách hành chính",
    "giải phóng mặt bằng",
    "chuyển đổi số",
)


def fill(site) -> dict:
    """Make everything; return what the measurements need to know."""
    chance = random.Random(2026)
    units = make_units()
    transaction.commit()
    people = make_people(site, units)
    transaction.commit()
    hosts = units[1:101]
    meetings = [make_meeting(chance, hosts[n % len(hosts)], n, people) for n in range(MEETINGS)]
    big = make_big_meeting(hosts[0], people)
    processQueue()
    transaction.commit()
    return {"meetings": len(meetings), "big": "/".join(big.getPhysicalPath())}


def make_units() -> list:
    """Make the committee, thirty departments and what is below them."""
    committee = factories.create_unit("Ủy ban nhân dân tỉnh", "UBND", unit_type="committee", level="province")
    units = [committee]
    for n in range(30):
        units.append(factories.create_unit(f"Sở số {n + 1}", f"S{n + 1}", parent=committee))
    while len(units) < UNITS:
        n = len(units) - 31
        parent = units[1 + n % 30]
        units.append(
            factories.create_unit(f"Phòng số {n + 1}", f"P{n + 1}", parent=parent, unit_type="division")
        )
    processQueue()
    return units


def make_people(site, units) -> list[str]:
    """Make the accounts: in each unit an administrator, a coordinator, a leader and staff."""
    chance = random.Random(11)
    users, sheets = site.acl_users.source_users, site.acl_users.mutable_properties
    # One account the long way: its hash and its properties are those of all.
    factories.create_person(MANY_USER, "Trần Thị Nhiều", units[1])
    proto, password = dict(sheets._storage[MANY_USER]), users._user_passwords[MANY_USER]
    moment = now()
    accounts, held = account_store(), assignment_store()
    functions = ("admins", "coordinators", "leaders")
    people = []

    def add(user_id, name, unit, function, position=""):
        users._user_passwords[user_id] = password
        users._login_to_userid[user_id] = users._userid_to_login[user_id] = user_id
        sheets._storage[user_id] = {**proto, "fullname": name, "email": f"{user_id}@example.vn"}
        fields = {
            "terms_version": factories.TERMS,
            "terms_at": moment,
            "password_set_at": moment,
            "created_at": moment,
        }
        accounts.add(Account(user_id, unit=unit.getId(), **fields))
        held.assign(user_id, Assignment(unit.getId(), function, position))

    add(FEW_USER, "Trần Thị Ít", units[1], "members")
    for n in range(ACCOUNTS - 2):
        unit, rank = units[n % len(units)], n // len(units)
        user_id = f"cb{n:05}"
        name = " ".join(chance.choice(part) for part in (FAMILY, MIDDLE, GIVEN))
        add(user_id, name, unit, functions[rank] if rank < len(functions) else "members", "Chuyên viên")
        people.append(user_id)
    return people


def make_meeting(chance, unit, n: int, people):
    """Make one of the many meetings.

    One person is invited to each; another one to a few of those about now, so
    that the pages of both are full and differ by what lies behind them only.
    """
    start = _moment(n)
    invited = [MANY_USER, *chance.sample(people, GUESTS)]
    if n >= MEETINGS - FEW * STEP and n % STEP == 0:
        invited.append(FEW_USER)
    subject = SUBJECTS[n % len(SUBJECTS)]
    meeting = factories.create_meeting(
        unit, f"Họp chuyên đề {n}: {subject}", start, chair=people[0], secretary=people[1], preparer=people[2],
        participants=tuple(f"user:{one}" for one in invited),
    )  # fmt: skip
    for number in range(EACH):
        document = factories.create_document(
            meeting, f"Báo cáo {subject} số {number}", doc_number=f"{n}-{number}/BC"
        )
        factories.put_in_state(document, "published")
        changed_at(document, start)
    factories.put_in_state(meeting, "convened" if start > factories.in_days(-1) else "archived")
    if n % 100 == 99:
        processQueue()
        transaction.commit()
    return meeting


def changed_at(content, moment: datetime) -> None:
    """Let content be as old as it would be: what is new is asked for by date."""
    content.modification_date = DateTime(min(moment, now()))
    api.portal.get_tool("portal_catalog").reindexObject(content, idxs=["modified"])


def make_big_meeting(unit, people):
    """Make the meeting with the many documents."""
    meeting = factories.create_meeting(
        unit, "Hội nghị tổng kết năm", chair=people[0], secretary=people[1], preparer=people[600],
        participants=tuple(f"user:{one}" for one in people[1000:1100]),
    )  # fmt: skip
    for n in range(DOCUMENTS):
        factories.put_in_state(factories.create_document(meeting, f"Tài liệu hội nghị {n}"), "published")
    factories.put_in_state(meeting, "scheduled")
    return meeting


def _moment(n: int) -> datetime:
    """Return the start of meeting *n*: they follow one another, the last ones are ahead."""
    step = timedelta(weeks=WEEKS) / MEETINGS
    last = factories.in_days(0) + AHEAD
    return last - step * (MEETINGS - n)


def big_meeting(site, path: str):
    """Return the meeting with the many documents and its coordinator."""
    meeting = site.unrestrictedTraverse(path)
    return meeting, api.user.get(userid=meeting.preparer)


def administrated_unit():
    """Return a unit and the user id of its administrator."""
    unit = next(one for one in province().objectValues() if one.code == "UBND")
    return unit, next(user_id for user_id, _one in assignment_store().of_unit(unit.getId(), "admins"))
