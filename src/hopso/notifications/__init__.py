"""Mail after the commit."""
