"""Three things of every operation: denied, wrong state, allowed; with nothing or one entry in the log.

Denied and wrong state are tried here, on a real thing of each kind, in every
state.  That an operation does its work when it is allowed is the business of
its room's tests: ``allowed.txt`` names for each operation one test in which it was
seen to succeed.  Whenever one succeeds, in any test, the fixture
``every_act_is_on_record`` asserts its entry in the audit log.

    HOPSO_WRITE_ALLOWED=1 bin/pytest src/hopso      (all of it) writes the table anew.
"""

from contextlib import contextmanager
from pathlib import Path

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import nobody
import hopso
from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import registered
from hopso.core.operation import state_of
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.security import matrix
from hopso.security.describe import load_operations
from hopso.security.tests.acts import rows
from hopso.security.tests.acts import UNSEEN
from hopso.security.tests.samples import SAMPLES
from plone import api
import pytest
import transaction


OPERATIONS = load_operations()


@contextmanager
def as_stranger():
    """Act as somebody who is not logged in."""
    kept = getSecurityManager()
    newSecurityManager(None, nobody.__of__(api.portal.get().acl_users))
    try:
        yield
    finally:
        setSecurityManager(kept)


@contextmanager
def nothing_happens(thing):
    """Assert that the block writes nothing: no state, no entry, no object at all."""
    transaction.savepoint()
    jar = api.portal.get()._p_jar
    before, known = state_of(thing), len(entries(limit=1000))
    yield
    assert [one for one in jar._registered_objects if one._p_changed] == []
    assert (state_of(thing), len(entries(limit=1000))) == (before, known)


def states_of(thing) -> list:
    """Return every state that a thing of this kind can be in, [None] without workflow."""
    for flow in matrix.WORKFLOWS.values():
        if thing.portal_type in flow.types:
            return list(flow.states)
    return [None]


def test_every_kind_of_thing_has_a_sample():
    assert {one.for_ for one in OPERATIONS} - set(SAMPLES) == set()


@pytest.mark.parametrize(
    "interface", sorted(SAMPLES, key=lambda one: one.__name__), ids=lambda one: one.__name__
)
def test_denied_and_wrong_state(house, make, interface):
    thing, nobody_here = SAMPLES[interface](house, make), make.create_person("khongai", "Vũ Không")
    verbs = [one for one in OPERATIONS if one.for_ is interface]
    for state in states_of(thing):
        if state is not None:
            put_in_state(thing, state)
        for one in verbs:
            with nothing_happens(thing):
                with as_stranger(), pytest.raises(errors.Denied):
                    one(thing)
                if "Authenticated" not in matrix.STATIC.get(one.permission, ()) and not _readable(one, thing):
                    with as_user(nobody_here), pytest.raises(errors.Denied):
                        one(thing)
                if one.states and state not in one.states:
                    with as_system(), pytest.raises(errors.WrongState):
                        one(thing)


def _readable(one, thing) -> bool:
    """Tell whether the operation asks for reading only, of a thing that everybody may read."""
    if one.permission != matrix.VIEW:
        return False
    return any(
        row["name"] == "Authenticated" and row["selected"] for row in thing.rolesOfPermission(matrix.VIEW)
    )


def test_the_states_of_operations_exist(house, make):
    for interface, sample in SAMPLES.items():
        known = set(states_of(sample(house, make)))
        for one in OPERATIONS:
            if one.for_ is interface:
                assert set(one.states) <= known, one.name


def test_every_operation_was_seen_to_succeed_with_its_entry():
    seen, root = rows(), Path(hopso.__file__).parent
    names = {one.name for one in registered() if ".tests." not in one.function.__module__}
    assert names - set(seen) == set(), "no test carries these out; see the head of this file"
    for name, (path, function) in seen.items():
        if name in names and path != UNSEEN:
            assert f"def {function}(" in (root / path).read_text("utf-8"), name
