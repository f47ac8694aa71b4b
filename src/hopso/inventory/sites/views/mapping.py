"""``/@@site-map``: the sites as a picture that the server draws, with their state now or for one meeting."""

from hopso import _
from hopso.inventory.sites import picture
from hopso.inventory.sites import situation
from hopso.inventory.sites.api import meeting_by_uid
from hopso.inventory.sites.sheets import checks_by_site
from hopso.inventory.sites.views.base import SitesBase
from hopso.inventory.sites.vocabularies import LinkTypes
from hopso.security import matrix
from plone import api
from plone.memoize.view import memoize
from zExceptions import NotFound


# About so many signs of a text fit into a box; the whole text is its title.
FITS = 24

SHORT = {"fibre": _("Fibre"), "tslcd": "TSLCD", "internet": _("Internet"), "other": _("Other link")}


def cut(text: str, most: int = FITS) -> str:
    """Return *text*, shortened with an ellipsis to what a box holds."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


class SiteMap(SitesBase):
    """The map of all sites, or of those of one meeting with the state of their checks."""

    page_title = _("Map of the sites")

    @property
    @memoize
    def meeting(self):
        """The meeting whose sites are shown, None for all sites.  Raises NotFound."""
        uid = self.asked("meeting")
        if not uid:
            return None
        found = meeting_by_uid(uid)
        if found is None or not api.user.has_permission(matrix.LOGISTICS, obj=found):
            # Who may not know when it is does not learn that it is.
            raise NotFound(uid)
        return found

    @property
    @memoize
    def checks(self) -> dict:
        """UID of a site -> state of its check for the meeting."""
        if self.meeting is None:
            return {}
        return {uid: one.state for uid, one in checks_by_site(self.meeting)[0].items()}

    @memoize
    def every(self):
        uids = list(self.meeting.sites or ()) if self.meeting is not None else None
        return situation.points(self.policy, uids)

    def sheet_url(self) -> str:
        """Return where the sheet of the meeting is, empty without one."""
        return f"{self.meeting.absolute_url()}/@@meeting-sheet" if self.meeting is not None else ""

    def sign_of(self, one) -> tuple:
        """Return name, sign, class for the tag and class for the picture of a site."""
        if self.meeting is None or one.state in (situation.OFF, situation.TROUBLE):
            name, sign, style = situation.STATES[one.state]
            return name, sign, style, one.state
        state = self.checks.get(one.uid, "")
        name, sign, style = situation.CHECKS.get(state, situation.CHECKS[""])
        css = {"passed": "free", "faults": "trouble", "missed": "trouble"}.get(state, "not_ready")
        return name, sign, style, css

    def short_link(self, one) -> str:
        """Return the link of a site in words that fit into a box."""
        name = self.t(SHORT[one.link_type]) if one.link_type in SHORT else ""
        rate = f"{one.capacity} Mbit/s" if one.capacity else ""
        return " · ".join(part for part in (name, rate) if part)

    @memoize
    def drawing(self) -> dict:
        """Return the picture: size, links, nodes with all their texts."""
        chair = (self.meeting.chair_site or "") if self.meeting is not None else ""
        made = picture.draw(self.points(), chair)
        nodes = []
        for node in made.nodes:
            one = node.point
            name, sign, _style, css = self.sign_of(one)
            name, kind, link = self.t(name), self.t(self.kind_of(one)), self.short_link(one)
            nodes.append(
                {
                    "x": node.x, "y": node.y, "url": one.url, "css": f"hs-node is-{css}", "sign": sign,
                    "name": cut(one.title), "second": cut(f"{kind} · {name}", 31), "third": cut(link, 31),
                    "title": ", ".join(part for part in (one.title, kind, name, link, one.unit_title) if part),
                    "name_x": node.x + 46, "sign_x": node.x + 20, "mark_x": node.x + 2, "mark_y": node.y + 2,
                    "one_y": node.y + 25, "two_y": node.y + 44, "three_y": node.y + 62, "sign_y": node.y + 46,
                }
            )  # fmt: skip
        links = [
            {"d": one.path, "css": f"is-{one.link_type}" if one.link_type else None} for one in made.links
        ]
        return {
            "box": f"0 0 {made.width} {made.height}", "width": picture.NODE_W, "height": picture.NODE_H,
            "mark": picture.NODE_H - 4, "nodes": nodes, "links": links,
        }  # fmt: skip

    def legend(self) -> list[dict]:
        """Return the states of the picture."""
        if self.meeting is not None:
            shown = [("free", "passed"), ("not_ready", "open"), ("not_ready", "begun"), ("trouble", "missed")]
            states = [(css, *situation.CHECKS[name][:2]) for css, name in shown]
            names = (situation.TROUBLE, situation.OFF)
        else:
            states, names = [], tuple(situation.STATES)
        states += [(name, *situation.STATES[name][:2]) for name in names]
        return [{"css": f"is-sign is-{css}", "title": title, "sign": sign} for css, title, sign in states]

    def link_legend(self) -> list[dict]:
        """Return the types of links."""
        return [{"css": f"is-{one.value}", "title": one.title} for one in LinkTypes(None)]

    def rows(self) -> list[dict]:
        """Return the same as a table."""
        found = []
        for one in self.points():
            name, _sign, style, _css = self.sign_of(one)
            found.append(
                {
                    "title": one.title,
                    "url": one.url,
                    "kind": self.kind_of(one),
                    "unit": one.unit_title,
                    "link": self.link_of(one),
                    "tag": {"name": name, "class": f"hs-tag {style}".strip()},
                    "findings": self.told(one.findings),
                }
            )
        return found
