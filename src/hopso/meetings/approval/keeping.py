"""Who keeps the records of a meeting (HN-5.4/1)."""

from hopso.meetings.approval.registrar import operator_of
from hopso.policy.api import policy_for
from hopso.policy.register import rule


@rule("HN-5.4/1")
def keeper(archive_owner_rule: str, host: str, main_site: str = "", operator: str = "") -> str:
    """Return the id of the unit that archives a session's electronic records.

    *archive_owner_rule* is ``host``, ``main_site`` (the unit of the chair's site) or
    ``operator``; whoever is not known leaves the records with the host.
    """
    return {"main_site": main_site, "operator": operator}.get(archive_owner_rule) or host


def owner_of(meeting) -> str:
    """Return the id of the unit that keeps the records of *meeting* by its policy."""
    policy = policy_for(meeting)
    main_site = unit_of_site(meeting.chair_site) if policy.archive_owner_rule == "main_site" else ""
    operator = operator_of(meeting) if policy.archive_owner_rule == "operator" else None
    return keeper(
        policy.archive_owner_rule,
        meeting.host_unit or "",
        main_site,
        operator.getId() if operator is not None else "",
    )


def unit_of_site(uid) -> str:
    """Return the id of the unit of a site, empty if there is no such site."""
    from hopso.organisation.place import unit_of
    from plone import api

    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type="Site", UID=uid) if uid else ():
        unit = unit_of(brain._unrestrictedGetObject())
        return unit.getId() if unit is not None else ""
    return ""
