"""What tests of the audit log share."""

from hopso.audit.tests.book import Book
import pytest


@pytest.fixture
def book():
    """Three blocks of four entries each, sealed at minutes 1, 2 and 3."""
    made = Book()
    for minute in range(3):
        for number in range(4):
            made.write(minute + number / 10, scope="m", units=("u",), override="bão" if number else "")
        made.seal(minute + 1)
    return made
