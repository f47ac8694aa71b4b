"""One-time codes: one step of drift, no code twice, recovery codes, the secret at rest."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.accounts import codes
from hopso.accounts import seal
from hopso.accounts import sessions
from hopso.accounts.records import Account
from hopso.accounts.records import account_of
from hopso.core.text import now
from hypothesis import given
from hypothesis import strategies as st
import pyotp
import pytest


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
STEP = timedelta(seconds=codes.PERIOD)


def code_at(moment, secret=SECRET):
    return pyotp.TOTP(secret).at(moment)


@pytest.mark.parametrize("steps,right", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
@pytest.mark.rule("BD-12.3.b/1")
def test_a_clock_may_be_off_by_one_step(steps, right):
    found = codes.matching_step(SECRET, code_at(NOON + steps * STEP), NOON, 0)
    assert bool(found) is right


def test_no_code_counts_twice_nor_an_older_one():
    step = codes.matching_step(SECRET, code_at(NOON), NOON, 0)
    assert step == codes.step_of(NOON)
    assert codes.matching_step(SECRET, code_at(NOON), NOON, step) == 0
    assert codes.matching_step(SECRET, code_at(NOON - STEP), NOON, step) == 0
    assert codes.matching_step(SECRET, code_at(NOON + STEP), NOON, step) == step + 1


def test_spaces_in_a_code_do_no_harm():
    code = code_at(NOON)
    assert codes.matching_step(SECRET, f" {code[:3]} {code[3:]} ", NOON, 0)


@given(st.text(max_size=40))
def test_any_text_is_answered(text):
    assert codes.matching_step(SECRET, text, NOON, 0) in (
        0,
        *range(codes.step_of(NOON) - 1, codes.step_of(NOON) + 2),
    )


def test_each_recovery_code_opens_once():
    fresh = codes.new_recovery_codes()
    assert len(set(fresh)) == codes.RECOVERY_CODES
    account = Account("an", otp_secret="plain:" + SECRET, recovery=tuple(map(codes.recovery_hash, fresh)))
    assert codes.spend(account, fresh[3].upper().replace("-", " "), NOON) == "recovery"
    assert codes.spend(account, fresh[3], NOON) == ""
    assert len(account.recovery) == codes.RECOVERY_CODES - 1
    assert fresh[4] not in repr(account.recovery)


def test_the_picture_is_svg_of_the_right_address():
    picture = codes.picture(codes.uri(SECRET, "lan"))
    assert picture.startswith("<svg")
    assert "Hop%20So" in codes.uri(SECRET, "lan")


class TestSeal:
    @pytest.fixture
    def key_file(self, tmp_path, monkeypatch):
        pytest.importorskip("cryptography")
        path = tmp_path / "keys"
        path.write_text("first-key\n")
        monkeypatch.setenv(seal.VARIABLE, str(path))
        return path

    def test_with_a_key_nothing_readable_is_stored(self, key_file):
        stored = seal.seal(SECRET)
        assert SECRET not in stored
        assert stored.startswith(seal.SEALED)
        assert seal.open_seal(stored) == SECRET

    def test_a_key_can_be_replaced(self, key_file):
        stored = seal.seal(SECRET)
        key_file.write_text("second-key\nfirst-key\n")
        assert seal.open_seal(stored) == SECRET
        key_file.write_text("second-key\n")
        with pytest.raises(seal.NoKey):
            seal.open_seal(stored)

    def test_without_its_key_a_secret_stays_shut(self, key_file, monkeypatch):
        stored = seal.seal(SECRET)
        monkeypatch.delenv(seal.VARIABLE)
        with pytest.raises(seal.NoKey):
            seal.open_seal(stored)

    def test_a_missing_file_is_not_taken_for_no_key(self, key_file):
        key_file.unlink()
        with pytest.raises(seal.NoKey):
            seal.seal(SECRET)

    def test_without_a_key_file_secrets_are_kept_as_they_are(self, monkeypatch):
        monkeypatch.delenv(seal.VARIABLE, raising=False)
        assert seal.open_seal(seal.seal(SECRET)) == SECRET


class TestSwitchingOn:
    @pytest.fixture
    def session(self, house):
        made = sessions.start(house.delegate, house.portal.REQUEST)
        codes.offer(made.id)
        return sessions.find(made.token)

    def test_nothing_counts_before_a_code_confirms_it(self, house, session):
        assert account_of(house.delegate).otp_secret == ""
        assert codes.confirm(house.delegate, session.id, "000000") == []
        assert account_of(house.delegate).otp_secret == ""

    def test_a_right_code_switches_on_and_brings_recovery_codes(self, house, session):
        secret = seal.open_seal(session.offer)
        fresh = codes.confirm(house.delegate, session.id, code_at(now(), secret))
        assert len(fresh) == codes.RECOVERY_CODES
        account = account_of(house.delegate)
        assert account.otp_secret
        assert session.code_at
        assert session.offer == ""
        # The code that confirmed it opens nothing more.
        assert codes.open_session(house.delegate, session.id, code_at(now(), secret)) == ""
        assert codes.open_session(house.delegate, session.id, fresh[0]) == "recovery"

    def test_the_session_of_another_person_confirms_nothing(self, house, session):
        secret = seal.open_seal(session.offer)
        assert codes.confirm(house.leader, session.id, code_at(now(), secret)) == []
        assert account_of(house.leader).otp_secret == ""

    def test_switching_off_takes_a_code(self, house, session):
        secret = seal.open_seal(session.offer)
        fresh = codes.confirm(house.delegate, session.id, code_at(now(), secret))
        assert not codes.switch_off(house.delegate, "123456")
        assert codes.switch_off(house.delegate, fresh[1])
        account = account_of(house.delegate)
        assert (account.otp_secret, account.recovery) == ("", ())
