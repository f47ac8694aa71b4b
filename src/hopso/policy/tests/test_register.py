"""The register of rules."""

from hopso.policy import register
from hopso.policy.policy import Policy
import pytest


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
        ("NA-QD.2", "Điều 2 của Quyết định ban hành"),
        ("NA-10/1", "Điều 10"),
        ("NT-2.2.a", "Điều 2 khoản 2 điểm a"),
        ("NT-7.2.d/2", "Điều 7 khoản 2 điểm d"),
        ("TQ-P5/5", "Bản tin, đoạn 5 mục 5"),
        ("TQ-P4", "Bản tin, đoạn 4"),
        ("HN-P4/3", "Bản tin, đoạn 4 mục 3"),
        ("HN-5.2", "Điều 5, gạch đầu dòng 2"),
        ("HN-5.4/1", "Điều 5, gạch đầu dòng 4"),
        ("HN-R/3.1", "Bản tin, trách nhiệm các cơ quan, gạch đầu dòng 3 ý 1"),
        ("HN-R/5", "Bản tin, trách nhiệm các cơ quan, gạch đầu dòng 5"),
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


def test_the_catalogue_is_complete_and_quotes_the_regulation():
    rules = register.catalogue()
    assert len(rules) > 80
    assert rules["BD-6.1/1"].article == "Điều 6 khoản 1"
    assert "trước 02 ngày" in rules["BD-6.1/1"].text
    for one in rules.values():
        assert one.state in register.STATES, one.id
        assert one.kinds and set(one.kinds) <= set("EMRC"), one.id
        assert one.text.endswith(".") and one.legal_basis, one.id
        assert one.where or one.state in (register.LATER, register.OUTSIDE) or one.id == "BD-4.4", one.id


def test_a_policy_puts_its_own_rules_in_force():
    assert {one.rule_set for one in register.rules_in_force(Policy(rule_sets=("BD",)))} == {"BD"}
    assert register.rules_in_force(Policy(rule_sets=("XX",))) == []
    assert register.rules_in_force(Policy())
