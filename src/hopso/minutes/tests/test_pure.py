"""Drafts, numbers and deadlines as values."""

from datetime import datetime
from datetime import timedelta

from hopso.core.text import LOCAL
from hopso.minutes.drafting import clock_text
from hopso.minutes.drafting import day_text
from hopso.minutes.drafting import Facts
from hopso.minutes.drafting import minutes_text
from hopso.minutes.drafting import minutes_title
from hopso.minutes.drafting import notice_text
from hopso.minutes.drafting import notice_title
from hopso.minutes.drafting import Point
from hopso.minutes.numbers import symbol
from hopso.minutes.rules import due_after
from hopso.minutes.rules import notice_finding
from hopso.policy.policy import Policy
import pytest


START = datetime(2026, 2, 5, 8, tzinfo=LOCAL)
FACTS = Facts(
    title="Giao ban tuần 6",
    start=START,
    end=START + timedelta(hours=2),
    place="Phòng họp số 1",
    chair="Nguyễn Văn Bình",
    secretary="Võ Minh Khoa",
    present=("Phạm Quang", "Ngô Tấn Đạt (dự thay Đặng Thị Hòa)"),
    absent=("Lê <Văn> A (đi công tác)",),
    points=(Point("Kinh tế", "Sở Tài chính", "Giao Sở\nbáo cáo"), Point("Việc khác")),
    documents=3,
)


@pytest.mark.rule("BD-10.1/1", "BD-10.1/2")
def test_minutes_follow_the_form():
    text = minutes_text(FACTS)
    for part in (
        "08 giờ 00, ngày 05 tháng 02 năm 2026",
        "Phòng họp số 1",
        "Nguyễn Văn Bình",
        "Võ Minh Khoa",
        "02 đại biểu",
        "Ngô Tấn Đạt (dự thay Đặng Thị Hòa)",
        "1. Kinh tế",
        "Người trình bày: Sở Tài chính",
        "2. Việc khác",
        "Giao Sở<br />báo cáo",
        "03 tài liệu",
        "kết thúc vào hồi 10 giờ 00",
    ):
        assert part in text
    assert "Lê &lt;Văn&gt; A" in text
    assert minutes_title(FACTS) == "Biên bản giao ban tuần 6"


def test_notice_names_tasks_units_and_deadlines():
    text = notice_text(FACTS)
    assert "Đơn vị chủ trì" in text and "Thời hạn" in text and "Giao Sở" in text
    assert notice_title(FACTS) == "Kết luận của Nguyễn Văn Bình tại giao ban tuần 6"


def test_drafts_of_a_bare_meeting():
    bare = Facts("UBND họp", START, START)
    assert "……" in minutes_text(bare)
    assert "UBND họp" in notice_title(bare)
    assert notice_text(bare)


def test_dates_are_padded_as_the_decree_says():
    assert day_text(START) == "ngày 05 tháng 02 năm 2026"
    assert day_text(datetime(2026, 3, 12, 23, tzinfo=LOCAL)) == "ngày 12 tháng 3 năm 2026"
    assert clock_text(START) == "08 giờ 00"


@pytest.mark.parametrize(("number", "text"), [(5, "05/BB-UBND"), (10, "10/BB-UBND"), (188, "188/BB-UBND")])
def test_numbers_below_ten_have_a_zero(number, text):
    assert symbol(number, "BB", "UBND") == text


def test_notice_is_due_five_working_days_after_the_meeting():
    end = datetime(2026, 12, 4, 10, tzinfo=LOCAL)  # a Friday
    assert due_after(end, Policy()).date() == datetime(2026, 12, 11).date()
    assert due_after(end, Policy(conclusion_notice_within=None)) is None


def test_a_late_notice_is_noticed():
    due = START
    assert notice_finding(due, None, due) is None
    assert notice_finding(None, None, due) is None
    assert notice_finding(due, due - timedelta(days=1), due + timedelta(days=9)) is None
    assert notice_finding(due, None, due + timedelta(seconds=1)).level == "warn"
    assert notice_finding(due, due + timedelta(days=1), due).deadline == due
