"""The demo province: what is in it, and who sees what."""

from collections import Counter
from datetime import timedelta

from hopso import factories
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import now
from hopso.distribution import demo
from hopso.distribution.demo import accounts
from hopso.distribution.demo import data
from hopso.distribution.demo import times
from hopso.documents.conversion import conversion_of
from hopso.meetings import participation
from hopso.meetings.calls import calls_of
from plone import api
import pytest


STATES = {
    "giao-ban-tuan": "convened",
    "ung-pho-bao": "in_session",
    "dau-tu-cong-2027": "scheduled",
    "tap-huan-phong-hop": "registered",
    "cai-cach-hanh-chinh": "draft",
    "du-toan-2027": "ended",
    "kinh-te-xa-hoi-thang-10": "concluded",
    "chuyen-doi-so": "archived",
}


def found(**query):
    """Return what the present user finds, by id."""
    brains = api.portal.get_tool("portal_catalog").searchResults(**query)
    return {brain.getId: brain for brain in brains}


@pytest.fixture
def hai_son(portal):
    """The site with the demo province; id -> meeting."""
    demo.create(portal)
    catalog = portal.portal_catalog
    return {
        b.getId: b._unrestrictedGetObject() for b in catalog.unrestrictedSearchResults(portal_type="Meeting")
    }


class TestProvince:
    def test_everything_is_there(self, portal, hai_son):
        catalog = portal.portal_catalog
        for portal_type, number in (
            ("Unit", 14),
            ("Site", 9),
            ("Room", 6),
            ("Meeting", 8),
            ("MeetingDocument", 16),
            ("Minutes", 3),
            ("ConclusionNotice", 1),
        ):
            assert len(catalog.unrestrictedSearchResults(portal_type=portal_type)) == number, portal_type
        assert len(data.people()) == 45
        assert all(api.user.get(userid=one["id"]) for one in data.people())
        assert {name: state_of(meeting) for name, meeting in hai_son.items()} == STATES
        brains = catalog.unrestrictedSearchResults(portal_type="MeetingDocument")
        documents = [brain._unrestrictedGetObject() for brain in brains]
        assert hai_son["kinh-te-xa-hoi-thang-10"]["bien-ban"].doc_number == "45/BB-UBND"
        assert state_of(hai_son["du-toan-2027"]["bien-ban"]) == "in_review"
        kinds = {document.file.filename.rpartition(".")[2] for document in documents}
        assert kinds == {"pdf", "docx", "xlsx", "jpg"}

        # Units stand in three levels, and a second time is refused.
        assert "/".join(portal["don-vi"].ubnd.stc["stc-ns"].getPhysicalPath()).endswith(
            "/don-vi/ubnd/stc/stc-ns"
        )
        with pytest.raises(errors.Invalid):
            demo.create(portal)

        # Every file waits for its conversion.
        assert {conversion_of(document).status for document in documents} == {"waiting"}

        # Times are seen from today.
        moment = now()
        assert hai_son["ung-pho-bao"].start < moment < hai_son["ung-pho-bao"].end
        for name, meeting in hai_son.items():
            past = STATES[name] in ("ended", "concluded", "archived")
            assert (meeting.end < moment) is past, name
            if meeting.registered_at:
                assert meeting.registered_at < min(meeting.start, moment)
        urgent = hai_son["ung-pho-bao"]
        assert urgent.urgent and calls_of(urgent)
        assert all(urgent.start - call.called_at >= timedelta(hours=3) for call in calls_of(urgent))
        assert hai_son["giao-ban-tuan"]["tai-lieu-truc-tiep"].handed_out

        # Some have answered, the delegate of the acceptance tests has not.
        kept = participation.records(hai_son["giao-ban-tuan"])
        counted = Counter(record.answer for record in kept.values())
        assert counted == {"attending": 3, "declined": 1, "substituted": 1, "invited": 5}
        assert kept["user:daibieu"].answer == "invited"


# What each of these people finds and may open; everybody else's meetings are closed.
SEEN = {
    "nguoingoai": {"chuyen-doi-so"},
    "quantri-hethong": set(),
    "daibieu": {"giao-ban-tuan", "ung-pho-bao", "du-toan-2027", "kinh-te-xa-hoi-thang-10"},
    "honnhan-daumoi": {"giao-ban-tuan", "ung-pho-bao", "kinh-te-xa-hoi-thang-10"},
}


class TestWhoSeesWhat:
    def test_meetings_and_documents(self, hai_son):
        for user_id, seen in SEEN.items():
            with factories.as_user(user_id):
                assert set(found(portal_type="Meeting")) == seen, user_id
                for name, meeting in hai_son.items():
                    assert bool(api.user.has_permission("View", obj=meeting)) is (name in seen), (
                        user_id,
                        name,
                    )
        with factories.as_user("nguoingoai"):
            assert set(found(portal_type="MeetingDocument")) == {"bao-cao-chuyen-doi-so-pdf"}
        with factories.as_user("daibieu"):
            assert "bao-cao-giai-ngan-pdf" in found(portal_type="MeetingDocument")
            assert "to-trinh-dau-tu-cong-pdf" not in found(portal_type="MeetingDocument")
        with factories.as_user("lanhdao"):
            waiting = found(portal_type="MeetingDocument", review_state="submitted")
        assert set(waiting) == {"to-trinh-dau-tu-cong-pdf"}


class TestWithoutASite:
    def test_accounts(self):
        users = [one["user"] for one in accounts.accounts()]
        assert users == [
            "daumoi", "lanhdao", "chutri", "thuky", "daibieu", "nguoingoai", "vanthu", "quantri-donvi",
            "quantri-hethong",
        ]  # fmt: skip
        table = accounts.table()
        assert accounts.PASSWORD in table
        assert all(user in table for user in users)

    def test_people_are_well_formed(self):
        people, units = data.people(), {one["id"] for one in data.records("units")}
        ids = [one["id"] for one in people]
        assert len(set(ids)) == len(ids)
        assert {unit for one in people for unit, _function in one["functions"]} == units
        assert {one["head"] for one in data.records("units")} <= set(ids)

    def test_files_are_small(self):
        files = list((data.HERE / "files").iterdir())
        assert sum(path.stat().st_size for path in files) < 1_500_000
        used = {one["file"] for meeting in data.records("meetings")
                for one in meeting["documents"] + meeting.get("later", [])}  # fmt: skip
        assert used == {path.name for path in files}

    @pytest.mark.parametrize("offset", range(7))
    def test_no_meeting_at_week_ends(self, offset):
        moment = now() + timedelta(days=offset)
        for record in data.records("meetings"):
            if "days" in record["when"]:
                start, end = times.final(record["when"], record["hours"], moment)
                assert local(start).weekday() < 5
                assert (start > moment) == (record["when"]["days"] > 0)
                assert start < end
