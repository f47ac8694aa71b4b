"""The reader: a document on a page made for tablets."""

from functools import cached_property
import json

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.operation import find_operation
from hopso.core.operation import operations_for
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.documents import pages
from hopso.documents import paper
from hopso.documents.approval import history
from hopso.documents.approval import may_see_history
from hopso.documents.approval import RETURNED
from hopso.documents.downloads import may_download
from hopso.documents.downloads import note_reading
from hopso.documents.events import DocumentOpened
from hopso.documents.views import labels
from hopso.documents.views.conversion import conversion_data
from hopso.documents.views.neighbours import neighbours
from hopso.documents.views.resources import resource
from hopso.documents.views.resources import theme_resource
from hopso.documents.views.texts import reader_texts
from hopso.meetings.place import meeting_of
from hopso.organisation.managed import title_of
from hopso.security import matrix
from plone import api
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from zope.event import notify
from zope.i18n import translate


class Reader(BrowserView):
    """``<document>/view``."""

    def __call__(self):
        # A page of its own: no theme has to be wrapped around it.
        self.request.response.setHeader("X-Theme-Disabled", "True")
        notify(DocumentOpened(self.context))
        note_reading(self.context)
        return self.index()

    deciding = False  # the approval page puts the decision beside the document
    # What the page offers elsewhere, or not as a bare button.
    NOT_IN_HEAD = (
        "document.approve",
        "document.return",
        "document.retry",
        "document.edit",
        "document.delete",
    )

    def resource(self, name: str) -> str:
        return resource(name)

    def theme(self, name: str) -> str:
        return theme_resource(name)

    @cached_property
    def window_title(self) -> str:
        return f"{self.context.title} · Họp Số"

    def may(self, permission: str) -> bool:
        """Tell whether the reader has *permission* on the document."""
        return bool(getSecurityManager().checkPermission(permission, self.context))

    @cached_property
    def url(self) -> str:
        return self.context.absolute_url()

    @cached_property
    def portal_url(self) -> str:
        return api.portal.get().absolute_url()

    @cached_property
    def language(self) -> str:
        return self.request.get("LANGUAGE") or api.portal.get_current_language()

    @cached_property
    def token(self) -> str:
        return createToken()

    @cached_property
    def meeting(self) -> dict:
        """Title and address of the meeting around."""
        meeting = meeting_of(self.context)
        return {"title": meeting.title, "url": meeting.absolute_url()}

    @cached_property
    def state(self) -> str:
        return state_of(self.context) or ""

    @cached_property
    def tags(self) -> list[dict]:
        """State, supplementary and classification, each name and class."""
        found = [labels.state_tag(self.state)]
        if self.context.supplementary:
            found.append({"name": _("Supplementary"), "class": "hs-tag hs-tag--acc"})
        if (level := self.context.classification) and level != "none":
            found.append({"name": labels.CLASSIFICATIONS.get(level, level), "class": "hs-tag hs-tag--warn"})
        # For those who prepare: readers are not promised a copy.
        if may_see_history(self.context) and (copies := paper.copies_allowed(self.context)):
            name = _("On paper by decision of the chair: ${copies}", mapping={"copies": copies})
            found.append({"name": name, "class": "hs-tag"})
        return found

    @cached_property
    def returned(self) -> dict | None:
        """What the approver wants changed: who, when, comment, page; only for those who prepare."""
        if self.state != "returned" or not may_see_history(self.context):
            return None
        line = next((one for one in reversed(history(self.context)) if one.decision == RETURNED), None)
        if line is None:
            return None
        return {
            "who": labels.name_of(line.who),
            "when": datetime_text(line.when),
            "comment": line.comment,
            "page": line.page,
        }

    @cached_property
    def facts(self) -> str:
        """Kind, number, issuing body in one line."""
        parts = [
            translate(title_of("document_kinds", self.context.doc_kind), context=self.request),
            self.context.doc_number,
            self.context.issuing_body,
        ]
        return " · ".join(part for part in parts if part)

    @cached_property
    def images(self) -> list:
        """The pages to show; a running conversion has the first ones already."""
        return pages.pages(self.context) if self.conversion["status"] in ("running", "done") else []

    @cached_property
    def conversion(self) -> dict:
        return conversion_data(self.context, self.request)

    @cached_property
    def has_file(self) -> bool:
        return self.context.file is not None

    @cached_property
    def may_retry(self) -> bool:
        one = find_operation(self.context, "document.retry")
        return one is not None and one.allowed(self.context)

    @cached_property
    def may_download(self) -> bool:
        """The file as it was uploaded; a withdrawn one is for its authors only."""
        return self.has_file and may_download(self.context)

    @cached_property
    def may_edit(self) -> bool:
        return self.may(matrix.MODIFY)

    @cached_property
    def may_decide(self) -> bool:
        one = find_operation(self.context, "document.approve")
        return one is not None and one.allowed(self.context)

    @cached_property
    def offers_decision(self) -> bool:
        """A link to the approval page, for those who may decide now."""
        return self.may_decide and not self.deciding

    @cached_property
    def download_url(self) -> str:
        return f"{self.url}/@@download"

    @cached_property
    def steps(self) -> list[dict]:
        """What the reader may do next with the document: name, title, class, asks."""
        if self.deciding:
            return []
        found = [
            one
            for one in operations_for(self.context)
            if one.name not in self.NOT_IN_HEAD and one.allowed(self.context)
        ]
        return [
            {
                "name": one.name,
                "title": one.title,
                "asks": one.schema is not None,
                "copies": one.schema is not None and "copies" in one.schema,
                "class": "hs-btn hs-btn--primary" if one.primary else "hs-btn hs-rd-onbar",
            }
            for one in found
        ]

    @cached_property
    def neighbours(self) -> dict:
        """Place among the documents of the meeting that the reader may see."""
        return neighbours(self.context)

    @cached_property
    def setup(self) -> str:
        """What the script of the page needs, as JSON."""
        version = (self.context.file_digest or "")[:8]
        return json.dumps(
            {
                "url": self.url,
                "uid": self.context.UID(),
                "version": version,
                "image": f"{pages.base_url(self.context)}/{{size}}/dump_{{n}}.{pages.FORMAT}?v={version}",
                "sizes": [(page.width, page.height) for page in self.images],
                "progress": self.conversion,
                "query": str(self.request.form.get("q", "")),
                "previous": (self.neighbours["previous"] or {}).get("url"),
                "next": (self.neighbours["next"] or {}).get("url"),
                "texts": {
                    name: translate(text, context=self.request) for name, text in reader_texts().items()
                },
            },
            ensure_ascii=False,
        )
