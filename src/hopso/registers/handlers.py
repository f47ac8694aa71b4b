"""What other rooms' events mean for the registers."""

from hopso import _
from hopso.inventory.sites.vocabularies import site_title
from hopso.operations_desk.place import find_unit
from hopso.organisation.vocabularies import person_name
from hopso.registers import books
from hopso.registers.operations.entries import put
from plone import api
from zope.i18n import translate


def staff_changed(event) -> None:
    """Note that somebody new at a site needs training (HN-R/3.2); once a person and site."""
    unit = find_unit(event.unit) if event.appointed else None
    if unit is None:
        return
    mapping = {"name": person_name(event.appointed) or event.appointed, "site": site_title(event.site) or ""}
    title = translate(_("Training for ${name}, new at ${site}", mapping=mapping), target_language="vi")
    known = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
        portal_type="RegisterEntry", path="/".join(unit.getPhysicalPath()), review_state="planned"
    )
    for brain in known:
        facts = brain.desk_facts
        if (
            facts["book"] == books.TRAINING
            and event.appointed in facts["people"]
            and event.site in facts["sites"]
        ):
            return
    put(unit, books.TRAINING, title=title[:250], people=(event.appointed,), sites=(event.site,))
