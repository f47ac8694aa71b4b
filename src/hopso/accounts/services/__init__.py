"""Logging in for programs."""
