"""The chain: what is sealed, by whom and when, and how a verification goes on."""

from datetime import timedelta

from hopso.audit import log
from hopso.audit.chain import AuditChain
from hopso.audit.chain import Block
from hopso.audit.chain import seal
from hopso.audit.keys import Key
from hopso.audit.keys import Keys
from hopso.audit.tests.book import Book
from hopso.audit.tests.book import entry
from hopso.audit.tests.book import KEYS
from hopso.audit.tests.book import NOON
from hopso.audit.tests.book import rewrite_block
from hopso.audit.verify import Checkpoint
from hopso.audit.verify import Verifier
import pytest
import transaction
import ZODB
from ZODB.DemoStorage import DemoStorage
from ZODB.POSException import ConflictError


def test_what_was_sealed_verifies(book):
    seen = book.verify(4)
    assert seen.good
    assert (seen.blocks, seen.entries, seen.waiting, seen.late) == (3, 12, 0, 0)
    assert book.seal(4) == []


def test_a_block_names_the_one_before(book):
    first, second, _third = book.chain.blocks.values()
    assert second.header["previous"] == first.hash
    assert book.chain.head == (3, book.chain.blocks[3].hash)
    assert (first.header["number"], first.header["count"], first.header["key"]) == (1, 4, "k1")


def test_without_news_a_block_a_hour_says_that_the_log_is_alive(book):
    assert book.seal(30) == []
    (block,) = book.seal(64)
    assert block.header["count"] == 0
    assert book.verify(65).good
    assert book.kinds(64 + 121) == {"stopped"}


def test_many_entries_make_several_blocks(book, monkeypatch):
    monkeypatch.setattr("hopso.audit.chain.BLOCK_SIZE", 5)
    for number in range(12):
        book.write(3 + number / 100)
    assert [one.header["count"] for one in book.seal(4)] == [5, 5, 2]
    assert book.verify(5).good


def test_an_entry_whose_transaction_took_long_is_sealed_late_not_lost(book):
    book.write(-3)
    (block,) = book.seal(4)
    assert block.header["late"] == 1
    seen = book.verify(5)
    assert seen.good and seen.late == 1


def test_what_came_later_than_the_window_is_found_at_night(book):
    book.seal(64)
    book.write(10)
    assert book.seal(70) == []
    assert book.kinds(70) == {"added"}
    assert book.seal(71, everything=True)[0].header["late"] == 1
    assert book.verify(72).good


def test_after_a_stop_everything_since_the_last_block_is_sealed_and_not_called_late(book):
    book.write(10)
    book.write(600)
    assert book.kinds(601) == {"unsealed", "stopped"}
    (block,) = book.seal(602)
    assert (block.header["count"], block.header["late"]) == (2, 0)
    assert book.verify(603).good


def test_an_unsealed_gap_is_named(book):
    book.write(4)
    assert book.verify(5).waiting == 1
    (problem,) = book.verify(15).problems
    assert (problem.kind, problem.when) == ("unsealed", NOON + timedelta(minutes=4))


def test_a_key_that_is_gone_is_named(book):
    assert book.kinds(keys=Keys((Key("k2", NOON, b"2" * 32),))) == {"key"}


def test_after_a_change_of_keys_old_blocks_still_verify(book):
    book.keys = Keys((*KEYS.all, Key("k2", NOON + timedelta(minutes=4), b"2" * 32)))
    book.write(4)
    (block,) = book.seal(5)
    assert block.header["key"] == "k2"
    assert book.verify(6).good


def test_without_a_key_the_chain_still_shows_changes():
    book = Book(Keys())
    book.write()
    book.seal(1)
    book.write(1)
    book.seal(2)
    assert book.verify(3).good
    change = next(iter(book.chain.blocks[1].lines))
    book.log.shards[change[0]][change[1]] = {"who": "nobody"}
    assert "changed" in book.kinds(3)


def test_an_empty_log_verifies():
    assert Book().verify(0).good


# --- resuming ---------------------------------------------------------------------------


def test_a_verification_goes_on_where_one_ended(book):
    first = book.verify(4)
    book.write(4)
    book.seal(5)
    seen = book.verify(6, start=Checkpoint(*first.head))
    assert seen.good and (seen.blocks, seen.entries) == (1, 1)


def test_a_checkpoint_must_still_be_in_the_chain(book):
    checkpoint = Checkpoint(*book.verify(4).head)
    rewrite_block(book)
    assert "block" in book.kinds(start=checkpoint)


# --- in a database ----------------------------------------------------------------------


@pytest.fixture
def database():
    made = ZODB.DB(DemoStorage())  # resolves conflicts of BTrees as ZEO and RelStorage do
    yield made
    made.close()


def connection_to(database):
    connection = database.open(transaction.TransactionManager())
    connection.transaction_manager.begin()
    return connection


def test_two_sealers_at_once_do_not_fork_the_chain(database):
    first = connection_to(database)
    root = first.root()
    root["log"], root["chain"] = log.AuditLog(), AuditChain()
    root["log"].append(entry())
    first.transaction_manager.commit()
    second = connection_to(database)
    for connection in (first, second):
        seal(connection.root()["log"], connection.root()["chain"], KEYS, NOON + timedelta(minutes=1))
    first.transaction_manager.commit()
    with pytest.raises(ConflictError):
        second.transaction_manager.commit()
    second.transaction_manager.abort()
    second.transaction_manager.begin()
    assert seal(second.root()["log"], second.root()["chain"], KEYS, NOON + timedelta(minutes=1)) == []
    assert len(second.root()["chain"].blocks) == 1
    first.close(), second.close()


def test_sealing_and_writing_do_not_meet(database):
    writer = connection_to(database)
    root = writer.root()
    root["log"], root["chain"] = log.AuditLog(), AuditChain()
    writer.transaction_manager.commit()
    sealer = connection_to(database)
    for number in range(60):
        for connection in (writer, sealer):
            connection.transaction_manager.begin()
        writer.root()["log"].append(entry(number, scope="m", units=("u",)))
        seal(sealer.root()["log"], sealer.root()["chain"], KEYS, NOON + timedelta(minutes=number))
        writer.transaction_manager.commit()
        sealer.transaction_manager.commit()
    for connection in (writer, sealer):
        connection.transaction_manager.begin()
    book = sealer.root()["log"], sealer.root()["chain"], KEYS
    seal(*book, NOON + timedelta(minutes=60))
    seen = Verifier(*book, moment=NOON + timedelta(minutes=61)).run()
    assert seen.good and seen.entries == 60
    for connection in (writer, sealer):
        connection.transaction_manager.abort()
        connection.close()


def test_an_entry_costs_two_small_objects(database):
    writer = connection_to(database)
    root = writer.root()
    root["log"] = log.AuditLog()
    for number in range(300):
        root["log"].append(entry(number, scope="m"))
    writer.transaction_manager.commit()
    writer.transaction_manager.begin()
    root["log"].append(entry(400, scope="m", units=("u", "v"), subject="bi"))
    written = [one for one in writer._registered_objects if one._p_changed]
    assert len(written) <= 3  # a bucket of the shard, one of the meeting's history, at times their tree
    assert not any(isinstance(one, Block) for one in written)
    writer.transaction_manager.abort()
    writer.close()
