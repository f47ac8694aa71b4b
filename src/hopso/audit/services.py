"""``GET …/@audit`` on the site or a unit: the log for programs, with the same filters and reach."""

from hopso.audit.exports import as_json
from hopso.audit.filters import Filters
from hopso.audit.reading import find
from hopso.audit.reading import reach_of
from hopso.audit.rows import Rows
from plone.restapi.services import Service


SIZE, MOST = 50, 500


class AuditGet(Service):
    """One page: ``items``, and ``next`` with the address to go on from."""

    def reply(self):
        filters = Filters(self.request.form)
        size = str(self.request.form.get("size", ""))
        limit = min(int(size), MOST) if size.isdecimal() and int(size) else SIZE
        found = find(filters.query(reach_of(self.context)), after=filters.after, limit=limit)
        rows = Rows(self.request).of(found.entries)
        url = f"{self.context.absolute_url()}/@audit"
        answer = {
            "@id": url,
            "items": [as_json(entry, row) for entry, row in zip(found.entries, rows, strict=True)],
        }
        if found.after:
            answer["next"] = f"{url}?{filters.address_part(after=found.after, size=limit)}"
        if found.cut:
            answer["searched_until"] = found.cut.isoformat()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return answer
