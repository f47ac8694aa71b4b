"""The matrix is what the site does: every role x state x permission."""

from AccessControl.Permission import Permission
from hopso.core.text import now
from hopso.factories import put_in_state
from hopso.security import describe
from hopso.security import generate
from hopso.security import matrix
import pytest


def test_files_are_made_from_the_matrix():
    for path, text in generate.files().items():
        assert path.read_text("utf-8") == text, f"{path.name}: run bin/zopepy -m hopso.security.generate"


def test_documentation_has_the_tables():
    if not describe.DOCS.is_dir():
        pytest.skip("an installed package has no docs")
    made = describe.documents()
    assert {"api.md", "security.md"} <= {path.name for path in made}
    for path, text in made.items():
        assert path.read_text("utf-8") == text, f"{path.name}: run bin/zopepy -m hopso.security.generate"


def test_every_table_is_shown():
    if not describe.DOCS.is_dir():
        pytest.skip("an installed package has no docs")
    shown = {
        hit[2]
        for path in describe.DOCS.glob("*.md")
        for hit in describe.MARKED.finditer(path.read_text("utf-8"))
    }
    assert shown == set(describe.parts())


def test_reading_is_two_permissions_that_go_together():
    for flow in matrix.WORKFLOWS.values():
        assert flow.permissions[matrix.VIEW] == flow.permissions[matrix.ACCESS]
        assert set(flow.permissions) == {*describe.LETTERS, matrix.ACCESS} & set(flow.permissions)


CELLS = [
    (flow_id, state, permission)
    for flow_id, flow in matrix.WORKFLOWS.items()
    for permission in flow.permissions
    for state in flow.states
]


DESK = {
    "Incident": {"kind": "other", "noticed_at": now(), "reported_at": now()},
    "Feedback": {"category": "other"},
    "Violation": {"rule": "BD-12.3.c"},
    "DataRequest": {"kind": "correct"},
    "Device": {"serial": "A-1"},
    "RegisterEntry": {"book": "training"},
    "PeriodicReport": {"actor": "units"},
    "MeetingSeries": {},
    "Site": {"kind": "end"},
}


@pytest.fixture
def things(house, make):
    return {
        "Meeting": house.meeting,
        "MeetingDocument": make.create_document(house.meeting),
        "Minutes": make.add(house.meeting, "Minutes", title="Biên bản"),
        "ConclusionNotice": make.add(house.meeting, "ConclusionNotice", title="Thông báo"),
        **{name: make.add(house.office, name, title=name, **fields) for name, fields in DESK.items()},
    }


def test_every_cell(things):
    roles_known = set(matrix.ROLES) | {"Anonymous", "Authenticated", "Manager", "Member", "Owner", "Reviewer"}
    wrong = []
    for flow_id, state, permission in CELLS:
        expected = set(matrix.roles_for(flow_id, state, permission))
        for portal_type in matrix.WORKFLOWS[flow_id].types:
            thing = things[portal_type]
            put_in_state(thing, state)
            # Not ``rolesOfPermission``: things without things inside of them only know the permissions of their class.
            granted = Permission(permission, (), thing).getRoles(default=None)
            granted = set(granted) if isinstance(granted, tuple) else {"(acquired)"}
            if granted & {*roles_known, "(acquired)"} != expected:
                wrong.append((portal_type, state, permission, granted ^ expected))
    assert wrong == []
