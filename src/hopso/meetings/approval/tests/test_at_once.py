"""Two leaders decide on the same meeting at once, on two connections to one database."""

from hopso.conftest import House
from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import create_person
from hopso.factories import put_in_state
from hopso.meetings.approval import operations as approval
from hopso.meetings.approval import records
from hopso.meetings.approval.api import approvals_of
from hopso.meetings.tests.test_at_once import other  # noqa: F401  (a second connection)
from hopso.policy.api import apply_policy
import pytest
import transaction
from ZODB.POSException import ConflictError


@pytest.mark.rule("NA-4.1/2")
def test_only_one_of_two_decisions_counts(functional, other):  # noqa: F811
    apply_policy("nghe-an")
    house = House(functional["portal"])
    presidents = [
        create_person(f"chutich{one}", f"Chủ tịch {one}", house.committee, ("provincial_chairs",))
        for one in "ab"
    ]
    put_in_state(house.meeting, "scheduled")
    # The book exists: both decisions are written into the same tree.
    records.confirm_slot(house.meeting)
    transaction.commit()

    def approve(meeting):
        with as_user(presidents[0]):
            approval._decide(meeting, True, "Đồng ý")

    _site, manager, _done = other("/".join(house.meeting.getPhysicalPath()), approve)
    with as_user(presidents[1]):
        approval.refuse(house.meeting, note="Không cần thiết")
    manager.commit()
    with pytest.raises(ConflictError):
        transaction.commit()
    # The publisher repeats the loser's request, which then sees what the first one did.
    transaction.abort()
    transaction.begin()
    with as_user(presidents[1]), pytest.raises((errors.WrongState, errors.EditConflict)):
        approval.refuse(house.meeting, note="Không cần thiết")
    assert [(one.by, one.approved) for one in approvals_of(house.meeting)] == [(presidents[0], True)]
