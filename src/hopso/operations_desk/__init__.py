"""The desk: incidents, feedback, violations, use of the system, personal data (article 12 of Bình Định)."""
