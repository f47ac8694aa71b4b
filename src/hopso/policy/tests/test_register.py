"""The register of rules."""

from pathlib import Path
import re

from hopso.policy import labels
from hopso.policy import register
from hopso.policy.policy import Policy
import pytest
from zope.component import getGlobalSiteManager


# Beside the checkout (or beside the checkout that a work tree belongs to), where it is there at all.
SHARED = next(
    (found for above in Path(__file__).resolve().parents if (found := above / "shared" / "domain").exists()),
    Path("/nonexistent"),
)


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
    assert len(rules) > 200
    assert rules["BD-6.1/1"].article == "Điều 6 khoản 1"
    assert "trước 02 ngày" in rules["BD-6.1/1"].text
    for one in rules.values():
        assert one.state in register.STATES, one.id
        assert one.kinds and set(one.kinds) <= set("EMRC"), one.id
        assert one.text.endswith((".", "…")) and one.legal_basis, one.id
        assert one.where or one.state in (register.LATER, register.OUTSIDE) or one.id == "BD-4.4", one.id


def test_where_a_rule_acts_exists():
    """Names of operations and of pages; what is renamed must be renamed here too."""
    known = set(labels.place_titles())
    wrong = {one.id: set(one.where) - known for one in register.catalogue().values()}
    assert {rule_id: names for rule_id, names in wrong.items() if names} == {}


def test_pages_that_rules_name_exist(portal):
    adapters = getGlobalSiteManager().registeredAdapters()
    views = {one.name for one in adapters if len(one.required) == 2}
    named = {name for one in register.catalogue().values() for name in one.where if name.startswith("@@")}
    assert {name for name in named if name.removeprefix("@@") not in views} == set()


@pytest.mark.skipif(not SHARED.exists(), reason="the rule catalogue is not beside the checkout")
def test_ids_and_classes_are_those_of_the_rule_catalogue():
    text = (SHARED / "rules.md").read_text("utf-8")
    row = re.compile(r"^\| ((?:NA|NT|BD|TQ|HN)-[^ |]+) \|.*\| ([EMRC](?:/[EMRC])*) \|", re.M)
    wanted = {rule_id: kinds.replace("/", "") for rule_id, kinds in row.findall(text)}
    assert {one.id: one.kinds for one in register.catalogue().values()} == wanted


@pytest.mark.skipif(not SHARED.exists(), reason="the regulations are not beside the checkout")
@pytest.mark.parametrize("rule_set", ["NA", "NT", "TQ", "HN"])
def test_texts_are_quoted_from_the_regulations(rule_set):
    """Word for word, except for what “…” leaves out and the heading put before a colon."""
    [path] = (SHARED / "regulations").glob(f"{rule_set}-*.txt")
    source = plain(path.read_text("utf-8"))
    for one in register.catalogue().values():
        if one.rule_set == rule_set:
            for part in one.text.rstrip(".").split("…"):
                words = plain(part).strip(" .;:")
                assert words in source or words.partition(": ")[2] in source, (one.id, words)


def test_what_is_known_from_the_news_only_says_so():
    noted = {one.rule_set for one in register.catalogue().values() if one.note}
    assert noted == {"TQ", "HN"}


def plain(text):
    text = re.sub(r"\s+", " ", text.replace(" ,", ",").replace("phục\n\nh\n\nvụ", "phục vụ"))
    return text.replace("...", "").lower()


def test_a_policy_puts_its_own_rules_in_force():
    assert {one.rule_set for one in register.rules_in_force(Policy(rule_sets=("BD",)))} == {"BD"}
    assert register.rules_in_force(Policy(rule_sets=("XX",))) == []
    assert register.rules_in_force(Policy())
