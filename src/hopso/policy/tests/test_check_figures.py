"""The figure of technical checks: one clock a meeting, true after each signature."""

from hopso.operations_desk.checks import operations
from hopso.operations_desk.checks.records import check_store
from hopso.operations_desk.tests.conftest import sites  # noqa: F401  (a fixture)
from hopso.policy.api import frozen_copy
from hopso.policy.api import store_values
from plone import api


def clocks(meeting):
    """Return what the catalog keeps of the meeting's clocks."""
    [brain] = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=meeting.UID())
    return {rule_id: (done, due) for rule_id, done, due in brain.rule_clocks or ()}


def test_all_places_must_be_signed(house, sites, make):  # noqa: F811
    store_values({"tech_check_due": "1 hours", "rule_sets": ["TQ"]})
    sites.scheduled()
    meeting = sites.meeting
    meeting.registered_at, meeting.policy_values = meeting.created().asdatetime(), frozen_copy()
    meeting.reindexObject(idxs=["rule_clocks"])
    assert clocks(meeting)["TQ-P5/5"][0] is None
    records = check_store().of_meeting(meeting.UID())
    for number, record in enumerate(records, 1):
        with make.as_user(house.admin):
            for item in record.items:
                operations.check_item(meeting, place=record.place, item=item.id, result="pass")
            operations.sign_check(meeting, place=record.place)
        done, due = clocks(meeting)["TQ-P5/5"]
        assert (done is not None) is (number == len(records)) and due < meeting.start
