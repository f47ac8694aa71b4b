"""The append-only record of every operation."""
