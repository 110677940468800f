"""Settings survive the program, and nothing that lies in their file can keep it from starting."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circuitsim.spec.issue import InputError
from circuitsim.store import places
from circuitsim.store.settings import RECENT, Geometry, Settings, dumps, loads
from circuitsim.store.store import DAMAGED, FILE, Store

if TYPE_CHECKING:
    from pathlib import Path


def test_everything_that_is_written_is_read_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "folder")
    everything: dict[str, Any] = {
        "theme": "dark", "scale": 1.5, "unit_system": "physiological", "times": "circuit", "solver": "fused",
        "reduced_motion": True, "strip_dismissed": True, "recent": ("/a", "/b"), "last": "/a",
        "geometry": Geometry(-5, 10, 1200, 800, maximized=True), "hidden_panels": ("scope",),
        "export_folder": "/c",
    }  # fmt: skip
    assert set(everything) == set(Settings.__struct_fields__)
    store.change(**everything)
    store.write()
    again = Store(tmp_path / "new" / "folder")
    assert again.settings == Settings(**everything)
    assert not again.notices


def test_nothing_is_read_where_nothing_was_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.settings == Settings()
    assert not store.notices
    assert not list(tmp_path.iterdir())


def test_a_store_without_a_folder_keeps_nothing() -> None:
    store = Store(None)
    store.change(theme="dark")
    store.write()
    assert store.session is None
    assert store.untitled is None
    assert Store(None).settings == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"format": "other"}', b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_defaults_serve(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    store = Store(tmp_path)
    assert store.settings == Settings()
    assert DAMAGED in store.notices[0]
    assert (tmp_path / DAMAGED).read_bytes() == content
    store.write()
    assert not Store(tmp_path).notices


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("theme", "pink"), ("scale", 7), ("scale", "large"), ("unit_system", "imperial"), ("times", 1),
        ("recent", ["/a"] * 99), ("recent", [""]), ("geometry", {"x": 1}), ("hidden_panels", "scope"),
        ("geometry", {"x": 0, "y": 0, "width": 1e9, "height": 5}), ("last", 3),
    ],
)  # fmt: skip
def test_a_bad_field_gets_its_default_and_the_others_stay(tmp_path: Path, name: str, bad: Any) -> None:
    content = json.loads(dumps(Settings(reduced_motion=True))) | {name: bad}
    (tmp_path / FILE).write_text(json.dumps(content))
    store = Store(tmp_path)
    assert store.settings == Settings(reduced_motion=True)
    assert name.replace("_", " ") in store.notices[0]


def test_fields_of_another_version_are_left_alone(tmp_path: Path) -> None:
    content = json.loads(dumps(Settings(theme="dark"))) | {"version": 9, "smell": "roses"}
    assert loads(json.dumps(content).encode(), tmp_path) == (Settings(theme="dark"), ())


@given(
    st.dictionaries(
        st.sampled_from(Settings.__struct_fields__), st.one_of(st.none(), st.integers(), st.text())
    )
)
def test_no_field_can_keep_the_program_from_starting(fields: dict[str, Any]) -> None:
    content = json.dumps({"format": "circuitsim settings", **fields}).encode("utf-8", "replace")
    settings, _ = loads(content, places.folder())
    assert loads(dumps(settings), places.folder()) == (settings, ())


def test_ten_recent_files_are_kept_and_missing_ones_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path / "kept")
    files = [tmp_path / f"{k}.circuit.json" for k in range(RECENT + 2)]
    for file in files:
        file.touch()
        store.remember(file)
    store.remember(files[5])
    assert store.recent() == (files[5], *(f for f in reversed(files[2:]) if f != files[5]))
    files[5].unlink()
    assert len(store.recent()) == RECENT - 1
    assert str(files[5]) not in store.settings.recent


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(places.VARIABLE, raising=False)
    assert str(places.folder()).startswith(os.environ["XDG_CONFIG_HOME"])
    monkeypatch.setenv(places.VARIABLE, str(tmp_path))
    assert places.folder() == tmp_path
    Store.of_user().write()
    assert (tmp_path / FILE).exists()


def test_settings_that_cannot_be_written_say_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file" / "below")
    with pytest.raises(InputError, match="not a folder"):
        store.write()
    with pytest.raises(InputError, match="not a folder"):
        store.make_session_folder()
