"""Whoever supplies information is named with it, and so is who changed it (BD-12.3.b/2)."""

from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.meetings.content import IMeeting
from plone import api
import pytest
import transaction
from zope.event import notify
from zope.interface import alsoProvides
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


@pytest.fixture
def committed(functional_portal, make):
    """A house whose meeting is committed: the log compares with what the database kept."""
    from hopso.conftest import House

    house = House(functional_portal)
    alsoProvides(functional_portal.REQUEST, IHopsoLayer)
    transaction.commit()
    return house


def source(thing, user):
    with as_user(user):
        view = api.content.get_view("source", thing, thing.REQUEST)
        return view.author(), view.last(), view.changes(), view.versions(), view()


@pytest.mark.rule("BD-12.3.b/2")
def test_a_change_is_shown_with_who_when_before_and_after(committed):
    meeting = committed.meeting
    with as_user(committed.secretary):
        meeting.purpose = "Chỉ đạo chống bão"
        notify(ObjectModifiedEvent(meeting, Attributes(IMeeting, "purpose")))
    transaction.commit()
    _author, last, changes, _versions, html = source(meeting, committed.coordinator)
    assert last["who"] == "Võ Minh Khoa" and last["when"]
    [field] = [one for one in changes[0]["fields"] if one["before"].startswith("Chỉ đạo, điều hành")]
    assert field["after"] == "Chỉ đạo chống bão"
    assert "Chỉ đạo chống bão" in html and "Võ Minh Khoa" in html


@pytest.mark.rule("BD-12.3.b/2")
def test_versions_of_a_file_name_their_authors(committed, make):
    with as_user(committed.coordinator):
        document = make.create_document(committed.meeting, file=upload("bao-cao.txt", "một"))
    transaction.commit()
    make.change(document, file=upload("bao-cao-2.txt", "hai"))
    transaction.commit()
    _author, _last, _changes, versions, html = source(document, committed.coordinator)
    assert [(one["number"], one["name"]) for one in versions] == [(2, "bao-cao-2.txt"), (1, "bao-cao.txt")]
    assert "bao-cao-2.txt" in html


def test_readers_learn_the_author_and_not_what_a_draft_said(committed, make):
    from hopso.factories import put_in_state

    put_in_state(committed.meeting, "convened")
    with as_user(committed.secretary):
        committed.meeting.purpose = "Khác"
        notify(ObjectModifiedEvent(committed.meeting, Attributes(IMeeting, "purpose")))
    transaction.commit()
    _author, last, changes, _versions, html = source(committed.meeting, committed.delegate)
    assert last["who"] == "Võ Minh Khoa"
    assert changes == [] and "Chỉ đạo, điều hành" not in html
