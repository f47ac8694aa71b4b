"""Vocabularies of documents."""

from hopso import _
from hopso.organisation.managed import managed


# Decree 30/2020/NĐ-CP, annex III: the kinds that meetings see.
DocumentKinds = managed(
    "document_kinds",
    _("Kinds of documents"),
    ("report", _("Report")),
    ("proposal", _("Proposal")),
    ("plan", _("Plan")),
    ("draft", _("Draft text")),
    ("decision", _("Decision")),
    ("resolution", _("Resolution")),
    ("notice", _("Notice")),
    ("invitation", _("Invitation letter")),
    ("notice_in_lieu", _("Notice in lieu of invitation")),
    ("letter", _("Official letter")),
    ("annex", _("Annex")),
    ("programme", _("Programme")),
    ("other", _("Other document")),
    field="doc_kind",
    index="doc_kind",
)
