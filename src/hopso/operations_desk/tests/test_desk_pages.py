"""The pages of checks, duty, help, backdrop and run-of-show, as people of different functions get them."""

import json

from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.operations_desk.backdrop import operations as backdrop
from hopso.operations_desk.checks import operations as checks
from hopso.operations_desk.duty import operations as duty
from hopso.operations_desk.help import needs
from hopso.operations_desk.help import operations as helping
from hopso.operations_desk.runofshow import operations as show
from hopso.tasks.testing import run_all
from hopso.theme.cards import draw
from plone import api
import pytest
from zExceptions import NotFound
from zope.interface import alsoProvides


SECRET = "Phương án nhân sự"


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
            thing = thing if thing is not None else portal
            if name in ("main", "aside", "top", "todo"):
                return draw(thing, request, name)
            return api.content.get_view(name, thing, request)()

    return get


@pytest.fixture
def running(house, sites, make):
    make.change(house.meeting, title=SECRET)
    make.create_item(house.meeting, SECRET, duration=20)
    return sites.scheduled("in_session")


def test_the_check_on_the_phone(house, sites, running, page):
    html = page(sites.technician, "check", running, place=sites.point.UID())
    assert 'value="check_item"' in html and 'value="sign_check"' in html and SECRET not in html
    # Nothing is named: the own site.
    assert "Điểm cầu Sở Nội vụ" in page(sites.technician, "check", running)
    html = page(sites.technician, "check", running, place=sites.centre.UID())
    assert 'value="check_item"' not in html
    with pytest.raises(NotFound):
        page(sites.foreign, "check", running)
    with pytest.raises(NotFound):
        page(sites.technician, "check-photo", running, place=sites.point.UID(), item="room")


def test_the_day_of_the_operator_and_of_others(house, sites, running, page):
    day = f"{running.start:%d/%m/%Y}"
    html = page(sites.operator, "checks", day=day)
    assert "Điểm cầu Sở Nội vụ" in html and "Điểm cầu trung tâm" in html and SECRET not in html
    html = page(sites.technician, "checks", day=day)
    assert "Điểm cầu Sở Nội vụ" in html and "Điểm cầu trung tâm" not in html
    assert "Điểm cầu Sở Nội vụ" not in page(sites.foreign, "checks", day=day)
    assert "Điểm cầu Sở Nội vụ" not in page(sites.operator, "checks", day=day, state="passed")
    assert page(sites.operator, "checks.xlsx", day=day)[:2] == b"PK"
    assert "Phông, rèm" in page(house.admin, "check-template", house.office)
    with pytest.raises(NotFound):
        page(sites.site_admin, "check-template", house.department)


def test_the_cards_of_a_meeting(house, sites, running, page):
    html = page(house.admin, "main", running)
    assert "hs-checks-title" in html and "@@service" in html
    assert "@@service" not in page(house.delegate, "main", running)
    html = page(house.delegate, "aside", running)
    assert "hs-help-title" in html and "@@readiness" not in html
    assert "@@readiness" in page(house.coordinator, "aside", running)
    assert "hs-need-title" in page(house.delegate, "top", running)
    assert "hs-need-title" not in page(house.coordinator, "top", running)


def test_the_page_of_service(house, sites, running, page):
    with as_user(sites.operator):
        duty.assign_duty(running, place=sites.point.UID(), person=sites.technician, phone="0905")
    html = page(sites.technician, "service", running)
    assert "Hồ Kỹ Thuật" in html and 'value="confirm_presence"' in html and SECRET not in html
    assert 'value="report_incident"' in html and "hs-tell" not in html
    assert 'data-hs-open="hs-tell"' in page(house.admin, "service", running)
    assert "Hồ Kỹ Thuật" not in page(sites.foreign, "my-duties")
    assert "Điểm cầu Sở Nội vụ" in page(sites.technician, "my-duties")
    assert "hs-duties-title" in page(sites.technician, "todo")


def test_help_is_shown_to_who_asked_and_who_helps(house, running, page):
    with as_user(house.delegate):
        helping.ask_help(running, topic="sound", text="Không nghe rõ")
    assert "Không nghe rõ" in page(house.delegate, "help", running)
    assert "take_help" not in page(house.delegate, "help", running)
    assert "take_help" in page(house.coordinator, "help", running)
    assert "Không nghe rõ" not in page(house.chair, "help", running)
    assert "Không nghe rõ" in page(house.coordinator, "todo")
    assert "Không nghe rõ" not in page(house.outsider, "todo")
    assert "Không nghe rõ" in page(house.admin, "help-requests", house.office)
    assert "Không nghe rõ" not in page(house.outsider, "help-requests", house.office)
    assert page(house.admin, "help-requests.xlsx", house.office)[:2] == b"PK"


def test_how_ready_a_meeting_is(house, running, page):
    with as_user(house.delegate):
        needs.tell_need(running, needs_device=True, note="Máy hỏng")
    html = page(house.admin, "readiness", running)
    assert "Máy hỏng" in html and "hs-meet" in html and "Phạm Quang" in html


def test_a_backdrop_is_seen_by_the_sites_after_its_release(house, sites, running, page, make):
    from hopso.factories import put_in_state

    put_in_state(running, "convened")
    with as_user(house.coordinator):
        backdrop.make_backdrop(running, title="Hội nghị toàn tỉnh")
    run_all()
    html = page(sites.technician, "backdrop", running)
    assert "Hội nghị toàn tỉnh" not in html and SECRET not in html
    with pytest.raises(NotFound):
        page(sites.technician, "backdrop-file", running, kind="png")
    with as_user(house.coordinator):
        backdrop.release_backdrop(running)
    html = page(sites.technician, "backdrop", running)
    assert "Hội nghị toàn tỉnh" in html and "make_backdrop" not in html and SECRET not in html
    assert "make_backdrop" in page(house.coordinator, "backdrop", running)
    with pytest.raises(NotFound):
        page(sites.technician, "backdrop-file", running, kind="exe")


def test_the_run_of_show_without_titles_for_technicians(house, sites, running, page):
    assert SECRET not in page(sites.operator, "run-of-show", running)
    assert SECRET in page(house.coordinator, "run-of-show", running)
    with as_user(house.coordinator):
        show.release_show(running)
    assert SECRET in page(sites.operator, "run-of-show", running)
    with as_user(house.coordinator):
        show.release_show(running, release=False)
    assert SECRET not in page(sites.operator, "run-of-show", running)


def test_services_answer_in_plain_values(house, sites, running, portal, page):
    from hopso.operations_desk.checks.services import ChecksGet
    from hopso.operations_desk.checks.services import DayGet
    from hopso.operations_desk.duty.views import DutyGet
    from hopso.operations_desk.help.views import HelpGet

    with as_user(sites.technician):
        checks.check_item(running, place=sites.point.UID(), item="room", result="pass")
        duty.assign_duty(running, place=sites.point.UID(), name="Đỗ Văn Dây", role="provider")
        for factory, thing in (
            (ChecksGet, running),
            (DutyGet, running),
            (HelpGet, running),
            (DayGet, portal),
        ):
            service = factory()
            service.context, service.request = thing, portal.REQUEST
            text = json.dumps(service.reply(), default=str)
            assert SECRET not in text
    assert '"begun"' in text or "items" in text


def test_the_forms_of_technicians_go_to_a_door_that_is_open_to_them(house, sites, running, page):
    """They may not read the meeting: ``@@do`` is shut to them."""
    from hopso.security import matrix

    for name in ("check", "service"):
        html = page(sites.technician, name, running)
        assert "/@@serve" in html and f"{running.absolute_url()}/@@do" not in html
    with as_user(sites.technician):
        assert api.user.has_permission(matrix.LOGISTICS, obj=running)
    with as_user(sites.foreign):
        assert not api.user.has_permission(matrix.LOGISTICS, obj=running)
