"""From an operation to a mail that arrives: with a real SMTP server on a loopback port."""

from email import message_from_bytes
from email import policy as email_policy
import socket
from types import SimpleNamespace

from aiosmtpd.controller import Controller
from hopso.core.operation import find_operation
from hopso.core.operation import OperationDone
from hopso.notifications import log
from hopso.notifications.health import mail_health
from hopso.notifications.jobs import SEND
from hopso.notifications.jobs import send_mail
from hopso.tasks.testing import run_all
from hopso.tasks.testing import waiting
from plone import api
import pytest
from zope.event import notify


class Sink:
    """Keeps what arrives."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=email_policy.default)
        self.mails.append(SimpleNamespace(to=envelope.rcpt_tos, sender=envelope.mail_from, message=message))
        return "250 OK"

    def to(self, user_id):
        return [one.message for one in self.mails if one.to == [f"{user_id}@example.vn"]]

    def people(self):
        return {one.to[0].partition("@")[0] for one in self.mails}


@pytest.fixture
def sink(portal):
    """A mail server, and a site that knows it."""
    handler = Sink()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    configure(port=port)
    yield handler
    controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def send(make, kind, house, who, stamp="s"):
    """Run the job as the worker does."""
    with make.as_system():
        send_mail(kind, house.meeting.UID(), who, stamp)


def configure(host="127.0.0.1", port=25, address="hop@example.vn"):
    registry = {
        "smtp_host": host,
        "smtp_port": port,
        "email_from_address": address,
        "email_from_name": "Họp Số",
    }
    for name, value in registry.items():
        api.portal.set_registry_record(f"plone.{name}", value)


def done(house, make, verb, context=None, who=None, before="draft", after="registered", **params):
    """Tell the house that an operation was carried out."""
    context = house.meeting if context is None else context
    one = find_operation(context, verb)
    with make.as_user(who or house.coordinator):
        notify(OperationDone(one, context, params, None, (), "", before, after))


def convene(house, make):
    from hopso.core.text import now

    house.meeting.published_at = now()
    make.put_in_state(house.meeting, "convened")
    done(house, make, "meeting.convene", before="scheduled", after="convened")


def text_of(message):
    return message.get_body(("plain",)).get_content()


def test_registration_tells_the_administrator_and_the_preparer(house, make, sink):
    make.put_in_state(house.meeting, "registered")
    done(house, make, "meeting.register")
    run_all()
    assert sink.people() == {house.admin, house.coordinator}
    message = sink.to(house.admin)[0]
    assert message["Subject"].startswith("Cuộc họp đã đăng ký: Giao ban tuần 48")
    assert message["From"] == "Họp Số <hop@example.vn>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].endswith("+0700") and "@example.vn" in message["Message-ID"]
    assert house.meeting.absolute_url() in text_of(message)
    assert message.get_body(("html",)).get_content_charset() == "utf-8"


@pytest.mark.rule("BD-3.1.g")
def test_publication_invites_everybody_units_included(house, make, sink):
    head = make.create_person("giamdoc", "Hà Thị Giám", house.department, ("leaders",))
    house.meeting.participants = (f"user:{house.delegate}", f"unit:{house.department.getId()}")
    make.change(house.meeting)
    convene(house, make)
    run_all()
    assert sink.people() == {
        house.chair,
        house.secretary,
        house.approver,
        house.delegate,
        head,
        house.outsider,
    }
    text = text_of(sink.to(head)[0])
    assert "Phòng họp số 1" in text and house.meeting.absolute_url() in text and "Hạn trả lời" in text
    notices = log.notices_of(house.meeting)
    assert {one.who for one in notices} == sink.people()
    assert all((one.channel, one.result) == ("email", "sent") and one.when for one in notices)


def test_nobody_is_invited_twice(house, make, sink):
    convene(house, make)
    run_all()
    count = len(sink.mails)
    done(house, make, "meeting.add_participants", before="convened", after="convened")
    run_all()
    assert len(sink.mails) == count
    with make.as_system():
        make.change(house.meeting, participants=(*house.meeting.participants, f"user:{house.substitute}"))
    done(house, make, "meeting.add_participants", before="convened", after="convened")
    run_all()
    assert len(sink.mails) == count + 1 and sink.to(house.substitute)


def test_approval_wanted_and_returned(house, make, sink):
    from hopso.documents.approval import approver_ids

    document = make.create_document(house.meeting, "Báo cáo tuần 47", doc_number="214/BC-VP")
    make.put_in_state(document, "submitted")
    done(house, make, "document.submit", document, after="submitted")
    run_all()
    assert sink.people() == set(approver_ids(document))
    message = sink.mails[0].message
    assert "Báo cáo tuần 47" in message["Subject"] and "214/BC-VP" in text_of(message)
    sink.mails.clear()
    make.put_in_state(document, "returned")
    done(
        house,
        make,
        "document.return",
        document,
        who=house.approver,
        after="returned",
        comment="Bí mật trong nhận xét",
    )
    run_all()
    assert house.coordinator in sink.people()
    assert all("Bí mật" not in text_of(one.message) for one in sink.mails)


@pytest.mark.parametrize(
    ("verb", "state", "subject"),
    [("meeting.postpone", "postponed", "Hoãn họp"), ("meeting.cancel", "cancelled", "Hủy cuộc họp")],
)
def test_whoever_was_invited_is_told_that_it_is_off(house, make, sink, verb, state, subject):
    convene(house, make)
    run_all()
    sink.mails.clear()
    make.put_in_state(house.meeting, state)
    done(house, make, verb, before="convened", after=state, reason="Bão số 9")
    run_all()
    message = sink.to(house.delegate)[0]
    assert message["Subject"].startswith(subject) and "Bão số 9" in text_of(message)


def test_who_may_not_read_it_is_not_told(house, make, sink):
    done(house, make, "meeting.convene")  # still a draft
    send(make, "invitation", house, house.outsider, "s")
    assert sink.mails == []
    assert [one.result for one in log.notices_of(house.meeting)] == ["skipped"]


def test_the_language_of_the_person(house, make, sink):
    api.user.get(userid=house.admin).setMemberProperties({"language": "en"})
    make.put_in_state(house.meeting, "registered")
    done(house, make, "meeting.register")
    run_all()
    assert sink.to(house.admin)[0]["Subject"] == "Meeting registered: Giao ban tuần 48"
    assert sink.to(house.coordinator)[0]["Subject"].startswith("Cuộc họp đã đăng ký")


def test_the_same_job_twice_is_one_mail(house, make, sink):
    make.put_in_state(house.meeting, "registered")
    for _number in range(2):
        send(make, "registered", house, house.admin, "2026-11-22")
    assert len(sink.mails) == 1


def test_without_a_mail_server_the_log_says_so(house, make):
    configure(address="")
    make.put_in_state(house.meeting, "registered")
    done(house, make, "meeting.register")
    run_all()
    assert {(one.result, one.reason) for one in log.notices_of(house.meeting)} == {
        ("not_sent", "mail is not configured")
    }
    health = mail_health()
    assert (health.state, health.not_sent) == ("off", 2)


def test_a_dead_server_leaves_the_operation_alone(house, make):
    configure(port=1)
    make.put_in_state(house.meeting, "registered")
    done(house, make, "meeting.register")  # the operation has its mails queued and no more
    assert [name for name, _kwargs in waiting()] == [SEND, SEND]
    with pytest.raises(OSError):
        send(make, "registered", house, house.admin, "s")
    assert log.notices_of(house.meeting) == []
    from hopso.tasks.jobs import find_job

    find_job(SEND).on_give_up(
        "refused", kind="registered", uid=house.meeting.UID(), recipient=house.admin, stamp="s"
    )
    assert [one.result for one in log.notices_of(house.meeting)] == ["failed"]
    assert mail_health().state == "warn"


def test_an_aborted_operation_tells_nobody(house, make):
    import transaction

    done(house, make, "meeting.register")
    assert waiting()
    transaction.abort()
    assert waiting() == []


def test_bad_addresses_are_left_out(house, make, sink):
    make.put_in_state(house.meeting, "registered")
    api.user.get(userid=house.admin).setMemberProperties({"email": "x@y\r\nBcc: z@z"})
    send(make, "registered", house, house.admin, "s")
    assert sink.mails == []
    assert [one.reason for one in log.notices_of(house.meeting)] == ["no address"]


def test_long_vietnamese_subjects_keep_their_spaces(house):
    from email import message_from_bytes
    from email.policy import default

    from hopso.notifications.jobs import message_of
    from hopso.notifications.messages import Mail

    configure()
    subject = "Cuộc họp đã đăng ký: Họp cho ý kiến phương án dự toán ngân sách địa phương năm 2027 / Meeting registered"
    mail = Mail(subject=subject, text="Xin chào", html="<p>Xin chào</p>", languages=("vi",))
    raw = message_of(mail, "a@example.vn", "Ông Thị Bảo Châu", "k").as_bytes()
    assert message_from_bytes(raw, policy=default)["Subject"] == subject
    head = raw.partition(b"Subject:")[2].partition(b"\nDate:")[0]
    assert b"\n" in head  # it was folded
    assert all(len(line) <= 78 for line in head.splitlines()[1:])
