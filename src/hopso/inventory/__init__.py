"""Rooms, sites and devices."""
