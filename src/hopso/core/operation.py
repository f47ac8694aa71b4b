"""Operations: the verbs of the house, each with all its checks in one place.

An operation checks the permission, the state and the rules, changes the
thing, writes the audit entry and tells the rest of the house by an event.
Views, REST services and jobs call operations and nothing deeper; workflow
transitions of ours refuse to run outside of one.

    @operation(
        "meeting.register", IMeeting,
        title=_("Register"), permission="hopso: Register meeting",
        states=("draft", "returned"), check=registration_findings,
    )
    def register_meeting(meeting):
        transition(meeting, "register")

``register_meeting(meeting)`` then is the only way to do it.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from dataclasses import field
from functools import update_wrapper

from AccessControl import getSecurityManager
from hopso import _
from hopso.core import errors
from hopso.core.findings import blocks
from plone import api
from zope.event import notify
from zope.interface import Interface
from zope.schema import getFieldsInOrder
from zope.schema import ValidationError


_depth: ContextVar[int] = ContextVar("hopso_operation_depth", default=0)


@dataclass
class OperationDone:
    """Event: *operation* was carried out on *context*.

    ``params`` are its parameters, ``result`` what it returned, ``findings``
    what the rules said (warnings, records and overridden blocks),
    ``override_reason`` why blocks were lifted (empty if none was),
    ``before`` and ``after`` the review states (None without workflow).
    """

    operation: "Operation"
    context: object
    params: dict
    result: object = None
    findings: tuple = ()
    override_reason: str = ""
    before: str | None = None
    after: str | None = None


@dataclass(eq=False)
class Operation:
    """A verb on a kind of content; calling it carries it out."""

    name: str
    for_: type[Interface]
    title: object
    permission: str
    function: Callable
    states: tuple[str, ...] = ()
    schema: type[Interface] | None = None
    check: Callable | None = None
    primary: bool = False
    danger: bool = False
    order: int = 100
    help: object = ""
    when: Callable | None = None
    # Parameters that stay out of the log: what they say is kept where it belongs, or nowhere.
    confidential: tuple[str, ...] = ()
    __name__: str = field(default="", init=False)

    @property
    def verb(self) -> str:
        """The last part of the name: ``register`` of ``meeting.register``."""
        return self.name.rpartition(".")[2]

    def allowed(self, context) -> bool:
        """Tell whether the current user may do it in the present state (rules aside)."""
        if not getSecurityManager().checkPermission(self.permission, context):
            return False
        if self.states and state_of(context) not in self.states:
            return False
        return self.when is None or bool(self.when(context))

    def findings(self, context, **params) -> tuple:
        """Return what the rules say about doing it now."""
        return tuple(self.check(context, **params)) if self.check else ()

    def __call__(self, context, *, override_reason: str = "", **params):
        """Do it.  Raises Denied, WrongState, Invalid, Blocked or EditConflict."""
        if not getSecurityManager().checkPermission(self.permission, context):
            raise errors.Denied()
        before = state_of(context)
        if self.states and before not in self.states:
            raise errors.WrongState(
                _(
                    "“${title}” is not possible in the present state.",
                    mapping={"title": api.portal.translate(self.title)},
                )
            )
        params = self.validated(params)
        findings = self.findings(context, **params)
        self._refuse_blocked(context, findings, override_reason)
        with inside_operation():
            result = self.function(context, **params)
            done = OperationDone(
                self, context, params, result, findings, override_reason, before, state_of(context)
            )
            notify(done)
        return result

    def _refuse_blocked(self, context, findings, override_reason):
        forbidding = blocks(findings)
        if not forbidding:
            return
        may = getSecurityManager().checkPermission
        if all(f.override and may(f.override, context) for f in forbidding) and override_reason.strip():
            return
        raise errors.Blocked(forbidding)

    def validated(self, params: dict) -> dict:
        """Return *params* checked against the schema, defaults filled in."""
        if self.schema is None:
            if params:
                raise errors.Invalid(_("Unknown parameters."), errors={k: _("Unknown.") for k in params})
            return {}
        fields = dict(getFieldsInOrder(self.schema))
        bad = {name: _("Unknown.") for name in params if name not in fields}
        checked = {}
        for name, schema_field in fields.items():
            value = params.get(name)
            if value is None:
                value = schema_field.default
            try:
                bound = schema_field.bind(None)
                bound.validate(value)
            except ValidationError as error:
                bad[name] = error.doc()
            checked[name] = value
        if bad:
            raise errors.Invalid(_("Please check what you entered."), errors=bad)
        return checked


_registry: dict[str, Operation] = {}


def operation(name: str, for_, *, title, permission: str, **options):
    """Make the decorated function the operation *name* (see Operation for options)."""

    def decorate(function):
        if name in _registry:
            raise ValueError(f"operation {name!r} exists already")
        made = Operation(name, for_, title, permission, function, **options)
        update_wrapper(made, function)
        _registry[name] = made
        return made

    return decorate


def registered() -> list[Operation]:
    """Return every operation, in the order of names."""
    return [_registry[name] for name in sorted(_registry)]


def operations_for(context) -> list[Operation]:
    """Return the operations on this kind of *context*, primary and lower order first."""
    found = [one for one in _registry.values() if one.for_.providedBy(context)]
    return sorted(found, key=lambda one: (one.order, one.name))


def find_operation(context, verb: str) -> Operation | None:
    """Return the operation *verb* (or its full name) on *context*."""
    for one in operations_for(context):
        if verb in (one.verb, one.name):
            return one
    return None


@contextmanager
def inside_operation():
    """Mark the block as running inside of an operation."""
    token = _depth.set(_depth.get() + 1)
    try:
        yield
    finally:
        _depth.reset(token)


def in_operation() -> bool:
    """Tell whether an operation is being carried out."""
    return _depth.get() > 0


def state_of(context) -> str | None:
    """Return the review state of *context*, None without workflow."""
    tool = api.portal.get_tool("portal_workflow")
    return tool.getInfoFor(context, "review_state", None)


def transition(context, name: str, comment: str = "") -> None:
    """Follow the workflow transition *name*.

    Operations have checked the permission before; the transition's own guard
    asks for the same one.  Raises WrongState if the workflow has no such
    transition from here.
    """
    from Products.CMFCore.WorkflowCore import WorkflowException

    tool = api.portal.get_tool("portal_workflow")
    with inside_operation():
        try:
            tool.doActionFor(context, name, comment=comment)
        except WorkflowException as error:
            raise errors.WrongState(_("This step is not possible in the present state.")) from error
