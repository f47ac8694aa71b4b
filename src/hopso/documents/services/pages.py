"""``GET <document>/@pages``: pictures and texts of the pages, and where words stand."""

from hopso.documents import pages
from hopso.documents.downloads import note_reading
from hopso.documents.services.describe import describe_conversion
from hopso.documents.services.describe import describe_page
from plone.restapi.services import Service


class PagesGet(Service):
    """All pages with their texts; ``?q=words`` only those that hold all of the words."""

    def reply(self):
        document = self.context
        note_reading(document, service="@pages")
        words = self.request.form.get("q", "")
        listed = pages.pages(document)
        if words:
            wanted = set(pages.pages_with(document, words))
            listed = [page for page in listed if page.number in wanted]
        return {
            "@id": f"{document.absolute_url()}/@pages",
            "conversion": describe_conversion(document, self.request),
            "items_total": len(listed),
            "items": [
                {**describe_page(page), "text": pages.page_text(document, page.number)} for page in listed
            ],
        }
