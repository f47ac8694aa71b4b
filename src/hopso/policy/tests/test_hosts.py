"""Who may meet whom, read from lines."""

from hopso.policy.hosts import HostRule
from hopso.policy.hosts import may_meet
from hopso.policy.policy import read_value
import pytest


LINES = ("province/committee -> province/*, commune/*", "province/* -> unit/division !sector")


@pytest.mark.parametrize(
    ("host", "participant", "same", "expected"),
    [
        ("province/committee", "province/department", False, True),
        ("province/committee", "commune/ward", False, True),
        ("province/committee", "unit/division", False, False),
        ("province/department", "commune/ward", True, False),
        ("province/department", "unit/division", True, True),
        ("province/department", "unit/division", False, False),
        ("commune/ward", "province/department", True, False),
    ],
)
def test_lines_are_read(host, participant, same, expected):
    assert may_meet(LINES, host, participant, same) is expected


def test_without_lines_anybody_meets_anybody():
    assert may_meet((), "unit/division", "unit/other", False)
    assert may_meet(("* -> *",), "unit/division", "unit/other", False)


@pytest.mark.parametrize(
    "line", ["province/committee", "province -> *", "* -> ", "a/b/c -> *", "-> *", "province/ -> *"]
)
def test_other_lines_are_refused(line):
    with pytest.raises(ValueError):
        read_value("host_matrix", [line])


def test_a_line_survives_its_text():
    for line in LINES:
        assert str(HostRule.parse(line)) == line
