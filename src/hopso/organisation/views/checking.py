"""The check of the organisation: what has lost its place."""

from hopso import _
from hopso.organisation import check
from hopso.organisation.tree import all_units
from hopso.organisation.views.previewing import LISTED
from plone import api
from Products.Five.browser import BrowserView


class OrganisationCheck(BrowserView):
    """``/don-vi/@@check``: what has lost its place."""

    page_title = _("Check of the organisation")

    def groups(self) -> list[dict]:
        """Return what was found, by kind."""
        found = check.check()
        units = all_units()
        base = api.portal.get().absolute_url()
        groups = []
        for kind, title in check.TITLES.items():
            rows = [one for one in found if one.kind == kind]
            groups.append(
                {
                    "title": title,
                    "count": len(rows),
                    "css": "hs-tag--good"
                    if not rows
                    else "hs-tag--bad"
                    if rows[0].level == "bad"
                    else "hs-tag--warn",
                    "rows": [
                        {
                            "title": one.title,
                            "note": one.note,
                            "url": f"{base}/{'/'.join(units[one.unit].path.split('/')[2:])}"
                            if one.unit in units
                            else "",
                        }
                        for one in rows[:LISTED]
                    ],
                }
            )
        return groups
