"""A kernel in a file: whole or none, and no trace of an attempt to write it that failed."""

from __future__ import annotations

import errno
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from circuitsim.dynamics import build, code_store, field
from circuitsim.dynamics.code_store import Code
from circuitsim.spec.catalogue import kinds

CODE = Code(b"\x7fELF\n\x00\xff", "a symbol", "div", "dd", ("exp", "log"))
VALUE = kinds().stimuli["constant"].value, "VALUE"


def test_what_is_kept_comes_back(tmp_path):
    code_store.save(tmp_path, "one", CODE)
    assert code_store.load(tmp_path, "one") == CODE
    assert code_store.load(tmp_path, "another") is None
    assert [file.name for file in tmp_path.iterdir()] == ["one.kernel"]


def test_a_file_with_any_byte_changed_or_missing_counts_as_none(tmp_path):
    code_store.save(tmp_path, "one", CODE)
    file = tmp_path / "one.kernel"
    whole = file.read_bytes()
    for k in range(len(whole)):
        for bits in (0x01, 0x20, 0xFF):
            file.write_bytes(whole[:k] + bytes([whole[k] ^ bits]) + whole[k + 1 :])
            assert code_store.load(tmp_path, "one") is None, k
        file.write_bytes(whole[:k])
        assert code_store.load(tmp_path, "one") is None, k
    file.write_bytes(whole + b"\n")
    assert code_store.load(tmp_path, "one") is None


@pytest.mark.parametrize("text", [b"", b"\n", b"1\n", b"[]\n", b"{}\n", b"null", b"\xff\n\xff"])
def test_a_file_of_anything_else_counts_as_none(tmp_path, text):
    (tmp_path / "one.kernel").write_bytes(text)
    assert code_store.load(tmp_path, "one") is None


def test_a_folder_in_the_place_of_a_file_counts_as_none(tmp_path):
    (tmp_path / "one.kernel").mkdir()
    assert code_store.load(tmp_path, "one") is None


@pytest.fixture
def full(monkeypatch):
    """A disk on which half of a file finds room."""
    write = Path.write_bytes

    def half(path: Path, data: bytes) -> int:
        write(path, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", half)


@pytest.mark.usefixtures("full")
def test_on_a_full_disk_nothing_is_left_of_a_file(tmp_path):
    with pytest.raises(OSError, match="No space left"):
        code_store.save(tmp_path, "one", CODE)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_take_its_place_leaves_nothing(tmp_path):
    (tmp_path / "one.kernel").mkdir()
    with pytest.raises(OSError, match="one"):
        code_store.save(tmp_path, "one", CODE)
    assert [file.name for file in tmp_path.iterdir()] == ["one.kernel"]


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """An empty folder, and nothing in memory yet."""
    monkeypatch.setattr(build, "_folder", lambda: tmp_path)
    monkeypatch.setattr(build, "_refused", {})
    monkeypatch.setattr(build, "_entry", cache(build._entry.__wrapped__))
    return tmp_path


@pytest.mark.usefixtures("full")
def test_on_a_full_disk_a_kernel_works_and_is_known_not_to_be_kept(fresh):
    assert build.kernel(*VALUE)(np.array([3.0]), 0.0) == 3.0
    with pytest.raises(OSError, match="No space left"):
        build.keep(*VALUE)
    assert not list(fresh.iterdir())


def test_a_kernel_that_is_kept_is_compiled_once(fresh, monkeypatch):
    build.keep(*VALUE)
    assert [file.name for file in fresh.iterdir()] == [f"{build.name_of(VALUE[0])}.kernel"]
    build._entry.cache_clear()
    monkeypatch.setattr("circuitsim.dynamics.compiler.compiled", None)
    build.keep(*VALUE)


def test_where_nothing_can_be_written_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(build, "_folder", lambda: None)
    monkeypatch.setattr(build, "kernel", lambda *_: None)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        build.keep(field.advance, "ADVANCE")
