"""Folders of kernels of other editions: removed when nobody has used them for long, and nothing else is."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from circuitsim.dynamics import code_store
from circuitsim.dynamics.editions import DAY, clear

OWN = "0" * 16


def old(path: Path, days: float) -> Path:
    """A file or folder that was last written to so long ago."""
    then = time.time() - days * DAY
    os.utime(path, (then, then), follow_symlinks=False)
    return path


def made(root: Path, name: str, files: tuple[str, ...], days: float) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).write_text("")
        old(folder / file, days)
    return old(folder, days)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return made(tmp_path, OWN, (), 0)


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_folder_that_nobody_has_used_for_weeks_is_removed(tmp_path, own):
    made(tmp_path, "a" * 16, ("field-advance.kernel", ".field-advance-12", ".writable-12"), 31)
    clear(own)
    assert left(tmp_path) == [OWN]


def test_a_folder_that_was_used_lately_keeps_all_but_stray_drafts(tmp_path, own):
    lately = made(tmp_path, "a" * 16, ("field-advance.kernel", ".field-advance-12", ".writable-12"), 2)
    (lately / ".field-advance-13").write_text("")  # somebody is writing it
    clear(own)
    assert left(lately) == [".field-advance-13", "field-advance.kernel"]


@pytest.mark.parametrize("name", ["a" * 15, "A" * 16, "x" * 16, "notes", f"{'a' * 16}.old"])
def test_a_folder_with_another_name_is_left_alone(tmp_path, own, name):
    made(tmp_path, name, ("field-advance.kernel", ".writable-12"), 999)
    clear(own)
    assert left(tmp_path / name) == [".writable-12", "field-advance.kernel"]


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "a.kernel~"])
def test_what_else_lies_in_an_old_folder_stays_with_it(tmp_path, own, name):
    folder = made(tmp_path, "a" * 16, ("field-advance.kernel", name), 99)
    clear(own)
    assert left(folder) == [name]


def test_the_own_folder_is_never_removed(tmp_path):
    own = made(tmp_path, OWN, ("field-advance.kernel", ".writable-12"), 999)
    clear(own)
    assert left(own) == [".writable-12", "field-advance.kernel"]


def test_links_are_not_followed(tmp_path, own):
    elsewhere = made(tmp_path / "elsewhere", "b" * 16, ("field-advance.kernel",), 99)
    (tmp_path / ("a" * 16)).symlink_to(elsewhere)
    clear(own)
    assert left(elsewhere) == ["field-advance.kernel"]
    assert (tmp_path / ("a" * 16)).is_symlink()


def test_what_cannot_be_removed_stays_and_the_rest_goes(tmp_path, own, monkeypatch):
    stubborn = made(tmp_path, "a" * 16, ("field-advance.kernel",), 99)
    made(tmp_path, "b" * 16, ("field-advance.kernel",), 99)
    unlink = Path.unlink

    def refusing(path: Path) -> None:
        if path.parent == stubborn:
            raise PermissionError(path)
        unlink(path)

    monkeypatch.setattr(Path, "unlink", refusing)
    clear(own)
    assert left(tmp_path) == [OWN, "a" * 16, f"{'a' * 16}/field-advance.kernel"]


def test_old_folders_are_looked_for_when_a_folder_is_made_and_not_again(tmp_path, monkeypatch):
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(tmp_path))
    root = code_store.root()
    for there in ([], ["b" * 16]):
        made(root, "b" * 16, ("field-advance.kernel",), 99)
        found = code_store.folder()
        assert found is not None
        assert sorted(path.name for path in root.iterdir()) == sorted([*there, found.name])


def test_a_start_counts_as_use_of_a_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CIRCUITSIM_CACHE_DIR", str(tmp_path))
    found = code_store.folder()
    assert found is not None
    old(found, 99)
    code_store.folder()
    assert time.time() - found.stat().st_mtime < DAY
