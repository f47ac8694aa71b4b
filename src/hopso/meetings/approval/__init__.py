"""Registrar, steps of approval, urgent decisions, slots, protection plans, decisions of the chair."""
