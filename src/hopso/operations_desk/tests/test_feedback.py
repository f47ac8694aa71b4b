"""Difficulties go to the body that runs the system, and on to the committee."""

from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.operations_desk import place
from hopso.operations_desk.operations import feedback
from hopso.policy.api import store_values
from hopso.tasks.testing import waiting
from plone import api
import pytest


def send(house, user=None):
    with as_user(user or house.outsider):
        return feedback.send(
            house.department, category="regulation", title="Thời hạn đăng ký", text="Đề nghị xem lại."
        )


def mails():
    return [
        (kwargs["kind"], kwargs["recipient"])
        for name, kwargs in waiting()
        if name == "notifications.send_mail"
    ]


@pytest.mark.rule("BD-11.2/1")
def test_the_only_office_at_the_top_runs_the_system(house, make):
    assert place.operator_unit() == house.office
    make.create_unit("Văn phòng HĐND", parent=house.committee, unit_type="office")
    assert place.operator_unit() is None
    store_values({"operator_unit": house.office.getId()})
    assert place.operator_unit() == house.office
    store_values({"operator_unit": "Sở Nội vụ"})
    assert place.operator_unit() == house.department


@pytest.mark.rule("BD-12/end")
def test_feedback_goes_to_the_office_and_on_to_the_committee(house):
    sent = send(house)
    assert (state_of(sent), sent.category, sent.from_unit) == (
        "sent",
        "regulation",
        house.department.getId(),
    )
    assert house.office.getId() in sent.getPhysicalPath()
    assert set(mails()) == {("feedback_sent", house.admin), ("feedback_sent", house.coordinator)}
    with as_user(house.coordinator):
        feedback.take(sent)
        feedback.forward(sent, number="12/BC-VP")
    assert (state_of(sent), sent.forwarded_to, sent.forwarded_number) == (
        "forwarded",
        house.committee.title,
        "12/BC-VP",
    )
    with as_user(house.leader):
        feedback.answer(sent, answer="Sẽ sửa Quy chế.")
    assert (state_of(sent), sent.answered_by) == ("answered", house.leader)
    assert ("feedback_answered", house.outsider) in mails()
    with as_user(house.outsider):
        assert api.user.has_permission("View", obj=sent)
    done = [one.operation for one in entries(uid=sent.UID()) if one.operation.startswith("feedback")]
    assert done == ["feedback.answer", "feedback.forward", "feedback.take"]


def test_only_the_sender_and_the_operator_read_it(house):
    sent = send(house)
    for user in (house.delegate, house.secretary, house.archivist, house.chair):
        with as_user(user):
            assert not api.user.has_permission("View", obj=sent), user
    for user in (house.admin, house.coordinator, house.leader):
        with as_user(user):
            assert api.user.has_permission("View", obj=sent), user


def test_senders_do_not_answer_themselves(house):
    sent = send(house)
    with as_user(house.outsider):
        for operation in (feedback.take, feedback.forward):
            with pytest.raises(errors.Denied):
                operation(sent)
    assert state_of(sent) == "sent"


def test_an_answer_is_the_end(house):
    sent = send(house)
    with as_user(house.admin):
        feedback.answer(sent, answer="Đã rõ.")
        with pytest.raises(errors.WrongState):
            feedback.forward(sent)
    assert state_of(sent) == "answered"


def test_without_an_operator_nothing_is_lost_silently(house):
    store_values({"operator_unit": "không có"})
    with pytest.raises(errors.Invalid):
        send(house)
