"""One thing of every kind that operations work on."""

from hopso.documents.content import IMeetingDocument
from hopso.inventory.content import IDevice
from hopso.inventory.content import IRoom
from hopso.inventory.sites.content import ISite
from hopso.meetings.content import IAgendaItem
from hopso.meetings.content import IMeeting
from hopso.meetings.registration.series import ISeries
from hopso.minutes.content import IRecord
from hopso.operations_desk.content import IDataRequest
from hopso.operations_desk.content import IFeedback
from hopso.operations_desk.content import IIncident
from hopso.operations_desk.content import IViolation
from hopso.organisation.content import IUnit
from hopso.organisation.interfaces import IProvince
from hopso.registers.content import IPeriodicReport
from hopso.registers.content import IRegisterEntry
from plone.base.interfaces.siteroot import IPloneSiteRoot


# interface of an operation -> maker of a thing (house, make)
SAMPLES = {
    IPloneSiteRoot: lambda house, make: house.portal,
    IProvince: lambda house, make: house.portal["don-vi"],
    IUnit: lambda house, make: house.office,
    IMeeting: lambda house, make: house.meeting,
    ISeries: lambda house, make: make.add(house.office, "MeetingSeries", title="Giao ban tuần"),
    IAgendaItem: lambda house, make: make.create_item(house.meeting),
    IMeetingDocument: lambda house, make: make.create_document(house.meeting),
    IRecord: lambda house, make: make.add(house.meeting, "Minutes", title="Biên bản"),
    IIncident: lambda house, make: make.add(house.office, "Incident", title="Micro hỏng", kind="sound"),
    IFeedback: lambda house, make: make.add(house.office, "Feedback", title="Góp ý", category="other"),
    IViolation: lambda house, make: make.add(house.office, "Violation", title="Vi phạm", rule="BD-12.3.c"),
    IDataRequest: lambda house, make: make.add(house.office, "DataRequest", title="Yêu cầu", kind="export"),
    IRoom: lambda house, make: house.room,
    ISite: lambda house, make: make.create_site(house.office, "Điểm cầu"),
    IDevice: lambda house, make: make.add(house.office, "Device", title="Máy số 1", serial="A-1"),
    IRegisterEntry: lambda house, make: make.add(
        house.office, "RegisterEntry", title="Bảo trì", book="maintenance"
    ),
    IPeriodicReport: lambda house, make: make.add(
        house.office, "PeriodicReport", title="Báo cáo", actor="units"
    ),
}
