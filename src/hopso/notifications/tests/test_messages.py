"""What the mails say."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.notifications import messages
from hopso.notifications.log import Notice
from hopso.notifications.log import notice_key
from hopso.notifications.rules import reading_time
import pytest


START = datetime(2026, 12, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "languages"),
    [
        ("vi", ("vi",)),
        ("vi-VN", ("vi",)),
        ("en", ("en",)),
        ("", ("vi", "en")),
        (None, ("vi", "en")),
        ("fr", ("vi", "en")),
    ],
)
def test_languages(language, languages):
    assert messages.languages_of(language) == languages


@pytest.mark.rule("BD-3.1.g")
@pytest.mark.parametrize(
    ("ahead", "hours"), [(timedelta(days=2), 48), (timedelta(minutes=30), 0.5), (-timedelta(1), 0)]
)
def test_time_to_read_is_measured(ahead, hours):
    found = reading_time(START, START - ahead)
    assert (found.rule, found.level, found.data["hours"]) == ("BD-3.1.g", "record", hours)
    assert found.article == "Điều 3 khoản 1 điểm g"


def test_a_notice_is_known_by_its_occasion():
    assert Notice("invitation", "u", "s", "ai").key == notice_key("invitation", "u", "s", "ai")
    assert notice_key("invitation", "u", "s", "ai") != notice_key("invitation", "u", "s", "bi")


def test_both_languages_vietnamese_first(house):
    mail = messages.compose("invitation", house.meeting, "https://hop.example.vn/x", name="Phạm Quang")
    assert mail.languages == ("vi", "en")
    assert mail.subject == "Giấy mời họp: Giao ban tuần 48 / Invitation: Giao ban tuần 48"
    assert mail.text.index("Kính gửi Phạm Quang") < mail.text.index("Dear Phạm Quang")
    assert (
        "Phòng họp số 1" in mail.text
        and "Nguyễn Văn Bình" in mail.text
        and "https://hop.example.vn/x" in mail.text
    )


def test_one_language_if_it_is_known(house):
    vietnamese = messages.compose("cancelled", house.meeting, "https://x", language="vi", comment="Bão số 9")
    assert "Dear" not in vietnamese.text and "Bão số 9" in vietnamese.text
    english = messages.compose("cancelled", house.meeting, "https://x", language="en")
    assert "The meeting will not take place." in english.text and "Kính gửi" not in english.text


@pytest.mark.parametrize("kind", list(messages.KINDS))
def test_every_kind_is_vietnamese(house, kind):
    mail = messages.compose(kind, house.meeting, "https://x", language="vi", name="A")
    shape = messages.KINDS[kind]
    assert str(shape.text) not in mail.text and str(shape.link) not in mail.text
    assert not mail.subject.startswith(str(shape.subject)[:8])


def test_nothing_of_a_title_becomes_html(house, make):
    make.change(house.meeting, title="<script>alert(1)</script>\r\nBcc: x@y")
    mail = messages.compose("invitation", house.meeting, "https://x", language="vi")
    assert "<script>" not in mail.html
    assert "\n" not in mail.subject and "\r" not in mail.subject


def test_classified_titles_stay_home(house):
    house.meeting.classification = "mat"
    mail = messages.compose("invitation", house.meeting, "https://x", language="vi")
    assert "Giao ban" not in mail.subject + mail.text + mail.html
