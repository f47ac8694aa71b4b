"""From what units were to what they are; called by the installation, and harmless when repeated."""

from hopso.organisation.vocabularies import unit_brains


FORMER = {"predecessor": "predecessors", "successor": "successors"}


def several_links(portal) -> int:
    """Turn the one predecessor and successor of former days into tuples; return how many units changed."""
    catalog, changed = getattr(portal, "portal_catalog", None), 0
    for brain in unit_brains() if catalog is not None else ():
        unit = brain._unrestrictedGetObject()
        kept = [name for name in FORMER if name in unit.__dict__]
        for name in kept:
            value = (unit.__dict__[name] or "").strip()
            delattr(unit, name)
            if value and not getattr(unit, FORMER[name]):
                setattr(unit, FORMER[name], (value,))
        if kept:
            unit.reindexObject(idxs=["modified"])
            changed += 1
    return changed
