"""Registering meetings: the guided form, drafts, completeness, copies, series."""
