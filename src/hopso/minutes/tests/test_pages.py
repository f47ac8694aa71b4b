"""The pages as people get them."""

from hopso.core.operation import find_operation
from hopso.interfaces import IHopsoLayer
from hopso.minutes import operations  # noqa: F401
from hopso.minutes.records import digest_of
from plone.namedfile.file import NamedBlobFile
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def record(house, make, portal):
    alsoProvides(portal.REQUEST, IHopsoLayer)
    make.put_in_state(house.meeting, "ended")
    with make.as_user(house.secretary):
        return find_operation(house.meeting, "draft_minutes")(house.meeting)


def page(make, person, context, name="view"):
    with make.as_user(person):
        return context.restrictedTraverse(f"@@{name}")()


def test_the_paper_and_the_next_step(house, record, make):
    html = page(make, house.secretary, record)
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BIÊN BẢN", "VĂN PHÒNG", "BB-VP", 'value="submit"'):
        assert part in html
    assert 'value="approve"' not in html
    assert '<p class="hs-record__title">Giao ban tuần 48</p>' in html


def test_the_chair_decides(house, record, make):
    make.put_in_state(record, "in_review")
    html = page(make, house.chair, record)
    assert 'value="approve"' in html and digest_of(record) in html
    assert 'id="record-return"' in html and "edit" not in html.partition("hs-pagehead")[2][:400]


def test_the_archivist_numbers(house, record, make):
    make.put_in_state(record, "approved")
    html = page(make, house.archivist, record)
    assert 'id="record-issue"' in html and "01/BB-VP" in html


def test_the_notice_has_its_own_words(house, make, portal):
    alsoProvides(portal.REQUEST, IHopsoLayer)
    make.put_in_state(house.meeting, "ended")
    with make.as_user(house.secretary):
        notice = find_operation(house.meeting, "draft_notice")(house.meeting)
    html = page(make, house.secretary, notice)
    assert "THÔNG BÁO" in html and "Nơi nhận" in html
    assert 'name="recipients"' in page(make, house.secretary, notice, "edit")


def test_the_editor_holds_the_text(house, record, make):
    html = page(make, house.secretary, record, "edit")
    assert "Thành phần tham dự" in html and 'value="save"' in html


def test_the_signed_file_is_a_download(house, record, make, portal):
    record.file = NamedBlobFile(data=b"%PDF-1.7", filename="bb.pdf", contentType="application/pdf")
    make.put_in_state(record, "issued")
    assert page(make, house.delegate, record, "signed-file")
    headers = portal.REQUEST.response.headers
    assert "attachment" in portal.REQUEST.response.getHeader("Content-Disposition"), headers
