"""The base classes of forms."""

from hopso.interfaces import IHopsoLayer
from hopso.meetings.content import IMeeting
from hopso.theme.forms import EditForm
from plone.app.z3cform.interfaces import IPloneFormLayer
import pytest
from z3c.form import field
from zope.interface import alsoProvides


class Edit(EditForm):
    label = "Edit"
    fields = field.Fields(IMeeting).select(
        "title", "start", "end", "host_unit", "chair", "participants", "urgent"
    )
    widths = {"start": "half", "end": "half"}


PREFIX = "form.widgets."


@pytest.fixture
def ask(house, integration):
    """Call the form on the house's meeting with what a browser would send."""
    from AccessControl.SecurityManagement import newSecurityManager
    from plone.protect.authenticator import createToken

    user = house.portal.acl_users.getUserById(house.coordinator)
    newSecurityManager(None, user.__of__(house.portal.acl_users))
    request = integration["request"]
    alsoProvides(request, IHopsoLayer, IPloneFormLayer)

    def call(save=True, **changes):
        request.form.clear()
        request.response.setStatus(200)
        if save:
            request.form.update(
                {
                    PREFIX + "title": "Giao ban tuần 49",
                    PREFIX + "start-date": "22/11/2030",
                    PREFIX + "start-time": "08:00",
                    PREFIX + "end-date": "22/11/2030",
                    PREFIX + "end-time": "09:30",
                    PREFIX + "host_unit": house.office.getId(),
                    PREFIX + "chair": house.chair,
                    PREFIX + "participants": [f"user:{house.delegate}", f"unit:{house.department.getId()}"],
                    PREFIX + "urgent-empty-marker": "1",
                    "form.buttons.save": "1",
                    "_authenticator": createToken(),
                }
            )
            request.environ["REQUEST_METHOD"] = request.method = "POST"
        request.form.update({(PREFIX + k if k != "_seen" else k): v for k, v in changes.items()})
        form = Edit(house.meeting, request)
        form.__name__ = "edit"
        return form, form(), request.response.getStatus()

    return call


class TestEdit:
    def test_shows_the_values_in_local_time(self, ask, house):
        _form, html, _status = ask(save=False)
        assert "08:00" in html
        assert "Nguyễn Văn Bình" in html
        assert "hs-light" in html
        assert "barceloneta" not in html
        assert 'data-hs-picker="participant"' in html

    def test_saves(self, ask, house):
        _form, _html, status = ask()
        assert status == 303
        assert house.meeting.title == "Giao ban tuần 49"
        assert house.meeting.start.isoformat() == "2030-11-22T01:00:00+00:00"
        assert house.meeting.participants == (f"user:{house.delegate}", f"unit:{house.department.getId()}")

    @pytest.mark.parametrize(
        "name,value",
        [
            ("start-date", "31/02/2030"),
            ("start-time", "25:00"),
            ("title", ""),
            ("end-time", "07:00"),
            ("chair", "nobody"),
        ],
    )
    def test_refuses_and_keeps_what_was_typed(self, ask, house, name, value):
        _form, html, status = ask(**{name: value})
        assert status == 400
        assert "hs-errors" in html
        assert house.meeting.title == "Giao ban tuần 48"
        assert "22/11/2030" in html

    def test_somebody_was_quicker(self, ask, house):
        form, html, status = ask(_seen="older")
        assert status == 409
        assert "Giao ban tuần 49" in html  # what was typed
        assert "Giao ban tuần 48" in html  # what is saved
        assert house.meeting.title == "Giao ban tuần 48"
        assert f'name="_seen" value="{form.seen()}"' in html
