"""Minutes and conclusion notices, drafted, approved, numbered, issued."""
