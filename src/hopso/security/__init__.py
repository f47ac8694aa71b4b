"""Who may do what: one matrix, from which workflows, role map and docs are made."""
