"""Units, who holds which function in them, and the groups that follow from it."""
