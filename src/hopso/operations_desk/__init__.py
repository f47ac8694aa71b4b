"""The desk that keeps things going: incidents, proposals, violations (BD-12)."""
