"""What the tests of the registration share."""

from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from plone import api
from plone.app.z3cform.interfaces import IPloneFormLayer
from plone.protect.authenticator import createToken
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides


PREFIX = "form.widgets."


@pytest.fixture
def page(portal):
    """Return a view of the house, in a fresh request."""

    def page(context, name="view", **form):
        request = portal.REQUEST
        alsoProvides(request, IHopsoLayer, IPloneFormLayer)
        IAnnotations(request).clear()
        request.form.clear()
        request.form.update(form)
        request.environ["REQUEST_METHOD"] = request.method = "GET"
        request.response.setStatus(200)
        return api.content.get_view(name, context, request)

    return page


@pytest.fixture
def send(portal, page):
    """Send a form as a browser would; returns (view, html, status, location)."""

    def send(user, context, name, button="save", token=True, **values):
        with as_user(user):
            view = page(context, name)
            request = portal.REQUEST
            request.response.setHeader("Location", "")
            request.form.update(
                {(one if one.startswith("_") else PREFIX + one): v for one, v in values.items()}
            )
            request.form[f"form.buttons.{button}"] = values.get("_target", "1")
            if token:
                request.form["_authenticator"] = createToken()
            request.environ["REQUEST_METHOD"] = request.method = "POST"
            text = view()
        response = request.response
        return view, text, response.getStatus(), response.getHeader("Location") or ""

    return send


@pytest.fixture
def draft(house, send):
    """A draft of the guide after its first step."""
    view, *_rest = send(house.coordinator, house.portal, "new-meeting", **what(house))
    return view.created


def what(house, **changes):
    """Return what a browser sends for the first step."""
    return {
        "host_unit": [house.office.getId()],
        "title": "Họp rà soát tiến độ",
        "kind": ["meeting"],
        "meeting_type": ["work"],
        "content": "Tiến độ quý IV",
        "purpose": "Chỉ đạo, tháo gỡ khó khăn",
        **changes,
    }


def when(**changes):
    """Return what a browser sends for the second step."""
    return {
        "start-date": "22/11/2027",
        "start-time": "08:00",
        "end-date": "22/11/2027",
        "end-time": "09:30",
        "mode": ["in_person"],
        "rooms-empty-marker": "1",
        "sites-empty-marker": "1",
        "chair_site-empty-marker": "1",
        "external_bridge": "",
        "urgent-empty-marker": "1",
        "urgent_reason": ["--NOVALUE--"],
        "urgent_note": "",
        **changes,
    }
