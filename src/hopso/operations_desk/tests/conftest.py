"""Fixtures of the desk."""

from hopso.operations_desk.tests.sites import Sites
import pytest


@pytest.fixture
def sites(house, make):
    """A meeting with sites and the people who serve them."""
    return Sites(house, make)
