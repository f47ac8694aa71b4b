"""``GET <unit>/@usage``: the figures of the page; from, to (days), who=all, below=1."""

from dataclasses import asdict

from hopso.operations_desk.personal import plain
from hopso.operations_desk.views.usage import Usage
from plone.restapi.services import Service


class UsageGet(Service):
    """How people use the system."""

    def reply(self):
        page = Usage(self.context, self.request)
        return {
            "@id": f"{self.context.absolute_url()}/@usage",
            "from": page.first.isoformat(),
            "to": page.last.isoformat(),
            "items": [plain({**asdict(one), "percent": one.percent}) for one in page.uses],
        }
