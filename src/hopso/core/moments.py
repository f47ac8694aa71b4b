"""Moments are kept in UTC, whoever sets them.

ZODB pickles with protocol 3, which cannot store the zones of ``zoneinfo``;
besides, one zone in storage makes moments comparable at a glance.
"""

from datetime import datetime
from datetime import UTC
from zoneinfo import ZoneInfo


LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def to_utc(moment: datetime) -> datetime:
    """Return *moment* in UTC; one without a zone is taken for Vietnamese time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)).astimezone(UTC)


class Moment:
    """Attribute of content that keeps an aware datetime in UTC, or None."""

    def __set_name__(self, owner, name):
        self.name = f"_{name}_utc"

    def __get__(self, instance, owner=None):
        return None if instance is None else instance.__dict__.get(self.name)

    def __set__(self, instance, value):
        setattr(instance, self.name, None if value is None else to_utc(value))
