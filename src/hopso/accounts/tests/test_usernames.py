"""User names as offices make them."""

from hopso.accounts.identities import email_key
from hopso.accounts.identities import phone_key
from hopso.accounts.usernames import is_proper
from hopso.accounts.usernames import proposed
import pytest


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Nguyễn Văn Bình", (), "binhnv"),
        ("Nguyễn Văn Bình", ("binhnv", "binhnv2"), "binhnv3"),
        ("Đặng Thị Hòa", (), "hoadt"),
        ("Ông", (), "ong"),
        ("Y", (), "y.nd"),
        ("Trần  O'Neil ", (), "oneilt"),
        ("", (), "u.nd"),
        ("Root", (), "root2"),
        ("Nguyễn Thị Ánh Nguyệt", (), "nguyetnta"),
        ("Hoà Uỷ", (), "uyh"),
    ],
)
def test_a_name_makes_a_user_name(name, taken, expected):
    assert proposed(name, lambda one: one in taken) == expected


@pytest.mark.parametrize(
    "bad", ["", "ab", "Binh", "bình", "1abc", "a b c", "unit:vp:admins", "admin", "a" * 41, "a/../b"]
)
def test_what_is_no_user_name(bad):
    assert not is_proper(bad)


def test_addresses_and_telephones_are_compared_by_what_they_mean():
    assert email_key(" Binh@Example.VN ") == "binh@example.vn"
    assert phone_key("+84 912.345 678") == phone_key("0912 345 678") == "0912345678"
    assert phone_key(None) == ""
