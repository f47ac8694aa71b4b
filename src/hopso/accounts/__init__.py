"""Accounts: who has one, what keeps it safe, and what happened to it (BD-4)."""
