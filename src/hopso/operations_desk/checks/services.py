"""``GET <meeting>/@checks``: the checks of a meeting; ``GET /@checks?day=``: those of a day that one serves."""

from hopso.operations_desk.checks.api import checks_of
from hopso.operations_desk.checks.records import check_store
from hopso.operations_desk.checks.views import DayPage
from hopso.operations_desk.personal import plain
from plone.restapi.services import Service
from plone.uuid.interfaces import IUUID


class ChecksGet(Service):
    """The state at each place, with the items."""

    def reply(self):
        store, uid = check_store(), IUUID(self.context)
        items = []
        for one in checks_of(self.context):
            record = store.get(uid, one.site_uid)
            answers = dict(record.answers)
            items.append(
                {
                    **plain(dict(vars(one))),
                    "items": [
                        {
                            "id": item.id,
                            "category": item.category,
                            "text": item.text,
                            "rule": item.rule,
                            "result": answers[item.id].result if item.id in answers else None,
                            "note": answers[item.id].note if item.id in answers else "",
                        }
                        for item in record.items
                    ],
                }
            )
        return {"@id": f"{self.context.absolute_url()}/@checks", "items": items, "items_total": len(items)}


class DayGet(Service):
    """The checks of a day."""

    def reply(self):
        page = DayPage(self.context, self.request)
        items = [
            {name: one[name] for name in ("title", "unit", "start", "due", "state", "late", "url")}
            for one in page.rows
        ]
        return {"@id": f"{self.context.absolute_url()}/@checks", "items": items, "items_total": len(items)}
