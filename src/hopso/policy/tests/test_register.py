"""The register of rules."""

import pytest

from hopso.policy import register


@pytest.mark.parametrize(
    ("rule_id", "article"),
    [
        ("BD-6.1/1", "Điều 6 khoản 1"),
        ("BD-3.1.dd", "Điều 3 khoản 1 điểm đ"),
        ("BD-7/2", "Điều 7"),
        ("BD-QD.2", "Điều 2 của Quyết định ban hành"),
        ("BD-PL", "Phụ lục"),
        ("BD-12/end", "Điều 12"),
        ("NA-7", "Điều 7"),
    ],
)
def test_the_article_is_read_off_the_id(rule_id, article):
    assert register.article_of(rule_id) == article


def test_rule_functions_are_registered_under_their_ids():
    @register.rule("BD-99.1/1", "BD-99.1/2")
    def check():
        return register.finding("BD-99.1/1", "warn", "Late")

    assert register.functions_of("BD-99.1/2") == (check,)
    assert check().article == "Điều 99 khoản 1"
    with pytest.raises(ValueError):
        register.rule("6.1")(check)
