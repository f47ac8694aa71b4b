"""The pages of the desk, as people of different functions get them."""

from hopso.audit.log import entries
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from hopso.operations_desk.operations import feedback
from hopso.operations_desk.operations import incidents
from hopso.operations_desk.operations import violations
from plone import api
import pytest
from zope.interface import alsoProvides


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


@pytest.fixture
def incident(house):
    with as_user(house.secretary):
        return incidents.report(house.office, kind="sound", what="Micro hỏng", room=house.room.UID())


def test_the_form_names_the_meeting_one_comes_from(house, page, make):
    put_in_state(house.meeting, "convened")
    html = page(house.delegate, "report-incident", meeting=house.meeting.UID())
    assert house.meeting.title in html and "incident.report" in html
    assert house.department.absolute_url() + "/@@do" in html
    # Of a meeting one may not see nothing is said.
    html = page(house.outsider, "report-incident", meeting=house.meeting.UID())
    assert house.meeting.title not in html


def test_a_person_without_a_unit_is_told_whom_to_ask(house, page, make):
    make.create_person("khach", "Khách", None, ())
    html = page("khach", "report-incident")
    assert "incident.report" not in html and "hs-note--warn" in html


def test_the_page_of_an_incident_shows_each_what_they_may_do(house, page, incident):
    html = page(house.admin, "view", incident)
    assert "Micro hỏng" in html and 'value="take"' in html and "hs-do-resolve" in html
    html = page(house.secretary, "view", incident)
    assert "Micro hỏng" in html and 'value="take"' not in html


def test_the_list_filters_and_counts(house, page, incident):
    with as_user(house.secretary):
        incidents.report(house.office, kind="network", what="Mất mạng")
    with as_user(house.admin):
        incidents.resolve(incident, resolution="Thay", interruption=5)
    html = page(house.admin, "incidents", house.office)
    assert "Micro hỏng" in html and "Mất mạng" in html and "5" in html
    html = page(house.admin, "incidents", house.office, state="resolved")
    assert "Micro hỏng" in html and "Mất mạng" not in html
    html = page(house.admin, "incidents", house.office, kind="network")
    assert "Micro hỏng" not in html and "Mất mạng" in html
    html = page(house.admin, "incidents", house.office, **{"to": "2020-01-01"})
    assert "Mất mạng" not in html
    # Somebody of another unit finds an empty list.
    assert "Mất mạng" not in page(house.outsider, "incidents", house.office)


@pytest.mark.parametrize("name", ["incidents", "devices", "violations", "usage"])
def test_spreadsheets_are_on_record(house, page, incident, name):
    data = page(house.leader, f"{name}.xlsx", house.office)
    assert data[:2] == b"PK"
    assert any(one.operation.startswith("export.") for one in entries(limit=3))


def test_pages_of_feedback_and_violations(house, page):
    with as_user(house.outsider):
        sent = feedback.send(house.department, category="regulation", title="Khó khăn", text="Chi tiết")
    assert "Chi tiết" in page(house.admin, "view", sent)
    assert "Khó khăn" in page(house.admin, "feedback", house.office)
    assert "Khó khăn" in page(house.outsider, "send-feedback")
    with as_user(house.leader):
        case = violations.record(
            house.office, person=house.secretary, rule="BD-12.3.c", facts="Dùng sai mục đích"
        )
    assert "Dùng sai mục đích" in page(house.leader, "view", case)
    assert "Võ Minh Khoa" in page(house.leader, "violations", house.office)
    assert "Võ Minh Khoa" not in page(house.admin, "violations", house.office)
    assert "Điều 12 khoản 3 điểm d" in page(house.leader, "record-violation", house.office)


def test_use_of_the_system_and_own_data(house, page):
    html = page(house.leader, "usage", house.office)
    assert "Trần Hoàng Lan" in html
    assert "Võ Minh Khoa" in page(house.leader, "usage", house.office, who="all")
    assert "@@my-data.zip" in page(house.secretary, "my-data")
    assert "hs-own-usage" in page(house.secretary, "own-usage")


def test_the_page_of_a_meeting_shows_both_channels_and_the_source(house, page):
    put_in_state(house.meeting, "convened")
    html = page(house.coordinator, "view", house.meeting)
    assert "hs-channels-title" in html and "hs-do-record-qlvb" in html and "hs-source-title" in html
    html = page(house.delegate, "view", house.meeting)
    assert "hs-channels-title" not in html and "@@report-incident?meeting=" in html


def test_the_start_page_tells_helpers_what_waits(house, page, incident):
    assert "Micro hỏng" in page(house.admin, "start")
    assert "Micro hỏng" not in page(house.coordinator, "start")
