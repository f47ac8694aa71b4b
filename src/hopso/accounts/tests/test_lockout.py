"""The arithmetic of waiting, without a site."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.accounts import lockout
from hopso.accounts.lockout import Counter
from hopso.accounts.lockout import Limits
from hypothesis import given
from hypothesis import strategies as st
import pytest


NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
LIMITS = Limits(5, timedelta(seconds=30), timedelta(minutes=60))


@pytest.mark.parametrize(
    "failures,seconds",
    [(0, 0), (1, 0), (4, 0), (5, 30), (6, 60), (7, 120), (11, 1920), (12, 3600), (13, 3600), (10**6, 3600)],
)
@pytest.mark.rule("BD-12.3.b/1")
def test_each_failure_beyond_the_first_few_doubles_the_wait(failures, seconds):
    assert lockout.delay(failures, LIMITS) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "failures,ago,left",
    [
        (4, timedelta(), timedelta()),
        (5, timedelta(), timedelta(seconds=30)),
        (5, timedelta(seconds=29), timedelta(seconds=1)),
        (5, timedelta(seconds=30), timedelta()),
        (12, timedelta(minutes=20), timedelta(minutes=40)),
        (99, timedelta(hours=24), timedelta()),
    ],
)
def test_the_wait_runs_from_the_last_failure(failures, ago, left):
    assert lockout.wait(Counter(failures, NOON - ago), LIMITS, NOON) == left


def test_no_attempt_without_a_wait_still_lets_the_first_try_through():
    assert lockout.delay(0, Limits(0, timedelta(seconds=30), timedelta(hours=1))) == timedelta()


def test_old_failures_are_forgotten():
    old = Counter(40, NOON - lockout.FORGET)
    assert old.more(NOON) == Counter(1, NOON)
    assert Counter(40, NOON - timedelta(hours=23)).more(NOON) == Counter(41, NOON)


@given(st.integers(0, 10**9), st.integers(0, 50), st.integers(0, 3600), st.integers(0, 3600))
def test_more_failures_never_wait_less(failures, attempts, first, longest):
    limits = Limits(attempts, timedelta(seconds=first), timedelta(seconds=longest))
    one, two = lockout.delay(failures, limits), lockout.delay(failures + 1, limits)
    assert timedelta() <= one <= two <= timedelta(seconds=longest)


@pytest.mark.parametrize(
    "address,network",
    [
        ("203.113.1.7", "203.113.1.7"),
        ("::ffff:203.113.1.7", "203.113.1.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("somewhere", "somewhere"),
    ],
)
def test_what_counts_as_one_address(address, network):
    assert lockout.network_of(address) == network


@given(st.text(max_size=300))
def test_any_address_text_is_taken(address):
    assert len(lockout.network_of(address)) <= 100


@pytest.mark.parametrize(
    "device_known,address_known", [(False, False), (False, True), (True, False), (True, True)]
)
def test_strangers_count_apart_from_known_places(device_known, address_known):
    def keys(address, device, **known):
        return lockout.keys_for("an", address, device, **known)

    stranger = keys("198.51.100.9", "", device_known=False, address_known=False)
    owner = keys("203.113.1.7", "d1", device_known=device_known, address_known=address_known)
    assert owner.account != stranger.account
    assert stranger.address
    assert bool(owner.address) is not (device_known or address_known)


def test_a_known_device_counts_apart_even_at_the_stranger_s_address():
    same = {"login": "an", "address": "203.113.1.7"}
    stranger = lockout.keys_for(**same, device="", device_known=False, address_known=True)
    owner = lockout.keys_for(**same, device="d1", device_known=True, address_known=True)
    assert owner.account != stranger.account
