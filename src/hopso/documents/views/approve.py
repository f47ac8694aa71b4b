"""The approval page: the document at the left, the decision at the right."""

from functools import cached_property

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.operation import find_operation
from hopso.core.text import datetime_text
from hopso.core.views.answers import describe_finding
from hopso.documents import approval
from hopso.documents.operations import by_office
from hopso.documents.versions import versions
from hopso.documents.views import labels
from hopso.documents.views.reader import Reader
from hopso.documents.views.waiting import waiting_for
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


DECISIONS = {
    approval.SUBMITTED: _("Handed in for approval"),
    approval.APPROVED: _("Approved"),
    approval.RETURNED: _("Returned for changes"),
    approval.PUBLISHED: _("Published"),
    approval.RECALLED: _("Recalled"),
    approval.NEW_FILE: _("New file uploaded"),
}


class Approve(Reader):
    """``<document>/approve``."""

    deciding = True
    decision_panel = ViewPageTemplateFile("../templates/decision.pt")

    @cached_property
    def digest(self) -> str:
        """What the approval is bound to: the file that this page shows."""
        return self.context.file_digest or ""

    @cached_property
    def findings(self) -> list[dict]:
        """What the rules say about approving now."""
        one = find_operation(self.context, "document.approve")
        return [describe_finding(found, self.request) for found in one.findings(self.context)]

    @cached_property
    def blocked(self) -> bool:
        return any(found["level"] == BLOCK for found in self.findings)

    @cached_property
    def may_return(self) -> bool:
        one = find_operation(self.context, "document.return")
        return one.allowed(self.context) and not any(f.level == BLOCK for f in one.findings(self.context))

    @cached_property
    def article(self) -> dict:
        """The rule behind the decision: text and article."""
        if by_office(self.context):
            text = _(
                "For meetings of the provincial committee a leader of its office approves the documents."
            )
        else:
            text = _("Documents are approved before they are published in place of paper.")
        return {"text": text, "article": "Điều 6 khoản 3"}

    @cached_property
    def decided(self) -> dict | None:
        """Who decided last, and how, unless the decision is still open."""
        if self.state == "submitted":
            return None
        for line in reversed(approval.history(self.context)):
            if line.decision in (approval.APPROVED, approval.RETURNED):
                return self._line(line)
        return None

    @cached_property
    def history(self) -> list[dict]:
        """Every decision so far, the latest first."""
        return [self._line(line) for line in reversed(approval.history(self.context))]

    def _line(self, line) -> dict:
        return {
            "decision": line.decision,
            "title": DECISIONS.get(line.decision, line.decision),
            "who": labels.name_of(line.who),
            "when": datetime_text(line.when),
            "comment": line.comment,
            "page": line.page,
            "this_file": line.digest == self.digest,
        }

    @cached_property
    def versions(self) -> list[dict]:
        """The files that the document had, the latest first, each with its difference to the one before."""
        found, before = [], None
        for one in versions(self.context):
            found.append(
                {
                    "number": one.number,
                    "filename": one.filename,
                    "who": labels.name_of(one.who),
                    "when": datetime_text(one.when),
                    "size": labels.size_text(one.size),
                    "pages": one.pages,
                    "size_change": labels.change_text(one.size - before.size, labels.size_text)
                    if before
                    else "",
                    "pages_change": one.pages - before.pages if before and one.pages and before.pages else 0,
                }
            )
            before = one
        return found[::-1]

    @cached_property
    def waiting(self) -> dict:
        """How many other documents wait for me, and the next of them."""
        others = [
            brain for brain in waiting_for(api.user.get_current().getId()) if self.context.UID() != brain.UID
        ]
        first = others[0] if others else None
        return {
            "count": len(others),
            "title": first.Title if first else "",
            "meeting": first.meeting_title if first else "",
            "url": f"{first.getURL()}/approve" if first else "",
        }

    @cached_property
    def after(self) -> str:
        """Where the page goes on to after a decision."""
        return self.waiting["url"] or f"{self.url}/approve"
