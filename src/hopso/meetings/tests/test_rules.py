"""The rules as tables: no site, no request."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta

from hopso.core.findings import BLOCK
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.core.text import LOCAL
from hopso.meetings import rules
from hopso.meetings.rules import Facts
from hopso.policy.timing import deadline_after
from hopso.policy.timing import deadline_before
from hopso.policy.timing import LeadTime
import pytest


START = datetime(2026, 11, 23, 8, tzinfo=LOCAL)
SECOND = timedelta(seconds=1)
FULL = Facts(
    title="Giao ban",
    content="Kinh tế – xã hội",
    chair="chutri",
    secretary="thuky",
    approver="duyet",
    start=START,
    end=START + timedelta(hours=1),
    rooms=("room",),
    participants=("user:daibieu",),
    documents=1,
    invitation=True,
)


def levels(findings):
    return [(one.rule, one.level) for one in findings]


@pytest.mark.rule("BD-6.2")
@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, []),
        ({"content": "  "}, ["content"]),
        ({"chair": ""}, ["chair"]),
        ({"secretary": ""}, ["secretary"]),
        ({"approver": ""}, []),  # the chair approves then
        ({"approver": "", "chair": ""}, ["chair", "approver"]),
        ({"end": None}, ["start"]),
        ({"rooms": ()}, ["rooms"]),
        ({"rooms": (), "mode": "online"}, []),
        ({"rooms": (), "mode": "hybrid"}, ["rooms"]),
        ({"participants": ()}, ["participants"]),
        ({"documents": 0, "handed_out": 1}, []),
    ],
)
def test_registration_names_what_is_missing(change, lacking):
    found = rules.registration_complete(replace(FULL, **change))
    assert [one.data["field"] for one in found] == lacking
    assert all(one.level == BLOCK and one.article == "Điều 6 khoản 2" for one in found)


@pytest.mark.rule("BD-6.2")
def test_documents_may_follow():
    assert levels(rules.registration_complete(replace(FULL, documents=0))) == [("BD-6.2", WARN)]
    assert rules.missing(replace(FULL, documents=0)) == ["documents"]


@pytest.mark.rule("NA-7")
@pytest.mark.parametrize("name", ["content", "participants", "rooms"])
def test_written_registration(name):
    empty = replace(FULL, **{name: type(getattr(FULL, name))()})
    assert [one.data["field"] for one in rules.written_registration(empty)] == [name]
    assert rules.written_registration(replace(FULL, chair="", secretary="", approver="", documents=0)) == []
    assert rules.written_registration(replace(FULL, start=None))[0].article == "Điều 7"


@pytest.mark.rule("BD-3.2")
def test_seven_statements_about_a_meeting():
    assert rules.meeting_information(FULL) == []
    assert rules.meeting_information(Facts()) == [
        "title",
        "invitation",
        "start",
        "rooms",
        "content",
        "documents",
        "participants",
    ]
    assert rules.completeness(FULL) == 100
    assert rules.completeness(replace(FULL, documents=0, content="")) == 75


@pytest.mark.rule("BD-6.1/1")
@pytest.mark.parametrize(
    ("moment", "level", "expected"),
    [
        (START - timedelta(days=2), BLOCK, []),
        (START - timedelta(days=2) + SECOND, BLOCK, [("BD-6.1/1", BLOCK)]),
        (START - timedelta(days=2) + SECOND, WARN, [("BD-6.1/1", WARN)]),
        (START - timedelta(days=30), BLOCK, []),
    ],
)
def test_two_days_ahead(moment, level, expected):
    deadline = deadline_before(START, LeadTime(2, "calendar_days"))
    found = rules.lead_time(moment, deadline, level)
    assert levels(found) == expected
    assert all(one.override == rules.OVERRIDE and one.deadline == deadline for one in found)


@pytest.mark.rule("BD-6.1/2")
@pytest.mark.parametrize(
    ("reason", "hours", "below", "expected"),
    [
        ("fire", (3,), True, []),
        ("fire", (2.99, 4), True, []),
        ("fire", (2.99,), True, [("BD-6.1/2", WARN)]),
        ("fire", (2.99,), False, [("BD-6.1/2", BLOCK)]),
        ("fire", (), True, [("BD-6.1/2", BLOCK)]),
        ("", (5,), True, [("BD-6.1/2", BLOCK)]),
        ("", (), True, [("BD-6.1/2", BLOCK), ("BD-6.1/2", BLOCK)]),
    ],
)
def test_urgent_needs_reason_and_call(reason, hours, below, expected):
    calls = [START - timedelta(hours=one) for one in hours]
    deadline = deadline_before(START, LeadTime(3))
    assert levels(rules.urgent_notice(reason, calls, deadline, below)) == expected


@pytest.mark.rule("BD-7/3")
@pytest.mark.parametrize(
    ("urgent", "hours", "expected"),
    [
        (True, (3,), []),
        (True, (2.5,), [("BD-7/3", RECORD)]),
        (True, (4, 1), []),
        (True, (), []),
        (False, (1,), []),
    ],
)
def test_paper_replaces_what_cannot_be_uploaded(urgent, hours, expected):
    calls = [START - timedelta(hours=one) for one in hours]
    assert levels(rules.paper_fallback(urgent, calls, deadline_before(START, LeadTime(3)))) == expected


@pytest.mark.rule("BD-6.3/1")
@pytest.mark.parametrize(
    ("waiting", "leave_out", "reason", "expected"),
    [
        ((), False, "", []),
        (("Báo cáo",), False, "", [("BD-6.3/1", BLOCK)]),
        (("Báo cáo",), True, "", [("BD-6.3/1", BLOCK)]),
        (("Báo cáo",), True, "Bổ sung sau", [("BD-6.3/1", RECORD)]),
    ],
)
def test_documents_are_approved_before_publication(waiting, leave_out, reason, expected):
    found = rules.documents_approved(waiting, "Đặng Thị Hòa", leave_out, reason)
    assert levels(found) == expected
    assert all("Báo cáo" in one.text.mapping["names"] for one in found)
    assert all(one.text.mapping["who"] == "Đặng Thị Hòa" for one in found)


@pytest.mark.rule("BD-7/1")
@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, [("BD-7/1", RECORD)]), (60, [("BD-7/1", RECORD)]), (61, [("BD-7/1", WARN)])],
)
def test_published_within_an_hour_of_complete_information(minutes, expected):
    complete = START - timedelta(days=3)
    deadline = deadline_after(complete, LeadTime(1))
    found = rules.published_in_time(complete, complete + timedelta(minutes=minutes), deadline)
    assert levels(found) == expected
    assert rules.published_in_time(None, START, None) == []


@pytest.mark.rule("BD-7/2")
@pytest.mark.parametrize(
    ("classification", "expected"),
    [("none", []), ("internal", []), ("mat", [("BD-7/2", WARN)]), ("tuyet_mat", [("BD-7/2", WARN)])],
)
def test_classified_meetings_show_a_placeholder(classification, expected):
    assert levels(rules.placeholder_only(classification)) == expected


@pytest.mark.rule("BD-3.1.g")
def test_hours_to_read():
    assert rules.reading_hours(START - timedelta(hours=26, minutes=30), START) == 26.5
    assert rules.reading_hours(START + SECOND, START) == 0
    assert rules.reading_hours(None, START) is None


@pytest.mark.rule("BD-8.1/1")
def test_late_answers_are_flagged():
    deadline = deadline_before(START, LeadTime(1, "calendar_days"))
    assert rules.answer_in_time(deadline, deadline) == []
    assert levels(rules.answer_in_time(deadline + SECOND, deadline)) == [("BD-8.1/1", WARN)]
    assert rules.answer_in_time(START, None) == []


@pytest.mark.rule("BD-10.1/1")
def test_no_archive_without_minutes():
    assert levels(rules.minutes_issued(0)) == [("BD-10.1/1", BLOCK)]
    assert rules.minutes_issued(1) == []


def test_rules_of_the_house():
    assert levels(rules.agenda_there(0)) == [("HS-AGENDA", BLOCK)]
    assert rules.agenda_there(1) == []
    assert levels(rules.seats("Phòng 1", 20, 21)) == [("HS-SEATS", WARN)]
    assert rules.seats("Phòng 1", 20, 20) == []
