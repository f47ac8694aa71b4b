"""The explanation says yes exactly where the check says yes."""

from datetime import timedelta
import random

from AccessControl import getSecurityManager
from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.meetings import participation
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.interfaces import FUNCTIONS
from hopso.security import explain
from hopso.security import matrix
from hopso.security.grants import Grant
from hopso.security.grants import grant_store
from hopso.security.report import say
from hopso.security.report import what_can_see
from plone import api
from plone.uuid.interfaces import IUUID
import pytest


STATES = [
    *(("Meeting", state) for state in matrix.MEETING_STATES),
    *(("MeetingDocument", state) for state in matrix.DOCUMENT_STATES),
    *((name, state) for name in ("Minutes", "ConclusionNotice") for state in matrix.RECORD_STATES),
]


@pytest.fixture
def province(house, make):
    """The house with everything that gives a right: temporary, inherited, by unit, by substitute."""
    moment, day = now(), timedelta(days=1)
    store = assignment_store()
    people = {name: getattr(house, name) for name in vars(house) if isinstance(getattr(house, name), str)}
    people["above"] = make.create_person("quantri_tinh", "Cao Văn Tỉnh", house.committee, ("admins",))
    people["boss"] = make.create_person("chutich", "Hoàng Chủ", house.committee, ("provincial_chairs",))
    people["nobody"] = make.create_person("khongai", "Vũ Không")
    people["system"] = make.create_person("hethong", "Lý Hệ")
    api.user.grant_roles(username=people["system"], roles=[matrix.SYSTEM])
    people["manager"] = make.create_person("quanly", "Lê Quản")
    api.user.grant_roles(username=people["manager"], roles=["Manager"])
    for number, function in enumerate(FUNCTIONS):
        user_id = people[function] = make.create_person(f"f_{function}", f"Ông {number}", house.office, ())
        store.assign(user_id, Assignment(house.office.getId(), function))
    for name, since, until in (
        ("past", None, moment - day),
        ("future", moment + day, None),
        ("acting", None, moment + day),
    ):
        user_id = people[name] = make.create_person(f"t_{name}", f"Bà {name}", house.department, ())
        store.assign(
            user_id, Assignment(house.office.getId(), "leaders", "Quyền Chánh Văn phòng", since, until)
        )
    people["disabled"] = make.create_person("nghi", "Võ Nghỉ", house.department, ("leaders",))
    make.change(
        house.meeting,
        participants=(
            f"user:{house.delegate}",
            f"unit:{house.department.getId()}",
            f"user:{people['disabled']}",
        ),
    )
    participation.put_record(
        house.meeting,
        participation.records(house.meeting)[f"user:{house.delegate}"],
        answer=participation.SUBSTITUTED,
        substitute=house.substitute,
        answered_at=moment,
    )
    for name, part in (("controller", "console"), ("emergency", "breakglass")):
        user_id = people[name] = make.create_person(f"g_{name}", f"Cô {name}")
        grant_store().give(
            Grant(user_id, IUUID(house.meeting), part, moment, moment + day, house.chair, "vì sao")
        )
    for name in ("console", "breakglass"):
        user_id = people[f"ended_{name}"] = make.create_person(f"e_{name}", f"Chú {name}")
        grant_store().give(Grant(user_id, IUUID(house.meeting), name, moment - day, moment - day / 2))
    return people


@pytest.fixture
def things(house, make, province):
    found = {
        "Meeting": house.meeting,
        "MeetingDocument": make.create_document(house.meeting),
        "Minutes": make.add(house.meeting, "Minutes", title="Biên bản"),
        "ConclusionNotice": make.add(house.meeting, "ConclusionNotice", title="Thông báo"),
        "AgendaItem": make.create_item(house.meeting),
    }
    found["MeetingDocument"].manage_setLocalRoles(province["nobody"], ["Owner"])
    return found


def checked(people, obj, permission="View"):
    """Return those whom the check lets in."""
    found = set()
    for user_id in people:
        with as_user(user_id):
            if getSecurityManager().checkPermission(permission, obj):
                found.add(user_id)
    return found


def explained(people, obj, permission="View"):
    """Return those of whom the explanation says so."""
    named = {one.user_id for one in explain.who_can_see(obj, permission)}
    return set(people) if named & {explain.EVERYBODY, explain.ANYBODY} else named & set(people)


@pytest.mark.rule("BD-12.3.c")
def test_it_agrees_with_the_check_for_everybody_on_everything_in_every_state(province, things):
    people, wrong = set(province.values()), []
    for portal_type, state in STATES:
        thing = put_in_state(things[portal_type], state)
        for permission in (
            "View",
            *([matrix.LOGISTICS, "Modify portal content"] if portal_type == "Meeting" else ()),
        ):
            difference = checked(people, thing, permission) ^ explained(people, thing, permission)
            if difference:
                wrong.append((portal_type, state, permission, difference))
        item = things["AgendaItem"]
        if portal_type == "Meeting" and checked(people, item) != explained(people, item):
            wrong.append(("AgendaItem", state))
    assert wrong == []


def test_it_agrees_on_units_and_rooms(house, province):
    people = set(province.values())
    for thing in (house.office, house.room, house.department):
        for permission in (
            "View",
            "hopso: Manage accounts",
            "hopso: Report incident",
            "Modify portal content",
        ):
            assert checked(people, thing, permission) == explained(people, thing, permission), permission


@pytest.mark.parametrize("seed", range(8))
def test_it_agrees_whatever_is_thrown_together(house, make, things, province, seed):
    dice, moment = random.Random(seed), now()
    people, units = sorted(set(province.values())), (house.committee, house.office, house.department)
    store = assignment_store()
    for _number in range(25):
        until = dice.choice((None, moment - timedelta(hours=1), moment + timedelta(hours=1)))
        unit = dice.choice(units).getId()
        store.assign(dice.choice(people), Assignment(unit, dice.choice(FUNCTIONS), "", None, until))
    invited = dice.sample([f"user:{one}" for one in people] + [f"unit:{one.getId()}" for one in units], 5)
    make.change(
        house.meeting,
        participants=tuple(invited),
        **{name: dice.choice((None, *people)) for name in ("chair", "secretary", "approver", "preparer")},
    )
    for part in ("console", "breakglass"):
        begin = moment + timedelta(hours=dice.choice((-2, -1, 1)))
        grant_store().give(
            Grant(
                dice.choice(people),
                IUUID(house.meeting),
                part,
                begin,
                begin + timedelta(hours=dice.choice((1, 3))),
            )
        )
    for portal_type, state in dice.sample(STATES, 8):
        thing = put_in_state(things[portal_type], state)
        assert checked(people, thing) == explained(people, thing), (portal_type, state)


def test_a_disabled_account_is_left_out(house, province, things):
    put_in_state(house.meeting, "convened")
    assert explain.may_see(house.meeting, province["disabled"])
    account_of(province["disabled"]).status = DISABLED
    assert not explain.may_see(house.meeting, province["disabled"])


def test_every_reason_has_its_source_and_its_time(house, province, things):
    put_in_state(house.meeting, "convened")
    rows = {}
    for one in explain.who_can_see(house.meeting):
        rows.setdefault(one.user_id, []).append(one)
    [acting] = rows[province["acting"]]
    assert acting.source == explain.UNIT and acting.until is not None
    assert "Quyền Chánh Văn phòng" in say(acting.cause)
    [substitute] = rows[house.substitute]
    assert (substitute.source, substitute.role) == (explain.SUBSTITUTE, matrix.DELEGATE)
    assert "Phạm Quang" in say(substitute.cause) and substitute.since is not None
    assert house.delegate not in rows
    sources = {one.source for one in rows[house.outsider]}
    assert sources == {explain.INVITED_UNIT}
    [emergency] = rows[province["emergency"]]
    assert (emergency.source, emergency.role) == (explain.EMERGENCY, matrix.EMERGENCY)
    assert "vì sao" in say(emergency.cause) and emergency.until is not None
    assert rows[house.chair][0].since is not None


def test_a_persons_report(house, make, province, things):
    put_in_state(house.meeting, "convened")
    with as_user(house.admin):
        report = what_can_see(house.substitute)
        [row] = report.meetings
        assert (row.what, row.source) == (house.meeting.title, explain.SUBSTITUTE)
        assert report.counts["Meeting"] == 1
        acting = what_can_see(province["acting"])
        assert [one.until for one in acting.functions] == [one.until for one in acting.temporary] != [None]
    with as_user(province["system"]):
        [row] = what_can_see(house.substitute).meetings
        text = say(row.what)
        assert house.meeting.title not in text and "Văn phòng" in text and row.url == ""


def test_the_reports_pages_are_counted(house, make):
    for number in range(4):
        make.create_meeting(house.office, f"Họp {number}", participants=(f"user:{house.delegate}",))
    report = what_can_see(house.delegate, start=2, limit=2)
    assert (len(report.meetings), report.meetings_total) == (2, 5)
