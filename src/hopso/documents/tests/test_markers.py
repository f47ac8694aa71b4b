"""Secrecy stamps, and what only looks like one."""

import unicodedata

from hopso.documents.markers import find_marker
import pytest


HEAD = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH ĐỊNH\n"


@pytest.mark.rule("BD-5.2.a", "BD-7/2")
@pytest.mark.parametrize(
    "text, level",
    [
        ("MẬT", "mat"),
        ("TỐI MẬT", "toi_mat"),
        ("TUYỆT MẬT", "tuyet_mat"),
        (unicodedata.normalize("NFD", HEAD + "TỐI MẬT\nBáo cáo"), "toi_mat"),
        (HEAD + "  [ MẬT ]  \n", "mat"),
        (HEAD + "M Ậ T", "mat"),
        ("MÂT", "mat"),
        ("MAT", "mat"),
        ("TÓI MẤT", "toi_mat"),
        ("TUYET  MAT.", "tuyet_mat"),
        ("ĐỘ MẬT", "mat"),
        ("ĐỘ MẬT: TỐI MẬT", "toi_mat"),
        ("Độ mật: Mật", "mat"),
        ("UBND TỈNH        TỐI MẬT", "toi_mat"),
        ("UBND TỈNH\tMẬT", "mat"),
        ("a\n" * 40 + "TUYỆT MẬT", "tuyet_mat"),
        ("MẬT\nTỐI MẬT", "toi_mat"),
    ],
)
def test_stamps(text, level):
    found = find_marker(text, 3)
    assert found is not None and (found.level, found.page) == (level, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Công tác bảo mật thông tin",
        "BẢO MẬT",
        "Mật khẩu",
        "MẬT KHẨU",
        "Mật độ dân số",
        "mật ong",
        "Mật",
        "BÍ MẬT NHÀ NƯỚC",
        "Luật Bảo vệ bí mật nhà nước: Mật, Tối mật, Tuyệt mật",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT, TUYỆT MẬT",
        "Độ mật: Không",
        "MẮT",
        "MẶT",
        "MẶT TRẬN",
        "MẶT TRẬN TỔ QUỐC",
        "a\n" * 40 + "MAT",
        "",
    ],
)
def test_no_stamps(text):
    assert find_marker(text) is None
