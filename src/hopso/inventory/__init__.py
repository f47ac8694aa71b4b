"""Rooms and their slots."""
