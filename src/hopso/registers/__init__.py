"""Registers: maintenance, training, inspections, plans, commendations; periodic reports; use of the system."""
