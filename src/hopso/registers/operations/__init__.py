"""Verbs of the registers and of reports."""
