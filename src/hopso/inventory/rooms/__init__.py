"""Rooms: what they hold, whether they meet the standard, the rules that are posted in them."""
