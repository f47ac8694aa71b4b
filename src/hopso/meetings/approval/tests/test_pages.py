"""Pages and cards: what each person sees of what waits."""

from datetime import timedelta

from hopso.core import errors
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.interfaces import IHopsoLayer
from hopso.meetings import operations
from hopso.meetings.approval import cards
from hopso.meetings.approval import findings
from hopso.meetings.approval import operations as approval
from hopso.meetings.approval.inbox import age_text
from hopso.policy.api import apply_policy
from hopso.theme.cards import cards_of
from hopso.theme.start import whoami
from plone import api
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def request_(integration):
    request = integration["request"].clone()
    alsoProvides(request, IHopsoLayer)
    return request


def page(name, context, request, **form):
    request.form.update(form)
    return api.content.get_view(name, context, request)


def names(context, request, place):
    return [card.name for card in cards_of(context, request, place) if hasattr(card, "name")]


@pytest.fixture
def registered(province):
    apply_policy("nghe-an")
    with as_user(province.outsider):
        operations.register(province.meeting_of_department)
    return province.meeting_of_department


@pytest.mark.rule("NA-4.1/1")
def test_the_inbox_shows_receipt_age_and_conflicts_to_the_registrar_alone(
    province, registered, request_, make
):
    other = make.create_meeting(
        province.office, "Họp khác", start=registered.start, rooms=(province.room.UID(),), content="A",
        chair=province.chair, secretary=province.secretary, preparer=province.coordinator, participants=("user:daibieu",),
    )  # fmt: skip
    with as_user(province.coordinator):
        operations.register(other)
    with as_user(province.registrar):
        operations.schedule(other)
        view = page("inbox", province.portal, request_)
        (row,) = view.rows()
        assert row["title"] == "Họp ngành" and row["cells"][0] and row["cells"][2] == "Sở Nội vụ"
        assert province.room.title in row["cells"][4].mapping["names"]
        html = view()
        assert "Họp ngành" in html and "hop" in html
        assert page("inbox", province.portal, request_, kind="urgent").rows() == []
    for person in (province.tech, province.admin, province.outsider):
        with as_user(person):
            assert page("inbox", province.portal, request_, kind="").found == []


def test_the_spreadsheet_says_the_same(province, registered, request_):
    with as_user(province.registrar):
        data = page("inbox.xlsx", province.portal, request_)()
    assert data[:2] == b"PK"


def test_what_waits_for_the_leadership_is_on_its_start_page(province, registered, request_):
    with as_user(province.president):
        assert cards.to_decide(whoami()) == []
    with as_user(province.registrar):
        operations.schedule(registered)
        assert cards.to_decide(whoami()) == []
    with as_user(province.president):
        assert [(kind, brain.UID) for kind, brain in cards.to_decide(whoami())] == [
            ("step", registered.UID())
        ]
        assert "decide" in names(province.portal, request_, "todo")
        html = "".join(card() for card in cards_of(province.portal, request_, "todo"))
        assert "Họp ngành" in html
        approval.approve(registered)
        assert cards.to_decide(whoami()) == []


@pytest.mark.rule("NA-3.1/2")
def test_the_register_of_urgent_meetings(province, request_):
    apply_policy("nghe-an")
    meeting, start = province.meeting_of_department, now() + timedelta(hours=4)
    change(
        meeting,
        start=start,
        end=start + timedelta(hours=1),
        urgent=True,
        urgent_reason="fire",
        urgent_note="Cháy chợ",
    )
    with as_user(province.outsider):
        operations.register(meeting)
    with as_user(province.president):
        assert [kind for kind, _brain in cards.to_decide(whoami())] == ["urgent"]
        approval.allow_urgent(meeting, reference="01/QĐ-UBND", evidence="Văn thư lưu")
        (row,) = page("urgent-meetings", province.portal, request_).rows()
        assert "Cháy chợ" in row["cells"][3] and row["cells"][6] == "Văn thư lưu"
        assert row["cells"][5].mapping["reference"] == "01/QĐ-UBND"
        assert "01/QĐ-UBND" in page("urgent-meetings", province.portal, request_)()
        assert page("urgent-meetings.xlsx", province.portal, request_)()[:2] == b"PK"
    with as_user(province.approver):
        assert page("urgent-meetings", province.portal, request_).found == []


@pytest.mark.rule("NT-11.1")
def test_a_preparing_unit_finds_its_items(province, make, request_):
    apply_policy("ninh-thuan")
    meeting = make.create_meeting(province.committee, "Họp UBND", chair=province.chair)
    item = make.create_item(meeting, "Biên chế", preparing_unit=province.department.getId())
    with as_user(province.outsider):
        assert cards.to_prepare(whoami()) == []
    make.put_in_state(meeting, "registered")
    with as_user(province.outsider):
        assert [(one.UID, part.getId) for one, part in cards.to_prepare(whoami())] == [
            (meeting.UID(), item.getId())
        ]
        assert "prepare-content" in names(province.portal, request_, "todo")
    with as_user(province.coordinator):
        assert cards.to_prepare(whoami()) == []


@pytest.mark.rule("NA-3.3/2")
def test_the_page_of_a_meeting_shows_approval_and_open_items(province, registered, request_):
    with as_user(province.registrar):
        assert "checklist" in names(registered, request_, "main")
        html = "".join(
            card() for place in ("main", "aside") for card in cards_of(registered, request_, place)
        )
        assert "Lý Thị Nhận" in html
        assert api.content.get_view("view", registered, request_)()
    with as_user(province.head):
        assert "approval" in names(registered, request_, "aside")
    with as_user(province.delegate), pytest.raises(errors.Denied):
        approval.approve(registered)


def test_delegations_stand_on_the_page_of_the_unit(province, request_):
    apply_policy("nghe-an")
    with as_user(province.president):
        approval.delegate_urgent(province.committee, person=province.leader, document="12/QĐ-UBND")
        html = "".join(card() for card in cards_of(province.committee, request_, "main"))
    assert "12/QĐ-UBND" in html and "Trần Hoàng Lan" in html
    with as_user(province.outsider):
        html = "".join(card() for card in cards_of(province.committee, request_, "main"))
    assert "12/QĐ-UBND" not in html


@pytest.mark.rule("NT-4.2/2", "NT-11.2")
def test_an_invitation_is_not_approved_before_the_slot(province, make):
    from hopso.documents.operations import approve_findings

    apply_policy("ninh-thuan")
    invitation = make.create_document(province.meeting_of_department, "Giấy mời", doc_kind="invitation")
    report = make.create_document(province.meeting_of_department, "Báo cáo", doc_kind="report")
    with as_user(province.outsider):
        assert "NT-11.2" in {one.rule for one in approve_findings(invitation)}
        assert "NT-11.2" not in {one.rule for one in approve_findings(report)}
    make.put_in_state(province.meeting_of_department, "scheduled")
    with as_user(province.outsider):
        assert "NT-11.2" not in {one.rule for one in approve_findings(invitation)}
    assert findings.invitation_findings(province.meeting_of_department) == []


@pytest.mark.parametrize(
    ("waited", "expected"),
    [
        (timedelta(minutes=59), ("${count} minutes", 59)),
        (timedelta(hours=23), ("${count} hours", 23)),
        (timedelta(days=3), ("${count} days", 3)),
        (timedelta(seconds=-5), ("${count} minutes", 0)),
    ],
)
def test_age_of_a_registration(waited, expected):
    moment = now()
    text = age_text(moment - waited, moment)
    assert (str(text), text.mapping["count"]) == expected
    assert age_text(None, moment) == ""
