"""Policies of provinces, arithmetic of deadlines, register of rules."""
