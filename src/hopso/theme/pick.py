"""``@@pick``: the service behind the picker of people, units, rooms and sites."""

import json

from hopso import _
from hopso.theme.people import KINDS
from hopso.theme.people import LIMIT
from hopso.theme.people import pick
from Products.Five.browser import BrowserView
from zope.i18n import translate


class Pick(BrowserView):
    """``GET @@pick?kind=user|unit|participant|room|site&q=…`` → ``{"items": […], "more": bool}``."""

    def __call__(self):
        form = self.request.form
        kind, query = form.get("kind", "user"), form.get("q", "")
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        if kind not in KINDS or not isinstance(query, str):
            response.setStatus(400)
            return json.dumps(
                {"message": translate(_("Please check what you entered."), context=self.request)}
            )
        found = pick(kind, query[:200], LIMIT + 1)
        items = [
            {"value": one.value, "title": one.title, "about": one.about, "mark": one.mark}
            for one in found[:LIMIT]
        ]
        return json.dumps({"items": items, "more": len(found) > LIMIT}, ensure_ascii=False)
