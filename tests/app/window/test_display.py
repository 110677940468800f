"""A display is asked for before Qt is, so that a missing one is one sentence and not the end of the program."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from circuitsim.app.window.display import has_display, require_display
from circuitsim.spec.issue import InputError

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
NOBODY = ":93871"  # no X server answers here

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is one display")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names no display."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def refusal() -> str:
    assert not has_display()
    with pytest.raises(InputError) as raised:
        require_display()
    return raised.value.sentence


@pytest.mark.usefixtures("bare")
def test_no_display_is_refused_with_a_remedy() -> None:
    said = refusal()
    assert "no display" in said
    assert "circuitsim shot" in said


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_display_that_does_not_answer_is_named(bare: pytest.MonkeyPatch, name: str) -> None:
    bare.setenv(name, NOBODY)
    assert NOBODY in refusal()


def test_a_compositor_that_listens_is_a_display(bare: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(Path(folder) / "wayland-7"))
        compositor.listen()
        bare.setenv("XDG_RUNTIME_DIR", folder)
        bare.setenv("WAYLAND_DISPLAY", "wayland-7")
        assert has_display()
        require_display()
        bare.setenv("QT_QPA_PLATFORM", "xcb")  # Qt is told to use X, of which there is none
        assert "wayland-7" in refusal()


def test_a_platform_without_a_screen_needs_no_display(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("QT_QPA_PLATFORM", "offscreen")
    require_display()


def test_the_command_says_one_sentence() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in NAMES}
    done = subprocess.run(
        [sys.executable, "-m", "circuitsim"],
        env=environment | {"DISPLAY": NOBODY},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert NOBODY in done.stderr
