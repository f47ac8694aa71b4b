"""Documents of meetings: checked, converted, approved, read."""
