"""The corridor: permission, state, rules, event, in this order and never half."""

from hopso.core import errors
from hopso.core.findings import Finding
from hopso.core.operation import find_operation
from hopso.core.operation import in_operation
from hopso.core.operation import Operation
from hopso.core.operation import OperationDone
from hopso.core.operation import state_of
from hopso.core.operation import transition
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.meetings.content import IMeeting
from plone import api
from Products.CMFCore.WorkflowCore import WorkflowException
import pytest
from zope import schema
from zope.component import getGlobalSiteManager
from zope.interface import Interface


class IParameters(Interface):
    reason = schema.TextLine(title="Reason", max_length=10)


LATE = Finding(
    "BD-6.1/1", "block", "Too late.", "Điều 6 khoản 1", override="hopso: Override rule", override_who="Leader"
)
FINAL = Finding("BD-7/2", "block", "Never.", "Điều 7")
HINT = Finding("BD-3.2", "warn", "Incomplete.", "Điều 3 khoản 2")


@pytest.fixture
def operation():
    """Make an operation outside of the registry."""

    def make(findings=(), schema=None, states=("draft",), function=None):
        return Operation(
            "test.register",
            IMeeting,
            "Register",
            "hopso: Register meeting",
            function or (lambda meeting, **params: transition(meeting, "register")),
            states=states,
            schema=schema,
            check=lambda meeting, **params: findings,
        )

    return make


@pytest.fixture
def events():
    seen = []
    gsm = getGlobalSiteManager()
    gsm.registerHandler(seen.append, (OperationDone,))
    yield seen
    gsm.unregisterHandler(seen.append, (OperationDone,))


def test_allowed(house, operation, events):
    with as_user(house.coordinator):
        operation(findings=(HINT,))(house.meeting)
    assert state_of(house.meeting) == "registered"
    [done] = [one for one in events if one.operation.name == "test.register"]
    assert (done.before, done.after, done.findings) == ("draft", "registered", (HINT,))


@pytest.mark.parametrize("who", ["delegate", "outsider", "chair", "archivist"])
def test_denied(house, operation, events, who):
    with as_user(getattr(house, who)), pytest.raises(errors.Denied) as caught:
        operation()(house.meeting)
    assert caught.value.status == 403
    assert state_of(house.meeting) == "draft"
    assert events == []


def test_wrong_state(house, operation, events):
    put_in_state(house.meeting, "scheduled")
    with as_user(house.coordinator), pytest.raises(errors.WrongState) as caught:
        operation()(house.meeting)
    assert caught.value.status == 409
    assert state_of(house.meeting) == "scheduled"
    assert events == []


@pytest.mark.parametrize("reason", ["", "   ", "Bão"])
def test_blocked_for_one_who_may_not_override(house, operation, events, reason):
    with as_user(house.coordinator), pytest.raises(errors.Blocked) as caught:
        operation(findings=(LATE, HINT))(house.meeting, override_reason=reason)
    assert caught.value.status == 422
    assert caught.value.findings == (LATE,)
    assert state_of(house.meeting) == "draft"
    assert events == []


def test_override_needs_right_and_reason_and_is_told(house, operation, events):
    house.office.manage_setLocalRoles(house.coordinator, ["Leader"])
    with as_user(house.coordinator):
        with pytest.raises(errors.Blocked):
            operation(findings=(LATE,))(house.meeting)
        with pytest.raises(errors.Blocked):
            operation(findings=(LATE, FINAL))(house.meeting, override_reason="Bão số 13")
        assert state_of(house.meeting) == "draft"
        operation(findings=(LATE,))(house.meeting, override_reason="Bão số 13")
    assert state_of(house.meeting) == "registered"
    assert events[-1].override_reason == "Bão số 13"
    assert events[-1].findings == (LATE,)


@pytest.mark.parametrize(
    ("params", "bad"),
    [
        ({}, {"reason"}),
        ({"reason": "far too long a reason"}, {"reason"}),
        ({"reason": "ok", "more": 1}, {"more"}),
    ],
)
def test_bad_parameters_are_named(house, operation, events, params, bad):
    with as_user(house.coordinator), pytest.raises(errors.Invalid) as caught:
        operation(schema=IParameters)(house.meeting, **params)
    assert set(caught.value.errors) == bad
    assert state_of(house.meeting) == "draft"
    assert events == []


def test_a_transition_outside_of_operations_is_refused(house):
    assert not in_operation()
    with as_user(house.coordinator), pytest.raises(WorkflowException):
        api.portal.get_tool("portal_workflow").doActionFor(house.meeting, "register")
    assert state_of(house.meeting) == "draft"


def test_unknown_verb(house):
    assert find_operation(house.meeting, "fly") is None
    assert find_operation(house.portal, "register") is None
