"""What mails say of reports and of training that is needed."""

from hopso import _
from hopso.notifications.messages import IMailFacts
from hopso.organisation.place import unit_of
from hopso.registers.content import IPeriodicReport
from hopso.registers.content import IRegisterEntry
from zope.component import adapter
from zope.interface import implementer


@implementer(IMailFacts)
@adapter(IPeriodicReport)
class ReportFacts:
    """Which report of which unit, by when."""

    def __init__(self, context):
        self.context = context

    def facts(self, language):
        report = self.context
        rows = [
            (_("Subject line"), report.title),
            (_("Unit"), unit_of(report).title),
            (_("To be handed in by"), f"{report.due:%d/%m/%Y}"),
            (_("Comment"), report.comment),
        ]
        return [(label, text) for label, text in rows if text]


@implementer(IMailFacts)
@adapter(IRegisterEntry)
class EntryFacts:
    """What is planned for whom."""

    def __init__(self, context):
        self.context = context

    def facts(self, language):
        entry = self.context
        day = f"{entry.planned_on:%d/%m/%Y}" if entry.planned_on else ""
        rows = [(_("Subject line"), entry.title), (_("Unit"), unit_of(entry).title), (_("Planned for"), day)]
        return [(label, text) for label, text in rows if text]
