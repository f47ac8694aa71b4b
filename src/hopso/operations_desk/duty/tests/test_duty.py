"""Who is on duty: named, swapped, present, missed; and the work of the sites during the meeting."""

from datetime import timedelta

from hopso.core import errors
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.meetings.operations import start as opening
from hopso.operations_desk.console import operations as console
from hopso.operations_desk.console import records as notes
from hopso.operations_desk.duty import operations
from hopso.operations_desk.duty import rules
from hopso.operations_desk.duty.api import duties_of
from hopso.operations_desk.duty.api import duty_findings
from hopso.operations_desk.duty.records import duty_store
from hopso.policy.api import store_values
from hopso.security import matrix
from plone import api
import pytest


def assign(sites, user, **more):
    with as_user(user):
        operations.assign_duty(sites.meeting, **{"place": sites.point.UID(), "role": "technician"} | more)


def ids(findings):
    return [one.rule for one in findings]


POST = rules.Post


@pytest.mark.rule("NT-7.1.b")
@pytest.mark.rule("NT-7.2.c")
@pytest.mark.rule("NT-13.2")
@pytest.mark.rule("NA-8.2/2")
@pytest.mark.parametrize(
    ("posts", "provider", "sets", "found"),
    [
        ([POST("A", frozenset(), True)], False, ("NT",), ["NT-7.1.b"]),
        ([POST("A")], False, ("NT",), ["NT-7.2.c"]),
        ([POST("A", frozenset({"technician"}))], False, ("NT",), []),
        ([POST("A", frozenset({"technician"}))], True, ("NT",), ["NT-13.2"]),
        ([POST("A", frozenset({"technician"}))], True, ("NA",), ["NA-8.2/2"]),
        # The provider's man does not stand for the unit's.
        ([POST("A", frozenset({"provider"}))], True, ("NT",), ["NT-7.2.c"]),
        ([POST("A", frozenset({"officer", "provider"}))], True, ("NT",), []),
    ],
)
def test_who_is_missing(posts, provider, sets, found):
    assert ids(rules.duty_missing(posts, True, provider, sets)) == found
    assert rules.duty_missing(posts, False, provider, sets) == []


@pytest.mark.rule("NT-7.2.c")
@pytest.mark.rule("NT-13.2")
def test_a_site_names_its_people_and_those_of_the_provider(sites):
    store_values({"duty_required": True})
    sites.scheduled()
    assert len(duty_findings(sites.meeting)) == 6  # three places, each without the unit's and the provider's
    said = [one for one in opening.findings(sites.meeting) if one.rule == "NT-7.2.c"]
    assert said and {one.level for one in said} == {"warn"}  # who opens the session reads it, and may open
    assign(sites, sites.site_admin, person=sites.technician)
    assign(sites, sites.provider, role="provider", name="Đỗ Văn Dây", phone="0911")
    assert not any("Sở Nội vụ" in str(one.text.mapping) for one in duty_findings(sites.meeting))
    found = duties_of(sites.meeting)
    assert [(one.user_id, one.name, one.role) for one in found] == [
        (sites.technician, "", "technician"),
        ("", "Đỗ Văn Dây", "provider"),
    ]
    assert (found[0].begins, found[0].ends) == (sites.meeting.start, sites.meeting.end)


@pytest.mark.rule("NT-7.1.b")
def test_the_operator_names_anybody_and_that_person_gets_to_know_when_and_where(house, sites):
    sites.scheduled()
    with as_user(house.substitute):
        assert not api.user.has_permission(matrix.LOGISTICS, obj=sites.meeting)
    assign(sites, sites.operator, person=house.substitute)
    with as_user(house.substitute):
        assert api.user.has_permission(matrix.LOGISTICS, obj=sites.meeting)
        assert not api.user.has_permission("View", obj=sites.meeting)
        operations.confirm_presence(sites.meeting, duty=duties_of(sites.meeting)[0].id)
        with pytest.raises(errors.WrongState):
            operations.confirm_presence(sites.meeting, duty=duties_of(sites.meeting)[0].id)
        # On duty at the point, not at the centre.
        with pytest.raises(errors.Denied):
            operations.assign_duty(sites.meeting, place=sites.centre.UID(), person=house.secretary)
    [duty] = duties_of(sites.meeting)
    assert (duty.present_by, duty.present_at is not None) == (house.substitute, True)
    with as_user(sites.operator):
        operations.end_duty(sites.meeting, duty=duty.id, reason="Không cần")
    with as_user(house.substitute):
        assert not api.user.has_permission(matrix.LOGISTICS, obj=sites.meeting)
    assert duties_of(sites.meeting) == [] and duty_store().of_person(house.substitute) == []


def test_swapping_keeps_role_and_times(house, sites):
    sites.scheduled()
    assign(sites, sites.operator, person=sites.technician, role="officer")
    [old] = duties_of(sites.meeting)
    with as_user(sites.foreign), pytest.raises(errors.Denied):
        operations.swap_duty(sites.meeting, duty=old.id, person=house.substitute, reason="Ốm")
    with as_user(sites.site_admin):
        operations.swap_duty(sites.meeting, duty=old.id, person=house.substitute, reason="Ốm")
        with pytest.raises(errors.EditConflict):
            operations.end_duty(sites.meeting, duty=old.id, reason="x")
    [new] = duties_of(sites.meeting)
    assert (new.user_id, new.role, new.begins) == (house.substitute, "officer", old.begins)
    kept = duty_store().get(sites.meeting.UID(), old.id)
    assert (kept.reason, kept.replaced) == ("Ốm", new.id)


def test_nobody_is_at_two_places_without_a_word(sites):
    sites.scheduled()
    assign(sites, sites.operator, person=sites.technician)
    with as_user(sites.operator):
        args = {"place": sites.centre.UID(), "role": "technician", "person": sites.technician}
        assert ids(operations.assign_duty.findings(sites.meeting, **args)) == ["HS-DUTY"]
        # One after the other is fine.
        later = {"begins": sites.meeting.end, "ends": sites.meeting.end + timedelta(hours=1)}
        assert operations.assign_duty.findings(sites.meeting, **args, **later) == ()
        with pytest.raises(errors.Invalid):
            operations.assign_duty(sites.meeting, **args | {"place": sites.point.UID()})


@pytest.mark.parametrize(
    "bad",
    [{"place": "x", "name": "A"}, {}, {"name": "A", "role": "boss"}],
)
def test_bad_input(sites, bad):
    sites.scheduled()
    with pytest.raises(errors.Invalid):
        assign(sites, sites.operator, **bad)
    with as_user(sites.operator), pytest.raises(errors.Invalid):
        operations.assign_duty(
            sites.meeting,
            place=sites.point.UID(),
            name="A",
            begins=sites.meeting.end,
            ends=sites.meeting.start,
        )
    assert duties_of(sites.meeting) == []


def test_duties_move_with_the_meeting_and_end_with_it(sites, make):
    sites.scheduled()
    assign(sites, sites.operator, person=sites.technician)
    start = sites.meeting.start + timedelta(days=1)
    with as_system():
        make.change(sites.meeting, start=start, end=start + timedelta(hours=2))
    [duty] = duties_of(sites.meeting)
    assert (duty.begins, duty.ends) == (sites.meeting.start, sites.meeting.end)
    assert len(duty_store().of_person(sites.technician, start, start + timedelta(minutes=1))) == 1
    put_in_state(sites.meeting, "ended")
    with as_user(sites.operator), pytest.raises(errors.WrongState):
        operations.assign_duty(sites.meeting, place=sites.point.UID(), name="A")


@pytest.mark.rule("TQ-P5/6")
def test_operators_note_what_they_set(house, sites):
    sites.scheduled("in_session")
    with as_user(sites.operator):
        console.note_console(sites.meeting, text="Chuyển lưới 4", parameter="Bố cục", place=sites.point.UID())
        console.note_console(sites.meeting, text="Hình ổn định")
        with pytest.raises(errors.Invalid):
            console.note_console(sites.meeting, text="x", place="khong-co")
    with as_user(house.delegate), pytest.raises(errors.Denied):
        console.note_console(sites.meeting, text="x")
    first, second = notes.notes_of(sites.meeting)
    assert (first.parameter, first.by, second.text) == ("Bố cục", sites.operator, "Hình ổn định")
    assert first.at <= second.at
    put_in_state(sites.meeting, "concluded")
    with as_user(sites.operator), pytest.raises(errors.WrongState):
        console.note_console(sites.meeting, text="x")


@pytest.mark.rule("NT-7.2.a")
def test_sites_receive_and_do_what_the_host_asks(house, sites):
    sites.scheduled()
    with as_user(sites.technician), pytest.raises(errors.Denied):
        console.tell_sites(sites.meeting, text="x")
    with as_user(house.coordinator):
        console.tell_sites(sites.meeting, text="Chuẩn bị 2 micro", places=(sites.point.UID(),))
        with pytest.raises(errors.Invalid):
            console.tell_sites(sites.meeting, text="x", places=("khong-co",))
    [task] = notes.tasks_of(sites.meeting)
    args = {"task": task.id, "place": sites.point.UID()}
    with as_user(sites.foreign), pytest.raises(errors.Denied):
        console.receive_task(sites.meeting, **args)
    with as_user(sites.technician):
        console.receive_task(sites.meeting, **args)
        with pytest.raises(errors.WrongState):
            console.receive_task(sites.meeting, **args)
        console.finish_task(sites.meeting, **args)
        with pytest.raises(errors.WrongState):
            console.finish_task(sites.meeting, **args)
    with as_user(sites.operator), pytest.raises(errors.Invalid):
        console.receive_task(sites.meeting, task=task.id, place=sites.centre.UID())
    receipt = notes.receipt_of(sites.meeting, **args)
    assert receipt.received_by == receipt.done_by == sites.technician
