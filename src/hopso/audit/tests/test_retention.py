"""Old blocks: only with an approval, only after the years of the policy, and the chain still verifies."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
import json

from hopso.audit import command
from hopso.audit import log
from hopso.audit import retention
from hopso.audit.chain import audit_chain
from hopso.audit.chain import seal
from hopso.audit.keys import Key
from hopso.audit.keys import Keys
from hopso.audit.verify import Verifier
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.text import now
import pytest


LONG_AGO = datetime(2020, 3, 1, 5, tzinfo=UTC)
KEYS = Keys((Key("k1", LONG_AGO - timedelta(days=1), b"1" * 32),))
DAY = date(2020, 4, 1)


@pytest.fixture
def old(house):
    """Two blocks of 2020, sealed then, and what the house did today."""
    book, chain = log.audit_log(), audit_chain()
    today = [(shard, key) for shard in book.shards for key in shard]
    kept = {id(shard): dict(shard.items()) for shard, _key in today}
    for shard, key in today:
        del shard[key]
    for number in range(2):
        log.record("meeting.register", house.meeting, when=LONG_AGO + timedelta(minutes=number))
        seal(book, chain, KEYS, LONG_AGO + timedelta(minutes=number + 1))
    for shard in book.shards:
        shard.update(kept.get(id(shard), {}))
    seal(book, chain, KEYS)
    return book, chain


def approve(portal, make, **params):
    with make.as_system():
        return find_operation(portal, "approve_archive")(
            portal, **{"day": DAY, "decision": "12/QĐ", **params}
        )


def verify(book, chain):
    return Verifier(book, chain, KEYS, moment=now()).run()


def test_approved_blocks_go_to_a_file_and_the_chain_still_verifies(old, portal, make, tmp_path):
    book, chain = old
    before = len(list(book.between()))
    approve(portal, make)
    path = tmp_path / "2020.jsonl"
    assert retention.archive(book, chain, KEYS, DAY, path) == [1, 2]
    assert len(list(book.between())) == before + 1 - 2  # the approval is an entry itself
    assert chain.blocks[1].archived["decision"] == "12/QĐ" and chain.blocks[1].lines is None
    seal(book, chain, KEYS)
    seen = verify(book, chain)
    assert seen.good and seen.archived == 2
    assert [digest for _header, digest in retention.verify_file(path, KEYS)] == [
        chain.blocks[1].hash,
        chain.blocks[2].hash,
    ]
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [row["entry"]["operation"] for row in rows if "entry" in row] == ["meeting.register"] * 2
    assert path.stat().st_mode & 0o077 == 0


def test_without_an_approval_nothing_is_taken_out(old, tmp_path):
    book, chain = old
    with pytest.raises(retention.ArchiveRefused, match="nobody has approved"):
        retention.archive(book, chain, KEYS, DAY, tmp_path / "x")
    assert verify(book, chain).archived == 0


def test_an_approval_does_not_reach_further_than_it_says(old, portal, make, tmp_path):
    book, chain = old
    approve(portal, make)
    with pytest.raises(retention.ArchiveRefused, match="nobody has approved"):
        retention.archive(book, chain, KEYS, date(2020, 6, 1), tmp_path / "x")


def test_entries_younger_than_the_policy_says_stay(house, portal, make):
    today = now().date()
    with pytest.raises(errors.Invalid) as error:
        approve(portal, make, day=today - timedelta(days=300))
    assert "day" in error.value.errors
    with pytest.raises(errors.Invalid):
        approve(portal, make, decision=" ")
    assert len(audit_chain().approvals) == 0


def test_only_those_who_keep_the_policy_approve(house, portal, make):
    with make.as_user(house.admin), pytest.raises(errors.Denied):
        find_operation(portal, "approve_archive")(portal, day=DAY, decision="12/QĐ")
    assert len(audit_chain().approvals) == 0


@pytest.mark.parametrize(
    ("today", "years", "kept"),
    [
        (date(2026, 11, 22), 5, date(2021, 11, 22)),
        (date(2028, 2, 29), 5, date(2023, 2, 28)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
    ],
)
def test_the_first_day_that_stays(today, years, kept):
    assert retention.earliest_kept(today, years) == kept


def test_a_file_that_was_changed_is_no_proof(old, portal, make, tmp_path, capsys):
    book, chain = old
    approve(portal, make)
    path = tmp_path / "2020.jsonl"
    retention.archive(book, chain, KEYS, DAY, path)
    assert command.main(["verify", "--archive", str(path)]) == 0
    path.write_text(
        path.read_text("utf-8").replace("daumoi", "nguoikhac").replace("test_user", "khac"), "utf-8"
    )
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("meeting.register", "meeting.cancel", 1), "utf-8")
    assert command.main(["verify", "--archive", str(path)]) == 2
    assert "is not what was sealed" in capsys.readouterr().err
    path.write_text("\n".join(whole.splitlines()[:-2]), "utf-8")
    assert command.main(["verify", "--archive", str(path)]) == 2


def test_nothing_is_taken_out_when_the_file_is_there_already(old, portal, make, tmp_path):
    book, chain = old
    approve(portal, make)
    path = tmp_path / "2020.jsonl"
    path.write_text("something else")
    with pytest.raises(FileExistsError):
        retention.archive(book, chain, KEYS, DAY, path)
    assert chain.blocks[1].archived is None
