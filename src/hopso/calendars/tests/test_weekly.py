"""The work calendar of a week: who sees what of it, publishing, paper."""

from datetime import timedelta

from hopso.calendars.operations import subscribe
from hopso.calendars.weekly import papers
from hopso.calendars.weekly.api import is_planned
from hopso.calendars.weekly.api import week_of
from hopso.calendars.weekly.operations import print_week
from hopso.calendars.weekly.operations import publish_week
from hopso.calendars.weekly.store import week_store
from hopso.calendars.weekly.weeks import Week
from hopso.core import errors
from hopso.core.text import local
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.tasks.testing import run_all
from hopso.tasks.testing import waiting
from plone import api
import pytest
from zope.annotation.interfaces import IAnnotations


def week_of_meeting(house):
    return Week.of(local(house.meeting.start).date())


def marks(house, user):
    with as_user(user):
        found = week_of(house.office.getId(), week_of_meeting(house))
    return [(one.line.title, one.mark) for one in found.told]


def publish(house):
    with as_user(house.admin):
        publish_week(house.office, week=str(week_of_meeting(house)))


def test_the_week_shows_what_one_may_see(planned, make):
    assert marks(planned, planned.coordinator) == [("Giao ban tuần 48", "same")]
    assert marks(planned, planned.outsider) == []
    stranger = make.create_person("nguoixa", "Lý Xa", make.create_unit("Xã Xa"))
    assert marks(planned, stranger) == []


def test_who_may_not_arrange_does_not_publish(planned):
    week = str(week_of_meeting(planned))
    for user in (planned.coordinator, planned.outsider, planned.chair):
        with as_user(user), pytest.raises(errors.Denied):
            publish_week(planned.office, week=week)
    assert week_store().of(planned.office.getId(), week) == []


def test_a_week_that_is_over_is_not_published(planned):
    last = Week.of(local(now()).date()).moved(-1)
    with as_user(planned.admin), pytest.raises(errors.WrongState):
        publish_week(planned.office, week=str(last))
    with as_user(planned.admin), pytest.raises(errors.Invalid):
        publish_week(planned.office, week="2026-W99")


@pytest.mark.rule("BD-8.1/1")
def test_what_stands_in_a_published_week_counts_as_planned(planned, make):
    assert not is_planned(planned.meeting)
    publish(planned)
    assert is_planned(planned.meeting)
    adhoc = make.create_meeting(planned.office, "Họp đột xuất", planned.meeting.start + timedelta(hours=3))
    put_in_state(adhoc, "convened")
    assert not is_planned(adhoc)
    # Moved to a week that was published without it.
    planned.meeting.start += timedelta(days=7)
    assert not is_planned(planned.meeting)


def test_later_changes_are_told_to_those_who_may_see_them(planned, make):
    publish(planned)
    other = make.create_meeting(
        planned.office, "Họp thêm", planned.meeting.start + timedelta(hours=4), preparer=planned.coordinator
    )
    put_in_state(other, "scheduled")
    change(planned.meeting, title="Giao ban tuần 49")
    assert marks(planned, planned.coordinator) == [("Giao ban tuần 49", "changed"), ("Họp thêm", "added")]
    put_in_state(planned.meeting, "cancelled")
    assert ("Giao ban tuần 48", "off") in marks(planned, planned.coordinator)
    # A publication opens nothing to those who may not see the meeting.
    assert marks(planned, planned.outsider) == []
    publish(planned)
    assert marks(planned, planned.coordinator) == [("Họp thêm", "same")]
    assert len(week_store().of(planned.office.getId(), str(week_of_meeting(planned)))) == 2


def test_wishes_are_planned_and_not_published(planned):
    put_in_state(planned.meeting, "registered")
    assert marks(planned, planned.coordinator) == [("Giao ban tuần 48", "planned")]
    publish(planned)
    (one,) = week_store().of(planned.office.getId(), str(week_of_meeting(planned)))
    assert one.lines == ()


def test_the_page_shows_the_table(planned, page):
    planned.meeting.participants = (f"user:{planned.delegate}",)
    html = page(planned.coordinator, "week", planned.office, week=str(week_of_meeting(planned)))
    for text in ("Giao ban tuần 48", "Nguyễn Văn Bình", "Phạm Quang", "Phòng họp số 1", "Văn phòng"):
        assert text in html
    assert "calendar.publish_week" not in html
    assert "calendar.publish_week" in page(planned.admin, "week", planned.office)
    html = page(planned.outsider, "week", planned.office, week=str(week_of_meeting(planned)))
    assert "Giao ban tuần 48" not in html


def test_the_site_leads_to_a_week_of_ones_own(planned, portal):
    with as_user(planned.delegate):
        view = api.content.get_view("week", portal, portal.REQUEST.clone())
        view()
    assert view.request.response.getHeader("Location").startswith(planned.department.absolute_url())


def test_the_week_goes_into_other_calendars(planned, page):
    body = page(planned.coordinator, "week.ics", planned.office, week=str(week_of_meeting(planned))).decode()
    assert "Giao ban tuần 48" in body
    body = page(planned.outsider, "week.ics", planned.office, week=str(week_of_meeting(planned))).decode()
    assert "BEGIN:VEVENT" not in body


def order(house, user):
    with as_user(user):
        print_week(house.office, week=str(week_of_meeting(house)))


def kept():
    return IAnnotations(api.portal.get())[papers.KEY]


def test_paper_is_made_by_a_job_and_once_for_the_same_content(planned, page, monkeypatch):
    made = []
    monkeypatch.setattr(papers, "pdf_of", lambda html: made.append(html) or b"%PDF-1.7")
    asked = {"thing": planned.office, "week": str(week_of_meeting(planned))}
    assert "calendar.print_week" in page(planned.coordinator, "week-pdf", **asked)
    order(planned, planned.coordinator)
    assert made == [] and len(waiting()) == 1
    assert "data-hs-waiting" in page(planned.coordinator, "week-pdf", **asked)
    run_all()
    order(planned, planned.coordinator)
    order(planned, planned.leader)  # who sees the same
    run_all()
    assert len(made) == 1 and "Giao ban tuần 48" in made[0]
    assert "week.pdf" in page(planned.coordinator, "week-pdf", **asked)
    assert page(planned.coordinator, "week.pdf", **asked) == b"%PDF-1.7"


def test_paper_holds_what_its_reader_may_see(planned, page, monkeypatch):
    monkeypatch.setattr(papers, "pdf_of", lambda html: html.encode())
    asked = {"thing": planned.office, "week": str(week_of_meeting(planned))}
    order(planned, planned.coordinator)
    run_all()
    assert b"Giao ban" in page(planned.coordinator, "week.pdf", **asked)
    assert page(planned.outsider, "week.pdf", **asked) == ""
    order(planned, planned.outsider)
    run_all()
    assert b"Giao ban" not in page(planned.outsider, "week.pdf", **asked)
    change(planned.meeting, title="Giao ban kín")
    assert page(planned.coordinator, "week.pdf", **asked) == ""


def test_paper_that_fails_says_so_and_is_tried_again(planned, page, monkeypatch):
    asked = {"thing": planned.office, "week": str(week_of_meeting(planned))}

    def fails(html):
        raise OSError("no library called pango")

    monkeypatch.setattr(papers, "pdf_of", fails)
    order(planned, planned.coordinator)
    run_all()
    (paper,) = kept().values()
    assert paper.state == "missing"
    assert 'role="alert"' in page(planned.coordinator, "week-pdf", **asked)
    monkeypatch.setattr(papers, "pdf_of", lambda html: b"%PDF")
    order(planned, planned.coordinator)
    run_all()
    assert paper.state == "ready"
    paper.state = papers.WAITING
    papers._gave_up(next(iter(kept())), "why")
    assert paper.state == "failed"


def test_old_paper_is_thrown_away(planned, monkeypatch):
    monkeypatch.setattr(papers, "pdf_of", lambda html: b"%PDF")
    order(planned, planned.coordinator)
    run_all()
    papers.tidy()
    assert len(kept()) == 1
    next(iter(kept().values())).made_at -= timedelta(days=papers.KEEP_DAYS)
    papers.tidy()
    assert len(kept()) == 0


@pytest.mark.slow
def test_weasyprint_sets_a_page_with_vietnamese_and_fetches_nothing(tmp_path):
    import pypdfium2

    html = '<html lang="vi"><head><title>Lịch</title></head><body><h1>Lịch công tác tuần</h1><img alt="" src="file:///etc/passwd" /></body></html>'
    data = papers.pdf_of(html)
    assert data.startswith(b"%PDF")
    page = pypdfium2.PdfDocument(data)[0]
    # The style sheet writes headings in capitals.
    assert "LỊCH CÔNG TÁC TUẦN" in page.get_textpage().get_text_range()
    assert b"root:" not in data


def test_addresses_of_units_can_be_had(planned):
    with as_user(planned.delegate):
        assert subscribe(planned.portal, kind="unit", key=planned.office.getId())
