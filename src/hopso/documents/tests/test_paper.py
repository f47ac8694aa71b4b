"""Paper only where the chair has decided so (BD-5.2.b)."""

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.documents import paper
from hopso.documents.paper import allow_paper
from hopso.documents.tests.samples import upload
from hopso.factories import as_user
from hopso.factories import create_document
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from hopso.meetings.calls import papers_of
from hopso.meetings.preparation import log_paper
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides


REASON = "Bản đồ khổ lớn, không đọc được trên máy"


@pytest.fixture
def document(house):
    """A published document of a convened meeting."""
    put_in_state(house.meeting, "convened")
    document = create_document(house.meeting, "Bản đồ quy hoạch", file=upload("ban-do.txt"))
    put_in_state(document, "published")
    return document


def blocked(error):
    return [(one.rule, one.article) for one in error.value.findings]


@pytest.mark.rule("BD-5.2.b")
def test_the_chair_decides_and_it_stays(house, document):
    with as_user(house.chair):
        allow_paper(document, copies=20, reason=REASON)
        allow_paper(document, copies=5, reason="Thêm đại biểu")
    assert [(line.copies, line.reason, line.who) for line in paper.decisions(document)] == [
        (20, REASON, house.chair),
        (5, "Thêm đại biểu", house.chair),
    ]
    assert paper.copies_allowed(document) == 25
    assert state_of(document) == "published"


@pytest.mark.rule("BD-5.2.b")
@pytest.mark.parametrize("who", ["coordinator", "secretary", "admin", "approver", "delegate"])
def test_nobody_else_decides(house, document, who):
    with as_user(getattr(house, who)), pytest.raises(errors.Denied):
        allow_paper(document, copies=20, reason=REASON)
    assert paper.decisions(document) == [] and state_of(document) == "published"


@pytest.mark.parametrize(
    "params", [{"copies": 0, "reason": REASON}, {"copies": 3, "reason": "  "}, {"copies": 3}]
)
def test_copies_and_reason_are_asked_for(house, document, params):
    with as_user(house.chair), pytest.raises(errors.Invalid):
        allow_paper(document, **params)
    assert paper.decisions(document) == []


def test_not_of_a_draft_nor_after_the_meeting(house, document):
    put_in_state(document, "draft")
    with as_user(house.chair), pytest.raises(errors.WrongState):
        allow_paper(document, copies=1, reason=REASON)
    put_in_state(document, "published")
    put_in_state(house.meeting, "concluded")
    with as_user(house.chair), pytest.raises(errors.WrongState):
        allow_paper(document, copies=1, reason=REASON)
    assert paper.decisions(document) == []


@pytest.mark.rule("BD-5.2.b")
def test_no_paper_without_decision(house, document):
    for name in (document.UID(), document.title, "Tài liệu khác"):
        with as_user(house.coordinator), pytest.raises(errors.Blocked) as error:
            log_paper(house.meeting, document=name, copies=1, reason="Cho tiện")
        assert blocked(error) == [("BD-5.2.b", "Điều 5 khoản 2 điểm b")]
    assert papers_of(house.meeting) == []


@pytest.mark.rule("BD-5.2.b")
def test_paper_as_far_as_decided(house, document):
    with as_user(house.chair):
        allow_paper(document, copies=20, reason=REASON)
    with as_user(house.coordinator):
        log_paper(house.meeting, document=document.UID(), copies=15, reason=REASON)
        with pytest.raises(errors.Blocked):
            log_paper(house.meeting, document=document.UID(), copies=6, reason=REASON)
        log_paper(house.meeting, document=document.UID(), copies=5, reason=REASON)
    assert [(one.document, one.uid, one.copies) for one in papers_of(house.meeting)] == [
        ("Bản đồ quy hoạch", document.UID(), 15),
        ("Bản đồ quy hoạch", document.UID(), 5),
    ]
    with as_user(house.delegate), pytest.raises(errors.Denied):
        log_paper(house.meeting, document=document.UID(), copies=1, reason=REASON)


@pytest.fixture
def page(portal):
    """Return the HTML of a thing's page, in English."""
    request = portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    request["LANGUAGE"] = "en"

    def show(context):
        request.form.clear()
        IAnnotations(request).pop("plone.memoize", None)  # another person asks
        return context.restrictedTraverse("@@view")()

    return show


def test_pages_tell_those_who_prepare(house, document, page):
    dialog = "hs-do-log-paper"
    with as_user(house.coordinator):
        assert dialog not in page(house.meeting)
    with as_user(house.chair):
        assert "document.allow_paper" in page(document)
        allow_paper(document, copies=20, reason=REASON)
    with as_user(house.coordinator):
        html = page(house.meeting)
        assert dialog in html and f'<option value="{document.UID()}">Bản đồ quy hoạch' in html
        assert "On paper by decision of the chair: 20" in page(document)
    with as_user(house.delegate):
        html = page(document)
    assert "On paper" not in html and "document.allow_paper" not in html
