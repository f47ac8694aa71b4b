"""Incidents at sites: cause, interruption, provider (NT-7.1.d, NT-8.2, NA-8.1)."""

from datetime import datetime
from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.factories import as_user
from hopso.operations_desk.operations import incidents
from hopso.operations_desk.rules import interruption_by
from hopso.operations_desk.rules import interruption_minutes
from hopso.operations_desk.rules import total_interruption
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from plone import api
import pytest


MINUTE = timedelta(minutes=1)
START = datetime(2026, 11, 26, 1, 0, tzinfo=now().tzinfo)


def span(first, last):
    return START + first * MINUTE, START + last * MINUTE


@pytest.mark.rule("NT-7.1.d")
@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([], 0),
        ([span(0, 10)], 10),
        ([span(0, 10), span(20, 25)], 15),
        # Two sites at once: the meeting stood still once.
        ([span(0, 10), span(5, 12)], 12),
        ([span(0, 30), span(5, 12), span(10, 20)], 30),
        ([span(10, 20), span(0, 10)], 20),
        ([span(5, 5)], 0),
    ],
)
def test_overlapping_interruptions_count_once(spans, minutes):
    assert interruption_minutes(spans) == minutes


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=8))
def test_the_union_is_what_counting_minutes_gives(pairs):
    spans = [span(min(one), max(one)) for one in pairs]
    counted = {m for one in pairs for m in range(min(one), max(one))}
    assert interruption_minutes(spans) == len(counted)


@pytest.mark.rule("NT-7.1.d")
@pytest.mark.rule("NA-8.1")
def test_figures_by_cause_site_and_meeting():
    def one(meeting, site, cause, *minutes, stated=None):
        begin, end = span(*minutes) if minutes else (START, START)
        return {
            "meeting": meeting, "site": site, "cause": cause, "interrupted": bool(minutes), "begin": begin,
            "end": end, "interruption": stated,
        }  # fmt: skip

    facts = [
        one("m1", "a", "line", 0, 10),
        one("m1", "b", "line", 5, 15),
        one("m2", "a", "power", 0, 10),
        one("m2", "a", "power", stated=7),
        one("", "", None),
    ]
    assert total_interruption(facts) == 15 + 10 + 7
    assert interruption_by(facts, "cause") == {"": (1, 0), "line": (2, 15), "power": (2, 17)}
    assert interruption_by(facts, "site") == {"": (1, 0), "a": (3, 27), "b": (1, 10)}
    assert interruption_by(facts, "meeting") == {"": (1, 0), "m1": (2, 15), "m2": (2, 17)}


def report(sites, user=None, **told):
    sites.scheduled("in_session")
    with as_user(user or sites.technician):
        return incidents.report_at_meeting(
            sites.meeting, **{"kind": "network", "what": "Mất tín hiệu", "site": sites.point.UID(), **told}
        )


def test_a_technician_reports_at_the_site_and_the_operator_sees_it(house, sites):
    incident = report(sites, cause="line")
    assert incident.getPhysicalPath()[-4] == house.department.getId()
    assert (incident.site, incident.cause, incident.meeting) == (
        sites.point.UID(),
        "line",
        sites.meeting.UID(),
    )
    for user, sees in ((sites.operator, True), (sites.site_admin, True), (sites.provider, False)):
        with as_user(user):
            assert bool(api.user.has_permission("View", obj=incident)) is sees, user


@pytest.mark.rule("NT-8.2")
@pytest.mark.rule("NA-8.1")
def test_the_provider_is_told_and_answers(sites):
    incident = report(sites, cause="line")
    with as_user(sites.technician):
        with pytest.raises(errors.WrongState):
            incidents.provider_answered(incident)
        incidents.tell_provider(incident, contact="Tổng đài 119")
        with pytest.raises(errors.WrongState):
            incidents.tell_provider(incident)
    with as_user(sites.foreign), pytest.raises(errors.Denied):
        incidents.provider_answered(incident)
    with as_user(sites.provider):
        assert api.user.has_permission("View", obj=incident)
        incidents.provider_answered(incident, note="Đang cử người")
        with pytest.raises(errors.WrongState):
            incidents.provider_answered(incident)
        incidents.resolve(incident, resolution="Hàn lại cáp", interrupted_from=incident.occurred_at)
    with as_user(sites.operator):
        [brain] = api.portal.get_tool("portal_catalog")(portal_type="Incident")
        with pytest.raises(errors.WrongState):
            incidents.tell_provider(incident)
    facts = brain.desk_facts
    assert (facts["site"], facts["cause"], facts["provider"]) == (sites.point.UID(), "line", True)
    assert facts["provider_told_at"] <= facts["provider_answered_at"] <= facts["end"]
    assert (facts["begin"], facts["end"]) == (incident.interrupted_from, incident.interrupted_until)


@pytest.mark.rule("NT-7.1.d")
def test_minutes_are_computed_from_beginning_and_end(sites):
    moment = now()
    incident = report(sites, occurred_at=moment - 20 * MINUTE)
    with as_user(sites.operator):
        for bad in (
            {"interrupted_from": moment - MINUTE, "interrupted_until": moment - 5 * MINUTE},
            {"interrupted_from": moment - MINUTE, "interrupted_until": moment + timedelta(hours=1)},
        ):
            with pytest.raises(errors.Invalid):
                incidents.resolve(incident, resolution="x", **bad)
        assert state_of(incident) == "reported"
        incidents.resolve(
            incident,
            resolution="Khởi động lại",
            cause="device",
            interrupted_from=moment - 18 * MINUTE,
            interrupted_until=moment - 11 * MINUTE,
        )
    assert (incident.interruption, incident.cause) == (7, "device")
