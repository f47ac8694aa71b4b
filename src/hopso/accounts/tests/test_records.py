"""Records of accounts, without a site."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.accounts.records import Account
from hopso.accounts.records import AccountStore
from hopso.accounts.records import DISABLED
import pytest


NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_an_account_is_listed_in_its_home_unit_only():
    store = AccountStore()
    account = store.add(Account("an", unit="vp"))
    store.move(account, "snv")
    assert [one.user_id for one in store.of_unit("snv")] == ["an"]
    assert store.of_unit("vp") == []


def test_one_identity_a_person():
    store = AccountStore()
    store.add(Account("an", unit="vp"))
    with pytest.raises(KeyError):
        store.add(Account("an", unit="snv"))


def test_disabled_and_expired_accounts_are_not_active():
    assert Account("an").active(NOW)
    assert not Account("an", status=DISABLED).active(NOW)
    guest = Account("khach", expires_at=NOW)
    assert guest.active(NOW - timedelta(seconds=1))
    assert not guest.active(NOW)


def test_unknown_fields_are_refused():
    with pytest.raises(TypeError):
        Account("an", colour="red")


def test_who_left_is_not_offered_until_the_account_is_open_again():
    store = AccountStore()
    account = store.add(Account("an", unit="vp"))
    store.add(Account("khach", employment_kind="guest"))
    assert list(store.not_offered) == ["khach"]
    account.status = DISABLED
    store.note(account)
    assert list(store.not_offered) == ["an", "khach"]
    account.status = "active"
    store.note(account)
    assert list(store.not_offered) == ["khach"]
