"""One backdrop for all sites of a meeting."""
