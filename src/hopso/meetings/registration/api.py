"""What other rooms ask of the registration."""

from hopso.meetings.registration.completeness import Completeness
from hopso.meetings.registration.completeness import completeness_of
from hopso.meetings.registration.completeness import Part
from hopso.meetings.registration.series import is_moved
from hopso.meetings.registration.series import occurrences
from hopso.meetings.registration.series import series_of


__all__ = ["Completeness", "Part", "completeness_of", "is_moved", "occurrences", "series_of"]
