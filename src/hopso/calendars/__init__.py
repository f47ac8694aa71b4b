"""Calendars: what is on in a room, a site, a unit, for a person; feeds, the week on paper, occupancy."""
