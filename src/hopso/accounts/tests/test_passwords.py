"""Passwords: what they are like, how old they grow, who set them."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.accounts import passwords
from hopso.accounts.records import Account
from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.accounts.upkeep import due_warning
from hopso.core import errors
from hopso.core.text import now
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.factories import PASSWORD
from hopso.policy.policy import Policy
from hypothesis import given
from hypothesis import strategies as st
from plone import api
import pytest


NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
POLICY = Policy()
GOOD = ("Song-Kon#2026", "Song-Kon#2027", "Song-Kon#2028")


@pytest.mark.parametrize(
    "password,count",
    [
        ("Song-Kon#2026", 0),
        ("", 2),
        ("Aa1!Aa1!", 1),
        ("Aa1!Aa1!x", 0),
        ("songkon2026", 1),
        ("SONGKON-2026", 1),
        ("SôngKôn-2026", 0),
        ("aB1-" * 51, 1),
        ("Lan.Tran-2026", 1),
    ],
)
@pytest.mark.rule("BD-12.3.b/1")
def test_what_a_password_must_be_like(password, count):
    assert len(passwords.form_problems(password, POLICY, "lan.tran")) == count


@given(st.text(max_size=250))
def test_any_text_gets_an_answer(password):
    found = passwords.form_problems(password, POLICY)
    assert bool(found) or 9 <= len(password) <= passwords.LONGEST
    assert 0 <= passwords.kinds_in(password) <= 4


def account(**fields):
    return Account("an", **{"password_set_at": NOON, "terms_version": "1", **fields})


@pytest.mark.parametrize(
    "fields,after,why",
    [
        ({}, timedelta(days=89, hours=23), ""),
        ({}, timedelta(days=90), "expired"),
        ({"password_set_at": None, "created_at": NOON}, timedelta(days=1), ""),
        ({"password_set_at": None}, timedelta(), "expired"),
        ({"password_by_other": True}, timedelta(), "first"),
        ({"order": "12/CV-STTTT"}, timedelta(), "order"),
    ],
)
@pytest.mark.rule("BD-4.5/2")
def test_why_a_password_has_to_be_changed(fields, after, why):
    assert passwords.must_change(account(**fields), NOON + after, POLICY) == why


def test_without_a_greatest_age_passwords_do_not_expire():
    policy = Policy(password_max_age=0)
    assert passwords.must_change(account(password_set_at=None), NOON, policy) == ""
    assert passwords.days_left(account(), NOON, policy) is None


@pytest.mark.parametrize(
    "fields,policy,held,steps",
    [
        ({}, {}, (), ()),
        ({"terms_version": ""}, {}, (), ("terms",)),
        ({"terms_version": ""}, {"terms_version": ""}, (), ()),
        ({"terms_version": "1"}, {"terms_version": "2"}, (), ("terms",)),
        ({"order": "12"}, {"terms_version": "2"}, (), ("password", "terms")),
        ({}, {"otp_required": ("admins",)}, ("members",), ()),
        ({}, {"otp_required": ("admins",)}, ("admins", "members"), ("enrol",)),
        ({"otp_secret": "plain:x"}, {"otp_required": ("admins",)}, ("admins",), ()),
    ],
)
def test_steps_before_an_account_may_be_used(fields, policy, held, steps):
    assert passwords.pending_steps(account(**fields), NOON, Policy(**policy), held) == steps


@pytest.mark.parametrize(
    "left,warning",
    [(None, None), (90, None), (15, None), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0, None)],
)
@pytest.mark.rule("BD-4.5/2")
def test_which_warning_is_due(left, warning):
    assert due_warning(left) == warning


@pytest.mark.parametrize(
    "hours,left", [(0, 90), (1, 90), (24, 89), (24 * 89 + 1, 1), (24 * 90, 0), (24 * 99, 0)]
)
def test_days_left_are_rounded_up(hours, left):
    assert passwords.days_left(account(), NOON + timedelta(hours=hours), POLICY) == left


class TestSetting:
    def test_own_change(self, house):
        with as_user(house.delegate):
            passwords.set_password(house.delegate, GOOD[0], by_other=False)
        record = account_of(house.delegate)
        assert not record.password_by_other
        assert now() - record.password_set_at < timedelta(minutes=1)
        assert passwords.matches(passwords.hash_of(house.delegate), GOOD[0])

    @pytest.mark.rule("BD-4.5/2")
    def test_none_of_the_last_ones_comes_again(self, house):
        for password in GOOD:
            passwords.set_password(house.delegate, password, by_other=False)
        for former in (PASSWORD, *GOOD):
            with pytest.raises(errors.Invalid):
                passwords.set_password(house.delegate, former, by_other=False)
        assert passwords.matches(passwords.hash_of(house.delegate), GOOD[-1])
        # Far enough back they may.
        for number in range(6):
            passwords.set_password(house.delegate, f"Song-Ha#{number}-Thanh", by_other=False)
        passwords.set_password(house.delegate, PASSWORD, by_other=False)

    def test_a_weak_one_changes_nothing(self, house):
        before = passwords.hash_of(house.delegate)
        with pytest.raises(errors.Invalid):
            passwords.set_password(house.delegate, "short", by_other=False)
        assert passwords.hash_of(house.delegate) == before

    @pytest.mark.parametrize("actor,by_other", [("admin", True), ("delegate", False)])
    def test_plones_own_ways_leave_the_same_traces(self, house, actor, by_other):
        folder = api.portal.get_tool("acl_users")
        with as_user(getattr(house, actor)):
            folder.userSetPassword(house.delegate, GOOD[0])
        record = account_of(house.delegate)
        assert record.password_by_other is by_other
        assert record.former_passwords[0] == passwords.hash_of(house.delegate)

    def test_plones_forms_ask_our_rules(self, house):
        tool = api.portal.get_tool("portal_registration")
        assert tool.testPasswordValidity("abcdefghijkl")
        assert tool.testPasswordValidity(GOOD[0]) is None

    def test_an_unknown_person(self, house):
        with pytest.raises(LookupError):
            passwords.set_password("nobody", GOOD[0], by_other=False)


class TestOrder:
    @pytest.mark.rule("BD-4.5/3")
    def test_whoever_is_ordered_has_to_change(self, house):
        account_of(house.secretary).status = DISABLED
        count = passwords.order_change(
            [house.delegate, house.secretary, "nobody"], " 12/CV-STTTT  ngày 20/11/2026 "
        )
        assert count == 1
        record = account_of(house.delegate)
        assert record.order == "12/CV-STTTT ngày 20/11/2026"
        assert passwords.pending_steps(record, now(), POLICY) == ("password",)
        passwords.set_password(house.delegate, GOOD[0], by_other=False)
        assert passwords.pending_steps(record, now(), POLICY) == ()
        assert record.order == ""

    def test_an_order_has_a_number(self, house):
        with pytest.raises(errors.Invalid):
            passwords.order_change([house.delegate], "  ")


class TestWarnings:
    @pytest.mark.rule("BD-4.5/2")
    def test_each_warning_is_mailed_once(self, house, mailed):
        from hopso.accounts import upkeep
        from hopso.tasks.testing import run_all

        def warn(days):
            account_of(house.delegate).password_set_at = now() - timedelta(days=90 - days, minutes=5)
            with as_system():
                count = upkeep.warn()
                run_all()
                assert upkeep.warn() == 0
            return count

        assert [warn(days) for days in (20, 14, 7, 1)] == [0, 1, 1, 1]
        assert len(mailed.messages) == 3
        assert all("daibieu@" in str(one["To"]) for one in mailed.messages)

    def test_closed_accounts_are_not_warned(self, house, mailed):
        from hopso.accounts import upkeep

        record = account_of(house.delegate)
        record.password_set_at, record.status = now() - timedelta(days=89), DISABLED
        with as_system():
            assert upkeep.warn() == 0


@pytest.fixture
def mailed(house, monkeypatch):
    """Mail is configured; what is delivered ends up in ``messages``."""
    from types import SimpleNamespace

    found = SimpleNamespace(messages=[])
    api.portal.set_registry_record("plone.smtp_host", "localhost")
    api.portal.set_registry_record("plone.email_from_address", "hopso@hopso.example")
    monkeypatch.setattr("hopso.notifications.jobs.deliver", found.messages.append)
    return found
