"""Sealing and verifying in a site whose transactions are committed."""

import json

from hopso.audit import command
from hopso.audit import jobs
from hopso.audit import log
from hopso.audit.anchor import VARIABLE as ANCHOR
from hopso.audit.chain import audit_chain
from hopso.audit.keys import add_key
from hopso.audit.keys import read_keys
from hopso.audit.keys import VARIABLE as KEYS
from hopso.core.aside import in_own_transaction
from hopso.tasks.jobs import find_job
import pytest
import transaction


@pytest.fixture
def deployment(functional_portal, tmp_path, monkeypatch):
    """Keys and a file of hashes outside of the database."""
    add_key(tmp_path / "keys")
    monkeypatch.setenv(KEYS, str(tmp_path / "keys"))
    monkeypatch.setenv(ANCHOR, str(tmp_path / "anchor.log"))
    return tmp_path


def act(make, house):
    make.change(house.meeting, purpose="Chỉ đạo")
    transaction.commit()


def test_acts_are_sealed_by_the_job_and_verified(served_house, deployment, make):
    act(make, served_house)
    assert jobs.seal_new() >= 1
    transaction.commit()
    chain = audit_chain()
    assert chain.last.header["key"] == read_keys().current.id
    lines = (deployment / "anchor.log").read_text().splitlines()
    assert lines[-1].split()[2] == chain.last.hash
    seen = jobs.verify_now()
    assert seen.good and seen.entries > 5 and seen.waiting == 0
    assert (chain.report.problems, chain.report.entries) == (0, seen.entries)


def test_what_somebody_changes_in_the_database_is_found(served_house, deployment, make):
    act(make, served_house)
    jobs.seal_new()
    transaction.commit()

    def tamper(site):
        book = log.log_of(site)
        shard = next(one for one in book.shards if len(one))
        key = next(iter(shard))
        shard[key] = {**shard[key], "who": "nguoi-khac"}

    in_own_transaction(tamper)
    transaction.begin()
    seen = jobs.verify_now()
    assert seen.problems[0].kind == "changed"
    assert audit_chain().report.texts[0].startswith("changed: the entry is not what was sealed, block 1")


def test_nothing_is_anchored_that_is_not_committed(served_house, deployment):
    jobs.seal_new()
    transaction.abort()
    assert not (deployment / "anchor.log").exists()


def test_an_anchor_that_cannot_be_written_stops_no_seal(served_house, deployment, monkeypatch):
    monkeypatch.setenv(ANCHOR, "/proc/nowhere/anchor.log")
    jobs.seal_new()
    transaction.commit()
    assert audit_chain().head[0] >= 1


def test_at_night_all_is_verified_and_what_came_late_is_sealed(served_house, deployment):
    jobs.nightly()
    transaction.commit()
    report = audit_chain().report
    assert report.when is not None
    kept = report.when
    jobs.nightly()
    assert audit_chain().report.when == kept
    assert (find_job("audit.seal").minutes, find_job("audit.night").minutes) == (1, 60)


# --- the command ---------------------------------------------------------------------


@pytest.fixture
def run(served_house, deployment, monkeypatch, capsys):
    """Carry out a command line on the site of the test; return (exit code, output)."""
    from contextlib import contextmanager

    from hopso.audit.anchor import anchor_path

    @contextmanager
    def opened(wanted):
        yield log.audit_log(), audit_chain(), read_keys(wanted.keys), wanted.anchor or anchor_path()

    monkeypatch.setattr(command, "opened", opened)
    jobs.seal_new()
    transaction.commit()

    def carry_out(*words):
        code = command.main(list(words))
        said = capsys.readouterr()
        return code, said.out + said.err

    return carry_out


def test_the_command_says_whether_the_log_is_what_was_sealed(run, deployment):
    code, said = run("verify", "--conf", "x")
    assert code == 0 and "the log is what was sealed" in said
    shard = next(one for one in log.audit_log().shards if len(one))
    del shard[next(iter(shard))]
    code, said = run("verify", "--conf", "x", "--json")
    assert code == 1
    assert json.loads(said)["problems"][0]["kind"] == "removed"
    code, said = run("verify", "--conf", "x")
    assert code == 1 and said.startswith("NOT AS SEALED  removed: the entry is gone, block 1, entry ")


def test_the_command_goes_on_from_a_checkpoint(run, deployment):
    checkpoint = deployment / "checkpoint"
    assert run("verify", "--conf", "x", "--resume", str(checkpoint))[0] == 0
    code, said = run("verify", "--conf", "x", "--resume", str(checkpoint))
    assert code == 0 and said.startswith("0 blocks, 0 entries verified")
    checkpoint.write_text("nonsense")
    assert run("verify", "--conf", "x", "--resume", str(checkpoint))[0] == 2


def test_the_command_tells_the_state_and_exports(run, deployment):
    code, said = run("status", "--conf", "x")
    assert code == 0 and "blocks: 1" in said and "last verification: never" in said
    out = deployment / "out.jsonl"
    code, said = run("export", "--conf", "x", "--to", str(out))
    assert code == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert f"{len(rows)} entries" in said and {"content.added"} <= {one["operation"] for one in rows}
    assert log.entries(limit=1)[0].operation == "audit.export"
    assert run("export", "--conf", "x", "--to", str(out))[0] == 2  # nothing is overwritten


@pytest.mark.parametrize(
    "words", [("verify", "--conf", "/nowhere/zope.conf"), ("new-key", "--keys", "/nowhere/keys")]
)
def test_what_cannot_be_done_ends_with_two(words, capsys):
    assert command.main(list(words)) == 2
    assert capsys.readouterr().err.startswith("hopso-audit: ")


def test_a_new_key_is_used_from_then_on(run, deployment):
    assert run("new-key", "--keys", str(deployment / "keys"))[0] == 0
    log.record("login", who="ai")
    transaction.commit()
    jobs.seal_new()
    transaction.commit()
    assert audit_chain().last.header["key"] == read_keys().all[1].id
    assert run("verify", "--conf", "x")[0] == 0
