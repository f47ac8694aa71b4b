"""Seat plans of rooms, and who sits where in a meeting.

``plan.py`` what a plan is (pure); ``shapes.py`` the usual arrangements; ``drawing.py``
its picture; ``store.py`` versions of a room's plan; ``assigning.py`` who sits where.
"""
