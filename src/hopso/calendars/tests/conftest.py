"""What the tests of calendars share."""

from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from hopso.meetings.rooms import take_rooms
from plone import api
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def planned(house):
    """The house with its meeting scheduled, which has its room."""
    put_in_state(house.meeting, "scheduled")
    with as_system():
        take_rooms(house.meeting)
        house.meeting.reindexObject()
    return house


@pytest.fixture
def page(house, portal):
    """Return page(user, name, thing, **form): the HTML or the data of a view."""
    alsoProvides(portal.REQUEST, IHopsoLayer)

    def get(user, name, thing=None, **form):
        request = portal.REQUEST.clone()
        alsoProvides(request, IHopsoLayer)
        request.form.update(form)
        request.set("LANGUAGE", "vi")
        with as_user(user):
            return api.content.get_view(name, thing if thing is not None else portal, request)()

    return get
