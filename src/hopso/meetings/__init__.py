"""Meetings from registration to archive, their agenda and the people invited."""
