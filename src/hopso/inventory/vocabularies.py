"""Vocabularies of rooms and devices, by UID."""

from hopso import _
from hopso.core.text import collation_key
from hopso.organisation.vocabularies import LookUp
from hopso.organisation.vocabularies import simple
from plone import api
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory


def room_title(uid: str) -> str | None:
    """Return the name of a room by its UID, None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Room", UID=uid)
    return found[0].Title if found else None


def room_of(uid: str):
    """Return the room with this UID, whatever the user may see; None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Room", UID=uid) if uid else ()
    return found[0]._unrestrictedGetObject() if found else None


def _all_rooms():
    catalog = api.portal.get_tool("portal_catalog")
    rooms = [(b.UID, b.Title) for b in catalog.unrestrictedSearchResults(portal_type="Room")]
    return sorted(rooms, key=lambda one: collation_key(one[1]))


@provider(IVocabularyFactory)
def Rooms(context):
    """Rooms by UID."""
    return LookUp(room_title, _all_rooms)


RoomFeatures = simple(
    ("video", _("Video conference")),
    ("recording", _("Recording")),
    ("tablets", _("Tablets")),
    ("microphones", _("Conference microphones")),
    ("screen", _("Large screen")),
    ("projector", _("Projector")),
    ("voting", _("Voting terminals")),
    ("interpreting", _("Interpreting booth")),
    ("accessible", _("Step-free access")),
    ("isolated", _("No network (for classified content)")),
)
DeviceKinds = simple(
    ("tablet", _("Tablet")),
    ("terminal", _("Terminal")),
    ("screen", _("Screen")),
    ("camera", _("Camera")),
    ("microphone", _("Microphone")),
    ("network", _("Network device")),
    ("speaker", _("Loudspeaker, amplifier")),
    ("codec", _("Video conference terminal")),
    ("other", _("Other")),
)


SeatOrders = simple(
    ("rank", _("By rank")),
    ("alphabet", _("By name")),
)
DeviceOwners = simple(
    ("unit", _("The unit")),
    ("province", _("The province")),
    ("provider", _("A service provider")),
    ("central", _("A central body")),
)
DeviceConditions = simple(
    ("good", _("Good")),
    ("worn", _("Worn")),
    ("broken", _("Broken")),
)
InspectionResults = simple(
    ("passed", _("Passed")),
    ("failed", _("Not passed")),
)


def device_title(uid: str) -> str | None:
    """Return the name of a device by its UID, None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Device", UID=uid)
    return found[0].Title if found else None


def _seen_devices():
    """Return the devices in use that the present user may see: those of her units."""
    catalog = api.portal.get_tool("portal_catalog")
    devices = [(b.UID, b.Title) for b in catalog(portal_type="Device", review_state="in_use")]
    return sorted(devices, key=lambda one: collation_key(one[1]))


@provider(IVocabularyFactory)
def Devices(context):
    """Devices by UID."""
    return LookUp(device_title, _seen_devices)
