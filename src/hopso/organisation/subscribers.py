"""What happens to units on every path: form, API, import."""

from hopso.organisation.place import give_unit_roles


def unit_added(unit, event):
    """A new or moved unit states who may do what in it."""
    give_unit_roles(unit)
    unit.reindexObjectSecurity()
