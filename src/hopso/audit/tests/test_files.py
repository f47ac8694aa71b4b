"""The files outside of the database: the hashes of the blocks, and the keys."""

import re

from hopso.audit import anchor
from hopso.audit import keys as key_files
from hopso.audit.keys import Keys
from hopso.audit.tests.book import Book
from hopso.audit.tests.book import rewrite_block
import pytest


def test_the_chain_agrees_with_the_file_of_hashes(book, tmp_path):
    path = tmp_path / "log" / "anchor.log"
    assert anchor.extend(path, book.chain) == 3
    assert anchor.extend(path, book.chain) == 0
    book.write(4)
    book.seal(5)
    assert anchor.extend(path, book.chain) == 1
    assert book.verify(6, anchor=path).good
    assert re.fullmatch(
        r"4 2026-11-20T05:05:00\+00:00 [0-9a-f]{64} k1 [0-9a-f]{64}", path.read_text().split("\n")[3]
    )


def test_a_chain_written_anew_does_not_agree_with_the_file(tmp_path):
    book = Book(Keys())
    for minute in range(3):
        book.write(minute)
        book.write(minute)
        book.seal(minute + 1)
    path = tmp_path / "anchor.log"
    anchor.extend(path, book.chain)
    rewrite_block(book)
    assert book.verify(4).good  # without key and file nothing tells
    assert book.kinds(4, anchor=path) == {"anchor"}


def test_an_end_that_was_cut_off_is_seen_by_the_file(book, tmp_path):
    path = tmp_path / "anchor.log"
    anchor.extend(path, book.chain)
    for shard, key, *_rest in list(book.chain.blocks[3].lines):
        plain = book.log.shards[shard].pop(key)
        del book.chain.sealed[shard][key]
        book.log.by_scope["m"].pop(key, plain)
    del book.chain.blocks[3]
    book.chain.head = (2, book.chain.blocks[2].hash)
    assert book.verify(4).good
    assert book.kinds(4, anchor=path) == {"removed"}


@pytest.mark.parametrize(
    ("text", "kinds"), [("nonsense\n", {"anchor"}), ("", {"anchor"}), ("9 x y - -\n", {"anchor"})]
)
def test_a_file_that_was_touched_is_named(book, tmp_path, text, kinds):
    path = tmp_path / "anchor.log"
    path.write_text(text)
    assert book.kinds(30, anchor=path) == kinds


def test_a_line_cut_short_by_a_full_disk_is_closed(book, tmp_path):
    path = tmp_path / "anchor.log"
    anchor.extend(path, book.chain)
    path.write_text(path.read_text()[:-30])
    assert anchor.extend(path, book.chain) == 1
    assert len(path.read_text().splitlines()) == 4


# --- keys ------------------------------------------------------------------------------


def test_keys_are_made_read_and_rotated(tmp_path):
    path = tmp_path / "keys"
    first, second = key_files.add_key(path), key_files.add_key(path)
    assert [one.id for one in key_files.read_keys(path).all] == [first, second]
    assert key_files.read_keys(path).current.id == second
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    ["", "k1 2026-11-20 00", "k1 2026-11-20T00:00:00+00:00 abc", f"k1 2026-11-20T00:00:00 {'0' * 64}", "á"],
)
def test_a_bad_file_of_keys_is_refused_without_telling_keys(tmp_path, text):
    path = tmp_path / "keys"
    path.write_text(text)
    with pytest.raises(key_files.BadKeyFile) as error:
        key_files.read_keys(path)
    assert "0000" not in str(error.value)


def test_without_a_named_file_there_are_no_keys(monkeypatch, tmp_path):
    monkeypatch.delenv(key_files.VARIABLE, raising=False)
    assert key_files.read_keys().current is None
    monkeypatch.setenv(key_files.VARIABLE, str(tmp_path / "missing"))
    with pytest.raises(key_files.BadKeyFile):
        key_files.read_keys()
