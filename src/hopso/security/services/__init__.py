"""Access and logistics for other systems: the same checks as on the pages."""
