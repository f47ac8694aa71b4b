"""Fixtures of the desk."""

from hopso.operations_desk.tests.conftest import sites  # noqa: F401
