"""Meetings and the items of their agenda."""

from datetime import timedelta

from hopso import _
from hopso.core.ids import IShortIdContainer
from hopso.core.moments import Moment
from plone.dexterity.content import Container
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant


SECRET_LEVELS = ("mat", "toi_mat", "tuyet_mat")


class IMeeting(model.Schema):
    """A meeting as BD-3.1.a, BD-3.2, BD-6.2 and NA-7 ask for it.

    ``start`` and ``end`` are aware datetimes.  People are user ids.
    ``participants`` holds ``user:<id>`` and ``unit:<id>`` keys; who answered
    what stands in the participation records, not here.
    """

    title = schema.TextLine(title=_("Name of the meeting"), max_length=500)
    kind = schema.Choice(title=_("Kind"), vocabulary="hopso.MeetingKinds", default="meeting")
    meeting_type = schema.Choice(title=_("Type"), vocabulary="hopso.MeetingTypes", default="work")
    mode = schema.Choice(title=_("Form"), vocabulary="hopso.MeetingModes", default="in_person")
    content = schema.Text(title=_("Content"), description=_("What the meeting deals with."), required=False)
    purpose = schema.Text(title=_("Purpose"), required=False)
    start = schema.Datetime(title=_("Start"))
    end = schema.Datetime(title=_("End"))
    host_unit = schema.Choice(title=_("Host unit"), vocabulary="hopso.Units")
    preparing_unit = schema.Choice(title=_("Preparing unit"), vocabulary="hopso.Units", required=False)
    chair = schema.Choice(title=_("Chair"), vocabulary="hopso.People", required=False)
    secretary = schema.Choice(title=_("Secretary"), vocabulary="hopso.People", required=False)
    approver = schema.Choice(
        title=_("Approver of documents"),
        description=_("Left empty: the chair, or whom the regulation names for this host."),
        vocabulary="hopso.People",
        required=False,
    )
    preparer = schema.Choice(title=_("Preparer"), vocabulary="hopso.People", required=False)
    rooms = schema.Tuple(
        title=_("Rooms"),
        value_type=schema.Choice(vocabulary="hopso.Rooms"),
        required=False,
        default=(),
        missing_value=(),
    )
    sites = schema.Tuple(
        title=_("Sites"),
        description=_("Places that are connected to the meeting."),
        value_type=schema.Choice(vocabulary="hopso.Sites"),
        required=False,
        default=(),
        missing_value=(),
    )
    chair_site = schema.Choice(
        title=_("Chair's site"),
        description=_("From where the meeting is chaired; one of the sites."),
        vocabulary="hopso.Sites",
        required=False,
    )
    external_bridge = schema.Text(
        title=_("Connection to other systems"),
        description=_("System, contact and dial string, for meetings with the Government or enterprises."),
        required=False,
    )
    host_contact = schema.Choice(
        title=_("Officer for the technicians"), vocabulary="hopso.People", required=False
    )
    participants = schema.Tuple(
        title=_("Participants"),
        description=_("People or units."),
        value_type=schema.Choice(vocabulary="hopso.Participants"),
        required=False,
        default=(),
        missing_value=(),
    )
    classification = schema.Choice(
        title=_("Classification"), vocabulary="hopso.Classifications", default="none"
    )
    sensitive = schema.Bool(
        title=_("Sensitive content"),
        default=False,
        required=False,
    )
    urgent = schema.Bool(title=_("Urgent"), default=False, required=False)
    urgent_reason = schema.Choice(
        title=_("Reason for urgency"), vocabulary="hopso.UrgentReasons", required=False
    )
    urgent_note = schema.Text(title=_("Explanation of the urgency"), required=False)
    other = schema.Text(title=_("Other matters"), required=False)

    @invariant
    def ends_after_it_starts(data):
        start, end = data.start, data.end
        if start and end and end <= start:
            raise Invalid(_("The meeting must end after it starts."))
        if start and end and end - start > timedelta(days=31):
            raise Invalid(_("A meeting cannot last longer than a month."))

    @invariant
    def chaired_from_one_of_the_sites(data):
        if data.chair_site and data.chair_site not in (data.sites or ()):
            raise Invalid(_("The chair's site must be one of the sites of the meeting."))


@implementer(IMeeting, IShortIdContainer)
class Meeting(Container):
    """A meeting with its agenda items, documents, minutes and notice inside."""

    start = Moment()
    end = Moment()
    # Set by operations, never by forms; all are aware datetimes in UTC or None.
    registered_at = Moment()  # handed in to the registrar
    complete_at = Moment()  # all that BD-6.2 asks for was there: the clock of BD-7/1 starts
    published_at = Moment()  # agenda and documents were opened to the participants
    started_at = Moment()  # the chair opened the session
    ended_at = Moment()  # the chair closed it
    # Unit that keeps the records of the session, frozen when it ended (HN-5.4/1).
    archive_owner = ""
    # UIDs of the rooms that are booked for it now; None if it was never scheduled.
    booked_rooms = None
    # The time is only proposed: nobody has chosen it yet (the guide sets and clears it).
    time_proposed = False
    # Of an occurrence: UID of its series, and the time and rooms that the series had planned for it.
    series_id = ""
    series_day = ""  # the day that the rule named, ISO 8601: the key of the occurrence in its series
    series_slot = Moment()
    series_rooms = ()
    # Name of the policy in force at registration and its values, frozen.
    policy_name = ""
    policy_values = None

    def reindexObjectSecurity(self, skip_self=False):
        """Reindex the meeting and what takes its security from it: agenda items.

        Documents, minutes and notices state all their permissions themselves,
        and local roles inside of a meeting never change (they are given to
        groups whose members a plug-in knows).  So nothing else is touched.
        """
        from hopso.core.indexing import reindex_security

        if not skip_self:
            reindex_security(self)
        for child in self.objectValues():
            if IAgendaItem.providedBy(child):
                reindex_security(child)


class IAgendaItem(model.Schema):
    """One item of an agenda; its place in the order is the container's business."""

    title = schema.TextLine(title=_("Content of the item"), max_length=500)
    duration = schema.Int(title=_("Duration (minutes)"), min=1, max=1440, default=15)
    presenter = schema.TextLine(title=_("Presenter"), required=False, max_length=250)
    preparing_unit = schema.Choice(title=_("Preparing unit"), vocabulary="hopso.Units", required=False)
    handed_out = schema.Bool(
        title=_("Documents are handed out at the meeting"),
        description=_("A neutral placeholder is shown; nothing classified is uploaded."),
        default=False,
        required=False,
    )
    decision = schema.Text(title=_("Decision"), required=False)


@implementer(IAgendaItem)
class AgendaItem(Item):
    """An item of the agenda; its documents name it in ``agenda_item``."""
