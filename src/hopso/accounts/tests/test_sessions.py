"""Sessions of the server: found by their secret, ended at once, told apart by age."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.accounts import sessions
from hopso.accounts.distant import distant_from
from hopso.accounts.distant import far_apart
from hopso.accounts.distant import network
from hopso.accounts.sessions import Session
from hopso.policy.policy import Policy
import pytest


NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
POLICY = Policy()


@pytest.mark.parametrize(
    "since,seen,alive",
    [
        (timedelta(), timedelta(), True),
        (timedelta(hours=11, minutes=59), timedelta(), True),
        (timedelta(hours=12), timedelta(), False),
        (timedelta(hours=3), timedelta(minutes=129), True),
        (timedelta(hours=3), timedelta(minutes=130), False),
    ],
)
@pytest.mark.rule("BD-12.3.b/1")
def test_sessions_end_by_age_and_by_silence(since, seen, alive):
    session = Session("x", "an", NOON - since)
    session.seen_at = NOON - seen
    assert session.alive(NOON, POLICY) is alive


def test_without_limits_a_session_goes_on():
    session = Session("x", "an", NOON - timedelta(days=400))
    assert session.alive(NOON, Policy(session_hours=0, session_idle_minutes=0))


def test_signs_of_life_are_written_seldom_but_often_enough():
    assert sessions.seen_every(POLICY) == timedelta(minutes=10)
    assert sessions.seen_every(Policy(session_idle_minutes=6)) == timedelta(minutes=2)
    assert sessions.seen_every(Policy(session_idle_minutes=0)) == timedelta(minutes=10)


def test_unknown_fields_are_refused():
    with pytest.raises(TypeError):
        Session("x", "an", NOON, colour="red")


class TestStore:
    @pytest.fixture
    def store(self):
        made = sessions.SessionStore()
        made.add(Session("one", "an", NOON))
        made.add(Session("two", "an", NOON + timedelta(hours=1)))
        made.add(Session("three", "binh", NOON))
        return made

    def test_the_latest_comes_first(self, store):
        assert [one.id for one in store.of_user("an")] == ["two", "one"]
        assert store.of_user("nobody") == []

    def test_what_is_removed_is_nowhere(self, store):
        assert store.remove("one")
        assert not store.remove("one")
        assert [one.id for one in store.of_user("an")] == ["two"]
        assert "one" not in store.by_id


@pytest.mark.parametrize(
    "one,other,apart",
    [
        ("203.113.1.7", "203.113.200.9", False),
        ("203.113.1.7", "113.160.1.7", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("2001:db8::1", "2001:ee0::1", True),
        ("203.113.1.7", "2001:db8::1", False),
        ("::ffff:203.113.1.7", "113.160.1.7", True),
        ("127.0.0.1", "113.160.1.7", False),
        ("", "113.160.1.7", False),
        ("somewhere", "elsewhere", False),
    ],
)
@pytest.mark.rule("BD-4.5/1")
def test_what_is_far_apart(one, other, apart):
    assert far_apart(one, other, POLICY) is apart
    assert far_apart(other, one, POLICY) is apart


def test_networks_are_as_wide_as_the_policy_says():
    assert network("203.113.1.7", 16, 32) == "203.113.0.0/16"
    assert network("203.113.1.7", 24, 32) == "203.113.1.0/24"
    assert network("203.113.1.7", 99, 32) == "203.113.1.7/32"
    assert network("2001:db8:1::1", 16, 32) == "2001:db8::/32"


@pytest.mark.parametrize(
    "address,seen,entered,found",
    [
        ("113.160.1.7", timedelta(minutes=5), True, True),
        ("113.160.1.7", timedelta(minutes=21), True, False),
        ("113.160.1.7", timedelta(minutes=5), False, False),
        ("203.113.9.9", timedelta(minutes=5), True, False),
    ],
)
@pytest.mark.rule("BD-4.5/1")
def test_two_distant_places_at_the_same_time(address, seen, entered, found):
    here = Session("here", "an", NOON, address="203.113.1.7")
    there = Session("there", "an", NOON - timedelta(hours=1), address=address, entered=entered)
    there.seen_at = NOON - seen
    assert (distant_from(here, here.address, NOON, [here, there], POLICY) is there) is found


def test_the_same_two_are_reported_once():
    here = Session("here", "an", NOON, address="203.113.1.7")
    there = Session("there", "an", NOON, address="113.160.1.7", entered=True, distant="here")
    assert distant_from(here, here.address, NOON, [there], POLICY) is None


class TestOnTheSite:
    @pytest.fixture
    def request_(self, house):
        return house.portal.REQUEST

    def test_a_secret_finds_its_session_and_no_other_text_does(self, house, request_):
        made = sessions.start(house.delegate, request_)
        assert made.token
        assert sessions.find(made.token).user_id == house.delegate
        for wrong in ("", made.id, made.token + "x", "\udcff"):
            assert sessions.find(wrong) is None
        assert made.token not in repr(vars(sessions.find(made.token)))

    def test_ending(self, house, request_):
        one, two = (sessions.start(house.delegate, request_) for _number in range(2))
        other = sessions.start(house.leader, request_)
        assert sessions.end(one.id)
        assert not sessions.end(one.id)
        assert [each.id for each in sessions.sessions_of(house.delegate)] == [two.id]
        three = sessions.start(house.delegate, request_)
        assert sessions.end_all(house.delegate, except_id=three.id) == 1
        assert [each.id for each in sessions.sessions_of(house.delegate)] == [three.id]
        assert sessions.find(other.token) is not None

    def test_old_ones_are_purged(self, house, request_):
        from hopso.core.text import now

        old, fresh = (sessions.start(house.delegate, request_) for _number in range(2))
        sessions.change(old.id, seen_at=now() - timedelta(days=2))
        assert sessions.purge(now(), POLICY) == 1
        assert sessions.find(old.token) is None
        assert sessions.find(fresh.token) is not None
