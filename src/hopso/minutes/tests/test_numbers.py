"""Two people issue at once."""

from BTrees.OOBTree import OOBTree
from hopso.core import errors
from hopso.minutes import numbers
import pytest
import transaction
from ZODB.DB import DB
from ZODB.MappingStorage import MappingStorage
from ZODB.POSException import ConflictError


@pytest.fixture
def connections(monkeypatch):
    database = DB(MappingStorage())
    monkeypatch.setattr(numbers, "ensure_store", lambda root: root["numbers"])
    with database.transaction() as connection:
        connection.root()["numbers"] = OOBTree()
    managers = [transaction.TransactionManager() for _ in range(2)]
    yield [(manager, database.open(manager).root()) for manager in managers]
    for manager in managers:
        manager.abort()
    database.close()


@pytest.mark.parametrize("given", [0, 3])
def test_one_of_two_is_told_to_try_again_and_gets_the_next_number(connections, given):
    (first, root), (second, other) = connections
    for number in range(1, given + 1):
        numbers.take_number(root, "vp", 2026, "BB", f"old{number}")
    first.commit()
    second.begin()
    assert numbers.take_number(root, "vp", 2026, "BB", "a") == given + 1
    assert numbers.take_number(other, "vp", 2026, "BB", "b") == given + 1
    first.commit()
    with pytest.raises(ConflictError):
        second.commit()
    second.abort()
    second.begin()
    assert numbers.take_number(other, "vp", 2026, "BB", "b") == given + 2
    second.commit()


def test_a_given_number_is_refused(connections):
    (_manager, root), _other = connections
    numbers.take_number(root, "vp", 2026, "BB", "a", 5)
    with pytest.raises(errors.EditConflict):
        numbers.take_number(root, "vp", 2026, "BB", "b", 5)
    assert numbers.take_number(root, "vp", 2026, "TB", "b", 5) == 5
    assert numbers.take_number(root, "snv", 2026, "BB", "b", 5) == 5
    assert numbers.take_number(root, "vp", 2027, "BB", "b", 5) == 5
