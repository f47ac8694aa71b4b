"""Vocabularies of meetings."""

from hopso import _
from hopso.organisation.managed import managed
from hopso.organisation.vocabularies import simple


# NA-1.1, NT-1.1
MeetingKinds = simple(
    ("meeting", _("Meeting")),
    ("conference", _("Conference")),
    ("training", _("Training")),
    ("briefing", _("Briefing")),
    ("working_session", _("Working session")),
)
# Decision 45/2018/QĐ-TTg; which of them are to be held online is its Article 7 (HN-P4/3), and may be changed.
ONLINE_BASIS = "Khoản 2 Điều 7 Quyết định 45/2018/QĐ-TTg"
MeetingTypes = managed(
    "meeting_types",
    _("Types of meetings"),
    ("briefing", _("Regular briefing")),
    ("advisory", _("Advice and consultation")),
    ("work", _("Settling of work")),
    ("thematic", _("Thematic meeting")),
    ("training", _("Training and roll-out")),
    ("review", _("Interim or final review")),
    ("professional", _("Professional meeting")),
    online=dict.fromkeys(("briefing", "training", "review"), ONLINE_BASIS),
    field="meeting_type",
    index="meeting_type",
)
MeetingModes = simple(
    ("in_person", _("In person")), ("online", _("Online")), ("hybrid", _("In person and online"))
)
Classifications = simple(
    ("none", _("Not classified")),
    ("internal", _("Internal circulation only")),
    ("mat", _("Confidential (Mật)")),
    ("toi_mat", _("Secret (Tối mật)")),
    ("tuyet_mat", _("Top secret (Tuyệt mật)")),
)
# BD-6.1/2, NA-3.1/2
UrgentReasons = simple(
    ("storm_flood", _("Storm, flood")),
    ("disaster", _("Natural disaster")),
    ("fire", _("Fire, explosion")),
    ("rescue", _("Search and rescue")),
    ("epidemic", _("Epidemic")),
    ("security", _("Security and order")),
    ("directive", _("Directive of a superior")),
)
# BD-6.1/2 the units, NT-6.5 the operator
CallParties = simple(
    ("units", _("The units concerned")), ("operator", _("The operator of the central point"))
)
# NA-4.2
PlanChannels = simple(
    ("document", _("Document")),
    ("email", _("E-mail")),
    ("phone", _("Telephone")),
    ("fax", _("Fax")),
    ("in_app", _("In this system")),
)
