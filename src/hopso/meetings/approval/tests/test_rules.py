"""The pure rules on registration, urgency, hosts, slots and classified content, by tables."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.core.findings import BLOCK
from hopso.core.findings import WARN
from hopso.meetings import rules
from hopso.meetings.approval.keeping import keeper
from hopso.meetings.approval.notices import channels_used
from hopso.meetings.approval.records import ProtectionPlan
from hopso.meetings.approval.registrar import registrar_of
from hopso.policy.policy import Policy
from hopso.policy.timing import deadline_before
from hopso.policy.timing import LeadTime
from hypothesis import given
from hypothesis import strategies as st
import pytest


START = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def told(found):
    return [(one.rule, one.level) for one in found]


@pytest.mark.rule("NA-3.1/1")
@pytest.mark.parametrize(
    ("before", "level", "expected"),
    [
        (timedelta(hours=48), BLOCK, []),
        (timedelta(hours=48) - SECOND, BLOCK, [("NA-3.1/1", BLOCK)]),
        (timedelta(hours=48) - SECOND, WARN, [("NA-3.1/1", WARN)]),
        (timedelta(days=9), BLOCK, []),
    ],
)
def test_forty_eight_hours(before, level, expected):
    deadline = deadline_before(START, LeadTime(48))
    found = rules.lead_time(START - before, deadline, level, "NA-3.1/1")
    assert told(found) == expected
    assert all(one.article == "Điều 3 khoản 1" and one.deadline == deadline for one in found)


@given(st.integers(0, 400), st.integers(-400, 400))
def test_a_registration_is_late_exactly_after_its_deadline(hours, minutes):
    deadline = deadline_before(START, LeadTime(hours))
    late = bool(rules.lead_time(deadline + timedelta(minutes=minutes), deadline))
    assert late == (minutes > 0)


@pytest.mark.parametrize(
    ("sets", "expected"),
    [(("BD",), "BD-6.1/1"), (("NA",), "NA-3.1/1"), (("NT",), "HS-LEAD"), ((), "BD-6.1/1")],
)
def test_which_regulation_speaks_of_the_lead_time(sets, expected):
    assert rules.lead_rule(Policy(rule_sets=sets)) == expected


@pytest.mark.rule("NA-3.1/2")
@pytest.mark.parametrize(
    ("reason", "note", "expected"),
    [("fire", "Cháy chợ", []), ("", "Cháy chợ", ["urgent_reason"]), ("fire", " ", ["urgent_note"]),
     ("", "", ["urgent_reason", "urgent_note"])],
)  # fmt: skip
def test_urgency_is_explained(reason, note, expected):
    found = rules.urgency_explained(reason, note)
    assert [one.data["field"] for one in found] == expected
    assert {one.level for one in found} <= {BLOCK}


@pytest.mark.rule("NA-3.1/2")
@pytest.mark.parametrize(
    ("allowed", "level", "expected"),
    [(True, BLOCK, []), (None, WARN, [("NA-3.1/2", WARN)]), (None, BLOCK, [("NA-3.1/2", BLOCK)]),
     (False, WARN, [("NA-3.1/2", BLOCK)])],
)  # fmt: skip
def test_an_urgent_meeting_needs_its_decision(allowed, level, expected):
    assert told(rules.urgency_allowed(allowed, "Chủ tịch", level)) == expected


@pytest.mark.rule("NT-6.5")
@pytest.mark.parametrize(
    ("hours", "expected", "breach"),
    [((3,), [], None), ((2.5, 3.5), [], None), ((2.99,), [("NT-6.5", WARN)], True), ((), [("NT-6.5", BLOCK)], None)],
)  # fmt: skip
def test_the_operator_is_called_three_hours_ahead(hours, expected, breach):
    calls = [START - timedelta(hours=one) for one in hours]
    found = rules.operator_contacted(calls, deadline_before(START, LeadTime(3)))
    assert told(found) == expected
    assert [one.data.get("breach") for one in found] == [breach] * len(found)


MATRIX = ("province/committee -> province/*, commune/*", "province/* -> commune/division !sector")
COMMITTEE = rules.Party("ubnd", "Ủy ban nhân dân tỉnh", "province/committee", "state")
DEPARTMENT = rules.Party("snv", "Sở Nội vụ", "province/department", "state")
COMMUNE = rules.Party("xa", "Ủy ban nhân dân xã", "commune/commune", "state")
DIVISION = rules.Party("phong", "Phòng Nội vụ", "commune/division", "state")


@pytest.mark.rule("NT-3.2.a", "NT-3.2.b", "TQ-P9")
@pytest.mark.parametrize(
    ("host", "parties", "expected"),
    [
        (COMMITTEE, (DEPARTMENT, COMMUNE), []),
        (DEPARTMENT, (DIVISION,), []),
        (DEPARTMENT, (COMMUNE,), [("NT-3.2.b", BLOCK)]),
        (DEPARTMENT, (replace(DIVISION, sector="party"),), [("NT-3.2.b", WARN)]),
        (DEPARTMENT, (DEPARTMENT,), []),
    ],
)
def test_who_may_meet_whom(host, parties, expected):
    assert told(rules.who_may_meet(MATRIX, host, parties, ("NT-3.2.b", "NT-3.2.b"))) == expected
    assert rules.who_may_meet((), host, parties, ("NT-3.2.a", "NT-3.2.b")) == []
    named = rules.who_may_meet(("commune/* -> *",), host, (COMMUNE,), ("TQ-P9", "TQ-P9"))
    assert told(named) == [("TQ-P9", BLOCK)]


@pytest.mark.rule("NT-11.1")
def test_the_committee_names_another_unit_that_prepares():
    assert rules.prepared_by_another("ubnd", "snv") == []
    assert told(rules.prepared_by_another("ubnd", None)) == [("NT-11.1", BLOCK)]
    assert told(rules.prepared_by_another("ubnd", "ubnd")) == [("NT-11.1", BLOCK)]
    assert told(rules.items_prepared(["Ngân sách"])) == [("NT-11.1", WARN)]


@pytest.mark.rule("NT-3.1", "NT-11.3")
def test_purpose_and_contact():
    assert rules.purpose_stated("Chỉ đạo") == rules.contact_named("lan") == []
    assert told(rules.purpose_stated("  ")) == [("NT-3.1", BLOCK)]
    assert told(rules.contact_named(None)) == [("NT-11.3", BLOCK)]


@pytest.mark.rule("NT-2.2.b")
@pytest.mark.parametrize(
    ("mode", "sites", "chair_site", "expected"),
    [("online", ("a", "b"), "a", []), ("in_person", (), None, []), ("hybrid", ("a",), None, [("NT-2.2.b", BLOCK)]),
     ("online", ("a",), "b", [("NT-2.2.b", BLOCK)]), ("online", (), "", [("NT-2.2.b", BLOCK)])],
)  # fmt: skip
def test_one_chair_site(mode, sites, chair_site, expected):
    assert told(rules.one_chair_site(mode, sites, chair_site)) == expected


@pytest.mark.rule("NT-4.2/2", "NT-11.2")
def test_the_slot_comes_before_the_invitation():
    assert rules.slot_before_invitation(START) == []
    assert told(rules.slot_before_invitation(None, "NT-11.2")) == [("NT-11.2", BLOCK)]
    assert rules.agreed_first(START, None) == []
    kept = [
        rules.agreed_first(first, START)[0].data["kept"]
        for first in (START - SECOND, START, START + SECOND, None)
    ]
    assert kept == [True, True, False, False]


@pytest.mark.rule("NT-4.1")
def test_preparation_waits_for_the_invitation():
    assert rules.invitation_before_preparation(True) == []
    assert told(rules.invitation_before_preparation(False)) == [("NT-4.1", BLOCK)]
    assert told(rules.invitation_before_preparation(False, urgent=True)) == [("NT-4.1", WARN)]


@pytest.mark.rule("NA-3.3/2")
def test_what_the_host_has_still_to_do():
    assert rules.host_checklist(True, 3, 2, 0, True) == []
    found = rules.host_checklist(False, 0, 0, 2, False)
    assert [one.data["item"] for one in found] == ["invitation", "agenda", "documents", "approval", "place"]
    assert {one.level for one in found} == {WARN}


@pytest.mark.rule("NT-4.2/1", "BD-7/2", "HN-5.3/2")
@pytest.mark.parametrize(
    ("level", "sensitive", "policy", "no_sensitive", "expected"),
    [
        ("none", False, "forbid", True, []),
        ("none", True, "forbid", True, [BLOCK]),
        ("none", True, "forbid", False, []),
        ("mat", False, "forbid", False, [BLOCK]),
        ("mat", True, "forbid", True, [BLOCK, BLOCK]),
        ("mat", False, "no_documents", False, []),
        ("mat", False, "with_plan", False, []),
        ("toi_mat", False, "no_documents", False, [BLOCK]),
        ("tuyet_mat", False, "with_plan", False, [BLOCK]),
    ],
)
def test_content_that_does_not_belong_here(level, sensitive, policy, no_sensitive, expected):
    found = rules.content_allowed(level, sensitive, policy, no_sensitive, "NT-4.2/1")
    assert [one.level for one in found] == expected
    assert {one.override for one in found} <= {""}


PLAN = ProtectionPlan(
    "mat", "Danh sách số 12", "Phòng số 2", "BB 05/BB-CA", "Cơ yếu", "Văn thư thu ngay", approved_at=START
)


@pytest.mark.rule("HN-5.2")
@pytest.mark.parametrize(
    ("level", "plan", "expected"),
    [
        ("none", None, 0),
        ("mat", PLAN, 0),
        ("mat", None, 1),
        ("mat", replace(PLAN, approved_at=None), 1),
        ("mat", replace(PLAN, line=" "), 1),
        ("mat", replace(PLAN, venue="", devices="", recall=""), 3),
        ("toi_mat", PLAN, 1),
        ("mat", ProtectionPlan(), 7),
    ],
)
def test_a_classified_session_has_its_plan(level, plan, expected):
    found = rules.protection_plan(level, plan)
    assert len(found) == expected
    assert {one.level for one in found} <= {BLOCK}


@pytest.mark.rule("HN-5.3/2")
def test_words_stay_neutral():
    assert rules.neutral_words("none") == rules.neutral_words("internal") == []
    assert told(rules.neutral_words("mat")) == [("HN-5.3/2", WARN)]


@pytest.mark.rule("BD-9.1/2")
def test_the_chair_decides_on_recording():
    assert rules.recording_decided("mat", True) == rules.recording_decided("none", False) == []
    assert told(rules.recording_decided("mat", False)) == [("BD-9.1/2", BLOCK)]
    assert rules.may_go_unrecorded("mat", False, True) == rules.may_go_unrecorded("none", True, True) == []
    assert told(rules.may_go_unrecorded("none", False, True)) == [("BD-9.1/2", BLOCK)]
    assert rules.may_go_unrecorded("none", False, everything=False) == []


@pytest.mark.rule("BD-8.1/2")
def test_response_times_are_measured():
    answers = [START + timedelta(minutes=one) for one in (40, 5, 60)]
    assert rules.response_minutes(START, answers) == [5, 40, 60]
    assert rules.typical_response(rules.response_minutes(START, answers)) == 40
    assert rules.response_minutes(START, [START - SECOND]) == [0]
    assert rules.response_minutes(None, answers) == [] and rules.typical_response([]) is None


@pytest.mark.rule("NA-4.1/1", "NT-10.2", "TQ-P7/3")
@pytest.mark.parametrize(
    ("role", "holds", "body", "group", "expected"),
    [
        ("Unit Administrator", True, "", False, True),
        ("Unit Administrator", False, "", False, False),
        ("Registrar", True, "vp", True, True),
        ("Registrar", True, "vp", False, False),
        ("Registrar", False, "vp", True, False),
        ("Registrar", True, "", False, True),
    ],
)
def test_who_is_the_registrar(role, holds, body, group, expected):
    assert registrar_of(role, holds, body, group) is expected


@pytest.mark.rule("HN-5.4/1")
@pytest.mark.parametrize(("how", "expected"), [("host", "snv"), ("main_site", "vp"), ("operator", "stttt")])
def test_who_keeps_the_records(how, expected):
    assert keeper(how, "snv", "vp", "stttt") == expected
    assert keeper(how, "snv") == "snv"


@pytest.mark.rule("NA-4.2")
def test_channels_that_work_by_themselves():
    assert channels_used(True, True) == ("in_app", "email")
    assert channels_used(True, False) == ("in_app",)
    assert channels_used(False, True) == ()


@pytest.mark.rule("NA-4.1/2")
def test_publication_waits_for_every_step():
    assert rules.steps_approved("") == []
    found = rules.steps_approved("Chủ tịch UBND tỉnh")
    assert told(found) == [("NA-4.1/2", BLOCK)] and not found[0].override


def test_the_national_clock_runs_beside():
    assert rules.national_invitation(START, START) == rules.national_invitation(START, None) == []
    found = rules.national_invitation(START + SECOND, START)
    assert told(found) == [("HS-INVITE", WARN)] and "45/2018" in found[0].article
