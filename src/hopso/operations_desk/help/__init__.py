"""Help asked for in a meeting, and what members need before it."""
