"""The audit log: what is written, when it is not, and who does not meet whom."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from types import SimpleNamespace

from hopso.audit import log
from hopso.audit.describe import plain_details
from hopso.audit.describe import title_of
from hopso.audit.events import ItemRead
from hopso.core.operation import operation
from hopso.core.operation import OperationDone
from hopso.core.operation import registered
from hopso.policy.register import finding
from plone import api
from plone.namedfile.file import NamedBlobFile
import pytest
import transaction
import ZODB
from ZODB.DemoStorage import DemoStorage
from ZODB.POSException import ConflictError
from zope.event import notify


NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


def entry(minutes=0, **fields):
    return log.Entry(
        when=NOON + timedelta(minutes=minutes), **{"who": "ai", "operation": "meeting.register", **fields}
    )


def test_entries_come_newest_first_and_by_period():
    book = log.AuditLog()
    for minutes in (5, 0, 10):
        book.append(entry(minutes))
    assert [one.when.minute for one in book.between()] == [10, 5, 0]
    between = book.between(NOON, NOON + timedelta(minutes=10))
    assert [one.when.minute for one in between] == [5, 0]


def test_an_entry_comes_back_as_it_went_in():
    book = log.AuditLog()
    written = entry(
        behalf="bi",
        uid="u",
        scope="m",
        path="/p",
        title="t",
        portal_type="Meeting",
        before="draft",
        after="registered",
        findings=(("BD-6.1/1", "warn"),),
        override="bão",
        address="::1",
        details={"a": 1},
    )
    book.append(written)
    assert list(book.between()) == [written] == list(book.of_scope("m"))


def test_many_entries_of_one_moment_are_kept():
    book = log.AuditLog()
    for _number in range(500):
        book.append(entry())
    assert len(list(book.between())) == 500


def test_two_writers_do_not_conflict():
    database = ZODB.DB(DemoStorage())  # resolves conflicts of BTrees as ZEO and RelStorage do
    first = database.open(transaction.TransactionManager())
    first.root()["log"] = log.AuditLog()
    first.root()["log"].append(entry(uid="m", scope="m"))
    first.transaction_manager.commit()
    second = database.open(transaction.TransactionManager())
    conflicts = 0
    for number in range(100):
        for connection in (first, second):
            connection.transaction_manager.begin()
            connection.root()["log"].append(entry(number, uid=f"u{number}", scope="m"))
        first.transaction_manager.commit()
        try:
            second.transaction_manager.commit()
        except ConflictError:
            conflicts += 1
            second.transaction_manager.abort()
    # All of them worked on one meeting at the same instant; what is left are splits
    # of a bucket (one in thirty), which a retry settles.
    assert conflicts <= 15
    first.transaction_manager.begin()
    assert len(list(first.root()["log"].between(NOON))) == 201 - conflicts
    for connection in (first, second):
        connection.transaction_manager.abort()
    database.close()


def test_the_log_offers_no_way_to_change_an_entry():
    public = {name for name in dir(log.AuditLog) if not name.startswith("_")} - set(dir(log.Persistent))
    assert public == {"append", "between", "of_scope"}
    with pytest.raises(AttributeError):
        entry().who = "somebody else"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ({"comment": "sửa trang 2"}, {"comment": "sửa trang 2"}),
        ({"password": "Mat-khau"}, {"password": "•••"}),
        ({"one_time_code": 123456}, {"one_time_code": "•••"}),
        ({"text": "x" * 500}, {"text": "x" * 40 + "… (500)"}),
        ({"start": NOON}, {"start": "2026-11-20T05:00:00+00:00"}),
        ({"people": ("ai", "bi"), "reason": ""}, {"people": ["ai", "bi"]}),
        ({"thing": object()}, {"thing": "object"}),
    ],
)
def test_details_hold_no_secrets_and_no_contents(value, plain):
    assert plain_details(value) == plain


def test_details_of_a_file_are_its_name_and_size(portal):
    file = NamedBlobFile(data=b"secret text", filename="bao-cao.txt")
    assert plain_details({"file": file}) == {"file": "bao-cao.txt (11 B)"}


def test_an_operation_is_recorded_with_its_findings(house, make):
    from hopso.meetings.content import IMeeting

    one = operation_for_tests(IMeeting)
    findings = (finding("BD-6.1/1", "block", "Late"),)
    with make.as_user(house.coordinator):
        notify(
            OperationDone(
                one, house.meeting, {"comment": "Bão số 9"}, None, findings, "Bão", "draft", "registered"
            )
        )
    found = log.entries(limit=1)[0]
    assert (found.who, found.operation, found.before, found.after) == (
        house.coordinator,
        "test.audit",
        "draft",
        "registered",
    )
    assert found.findings == (("BD-6.1/1", "block"),)
    assert (found.override, found.details, found.title) == (
        "Bão",
        {"comment": "Bão số 9"},
        house.meeting.title,
    )
    assert found.uid == found.scope == house.meeting.UID()
    assert log.history_of(house.meeting)[0] == found


def operation_for_tests(interface):
    for one in registered():
        if one.name == "test.audit":
            return one
    return operation("test.audit", interface, title="Test", permission="View", when=lambda context: False)(
        lambda context: None
    )


def test_content_is_recorded_on_every_path(house, make):
    document = make.create_document(house.meeting, "Báo cáo")
    make.change(document, title="Báo cáo khác")
    with make.as_system():
        api.content.delete(document)
    names = [one.operation for one in log.history_of(house.meeting)]
    assert names[:3] == ["content.removed", "content.modified", "content.added"]
    assert "Báo cáo khác" in [one.title for one in log.entries(operation="content.removed")]


@pytest.mark.parametrize(
    ("classification", "title"), [("mat", "•••"), ("tuyet_mat", "•••"), ("internal", "Kế hoạch")]
)
def test_titles_of_state_secrets_stay_out(classification, title):
    thing = SimpleNamespace(title="Kế hoạch", classification=classification)
    assert title_of(thing) == title


def test_reading_is_recorded_but_is_no_history(house, make):
    before = log.history_of(house.meeting)
    with make.as_user(house.delegate):
        notify(ItemRead(house.meeting, "download", {"page": 3}))
    assert log.history_of(house.meeting) == before
    found = log.entries(operation="item.", who=house.delegate)
    assert [(one.operation, one.details) for one in found] == [("item.download", {"page": 3})]


def test_what_is_aborted_leaves_no_entry(functional):
    log.record("login", who="ai")
    assert log.entries(who="ai")
    transaction.abort()
    assert log.entries(who="ai") == []


def test_filters(house):
    for number, (who, name) in enumerate([("ai", "login"), ("bi", "login"), ("ai", "logout")]):
        log.record(name, who=who, when=NOON + timedelta(days=number))
    assert [one.operation for one in log.entries(who="ai")] == ["logout", "login"]
    assert [one.who for one in log.entries(operation="login")] == ["bi", "ai"]
    period = {"since": NOON + timedelta(days=1), "until": NOON + timedelta(days=2)}
    assert [one.who for one in log.entries(**period)] == ["bi"]
    assert len(log.entries(start=1, limit=1, operation="log")) == 1


def test_on_behalf(house):
    with log.acting_for("bi"):
        log.record("login", who="hopso-worker")
    assert [one.who for one in log.entries(who="bi")] == ["hopso-worker"]
