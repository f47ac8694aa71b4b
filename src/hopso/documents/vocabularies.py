"""Vocabularies of documents."""

from hopso import _
from hopso.organisation.vocabularies import simple


# Decree 30/2020/NĐ-CP, annex III: the kinds that meetings see.
DocumentKinds = simple(
    ("report", _("Report (báo cáo)")),
    ("proposal", _("Proposal (tờ trình)")),
    ("plan", _("Plan (kế hoạch)")),
    ("draft", _("Draft (dự thảo)")),
    ("decision", _("Decision (quyết định)")),
    ("resolution", _("Resolution (nghị quyết)")),
    ("notice", _("Notice (thông báo)")),
    ("invitation", _("Invitation (giấy mời)")),
    ("notice_in_lieu", _("Notice in lieu of invitation (thông báo thay giấy mời)")),
    ("letter", _("Official letter (công văn)")),
    ("annex", _("Annex (phụ lục)")),
    ("programme", _("Programme (chương trình)")),
    ("other", _("Other")),
)
