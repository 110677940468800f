"""What every test stands on: an off-screen platform, a home of its own, and nothing left running behind it."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from circuitsim.spec.paths import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

_HOME = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Give the session its own home, before anything reads a setting or writes a cache.

    Compiled kernels go to one folder for the whole session, shared with worker processes, which inherit the
    environment; a folder named by the caller is kept, so that a developer need not compile at each call. So it is
    with the bytecode of the many processes that tests start: to make it takes longer than what they do.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = Path(tempfile.mkdtemp(prefix="circuitsim-tests-"))
    config.stash[_HOME] = home
    os.environ["HOME"] = str(home)
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        folder = home / name.lower()
        folder.mkdir()
        os.environ[f"XDG_{name}_HOME"] = str(folder)
    os.environ.setdefault("CIRCUITSIM_CACHE_DIR", str(home / "kernels"))
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(home / "bytecode"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the home of the session."""
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that use Qt as such; skip those that need a real display, or ncps, where there is none."""
    no_display = pytest.mark.skip(reason="needs an X display (QT_QPA_PLATFORM=xcb), see packaging/test.sh")
    no_peers = pytest.mark.skip(reason="needs ncps and torch, see packaging/test.sh --peers")
    peers = all(map(find_spec, ("ncps", "torch")))
    for item in items:
        display = item.get_closest_marker("display") is not None
        if display or {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)
        if display and os.environ["QT_QPA_PLATFORM"] != "xcb":
            item.add_marker(no_display)
        if not peers and item.get_closest_marker("peers") is not None:
            item.add_marker(no_peers)


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a top-level widget."""
    gui = request.node.get_closest_marker("gui") is not None
    threads = set(threading.enumerate())
    before = _qt_leftovers() if gui else []
    if gui:  # as in the program: cycles are looked for in the thread of the window alone, see app/window/garbage.py
        gc.disable()
    yield
    gc.enable()
    left = [f"thread {thread.name}" for thread in _surviving(threads)]
    after: list[Any] = []
    if gui and _new(_qt_leftovers(), before):
        gc.collect()  # what only a reference cycle keeps alive is not a leak
        gc.freeze()  # what is left is there for long: the next search shall not look through it again
        after = _new(_qt_leftovers(), before)
    left += [f"{item!r} {getattr(item, 'text', str)()!r}" for item in after]
    if left:
        pytest.fail(f"the test left behind: {', '.join(left)}", pytrace=False)


def _new(now: list[Any], before: list[Any]) -> list[Any]:
    return [item for item in now if not any(item is old for old in before)]


def _surviving(known: set[threading.Thread], patience: float = 60.0) -> list[threading.Thread]:
    """New threads that are still alive after a wait long enough to compile a kernel; stand-ins for threads of Qt are looked at as Qt's."""
    deadline = time.monotonic() + patience
    new = [
        thread
        for thread in threading.enumerate()
        if thread not in known and not isinstance(thread, threading._DummyThread)
    ]
    for thread in new:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in new if thread.is_alive()]


def _qt_leftovers() -> list[Any]:
    """Active timers, running threads of Qt and top-level widgets, once Qt is in use at all."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    if not isinstance(QCoreApplication.instance(), QApplication):
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    this_thread = QThread.currentThread()
    found: list[Any] = []
    for item in Shiboken.getAllValidWrappers():
        if isinstance(item, QTimer):
            if item.isActive():
                found.append(item)
        elif isinstance(item, QThread) and item.isRunning() and item is not this_thread:
            found.append(item)
    # A tooltip belongs to Qt, which takes it away in its own time.
    return found + [w for w in QApplication.topLevelWidgets() if w.metaObject().className() != "QTipLabel"]


@pytest.fixture
def example() -> Callable[[str], Path]:
    """The file of an example circuit by its id."""
    return lambda name: resource("examples", f"{name}.circuit.json")
