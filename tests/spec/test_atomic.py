"""Files are written as a whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from circuitsim.spec import atomic
from circuitsim.spec.issue import InputError


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def write_and_fail(error: BaseException, *paths: Path) -> None:
    with atomic.replacing(*paths) as files:
        for file in files:
            file.write(b"half")
        raise error


def test_permissions_are_kept_and_links_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "real", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    atomic.write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_obeys_the_mask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        atomic.write_bytes(tmp_path / "new", b"")
    finally:
        os.umask(old)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


def test_files_that_belong_together_appear_together(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"old")
    with pytest.raises(InputError, match="the disk is full"):
        write_and_fail(OSError(errno.ENOSPC, "No space left on device"), one, two)
    assert contents(tmp_path) == {"one": b"old"}
    with atomic.replacing(one, two) as (first, second):
        first.write(b"1")
        second.write(b"2")
    assert contents(tmp_path) == {"one": b"1", "two": b"2"}


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(KeyboardInterrupt(), tmp_path / "x")
    assert contents(tmp_path) == {}


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x"
    target.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="x: the disk is full; free some space or choose another place"):
        atomic.write_bytes(target, b"new")
    assert contents(tmp_path) == {"x": b"old"}


def test_a_full_device_is_a_sentence_and_stays_a_device(tmp_path: Path) -> None:
    link = tmp_path / "x"
    link.symlink_to("/dev/full")
    with pytest.raises(InputError, match="the disk is full"):
        atomic.write_bytes(link, b"new")
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize(
    ("prepare", "expected"),
    [
        (lambda p: (p.write_bytes(b"old"), p.chmod(0o444)), "the file is read-only"),
        (lambda p: p.parent.chmod(0o555), "its folder is read-only"),
        (lambda p: p.mkdir(), "it is a folder, not a file"),
        (lambda p: p.parent.rmdir(), "its folder does not exist"),
        (lambda p: (p.parent.rmdir(), p.parent.write_bytes(b"")), "a part of its path is a file"),
        (lambda p: p.symlink_to(p), "its links lead in a circle"),
    ],
)
def test_a_target_that_cannot_be_written_is_refused(prepare, expected: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "folder"
    folder.mkdir()
    prepare(folder / "x")
    with pytest.raises(InputError, match=expected):
        atomic.check(folder / "x")  # before any work
    with pytest.raises(InputError, match=expected):
        atomic.write_bytes(folder / "x", b"new")
    if folder.is_dir():
        folder.chmod(0o755)


def test_no_name_is_no_file() -> None:
    with pytest.raises(InputError, match="it is a folder, not a file"):
        atomic.check(Path())
