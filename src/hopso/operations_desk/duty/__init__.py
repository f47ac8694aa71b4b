"""Who is on duty at which site of a meeting, the people of the provider among them."""
