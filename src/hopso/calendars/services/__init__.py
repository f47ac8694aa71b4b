"""The calendar for programs and for the page."""
