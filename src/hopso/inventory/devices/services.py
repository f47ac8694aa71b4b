"""Devices for other systems: ``GET <unit>/@devices``, with the filters of the page."""

from hopso.inventory.devices.views.listing import find
from hopso.inventory.devices.views.listing import read_filter
from hopso.operations_desk.personal import plain
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service


class DevicesGet(Service):
    """The devices of the unit and those below that the caller may see."""

    def reply(self):
        found = find(self.context, read_filter(self.request.form))
        batch = HypermediaBatch(self.request, found)
        answer = {
            "@id": batch.canonical_url,
            "items_total": batch.items_total,
            "items": [
                {
                    "@id": line.url,
                    "@type": "Device",
                    "UID": line.uid,
                    "title": line.title,
                    "review_state": line.state,
                    **plain(line.facts),
                }
                for line in batch
            ],
        }
        if batch.links:
            answer["batching"] = batch.links
        return answer
