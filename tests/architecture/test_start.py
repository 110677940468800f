"""What a start brings into the process before its window is painted: nothing that a first picture does not need."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.gui

START = """
import builtins, sys
from circuitsim.app.window import plain_imports
plain = builtins.__import__
plain_imports.keep_plain()
from circuitsim.app.window.start import application, start
from circuitsim.store.store import Store
application()
window = start(None, Store(None))
print(builtins.__import__ is plain)
print(*sys.modules)
window.leave_at_once()
"""
WAIT = (  # for kernels, for results, for somebody who asks
    "numba", "llvmlite", "scipy", "pandas", "pyqtgraph", "concurrent.futures", "multiprocessing", "email", "http", "ssl",
    "importlib.metadata", "circuitsim.dynamics.compiler", "circuitsim.dynamics.build", "circuitsim.dynamics.compile_process",
    "circuitsim.spec.notation", "circuitsim.app.equations", "circuitsim.app.help.page", "circuitsim.app.window.dialogs",
    "circuitsim.app.dialogs.network", "circuitsim.app.dialogs.gallery", "circuitsim.app.dialogs.export",
    "circuitsim.app.dialogs.settings", "circuitsim.app.window.frame_log", "circuitsim.app.window.tours.dcm",
)  # fmt: skip


def test_what_the_first_picture_does_not_need_is_imported_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    code = f"import sys; sys.path[:] = {sys.path!r}\n{START}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr
    past_pyside, loaded = done.stdout.splitlines()
    assert past_pyside == "True"
    assert {"circuitsim.app.window.main_window", "PySide6.QtWidgets"} <= set(loaded.split())
    early = {
        name for name in loaded.split() for heavy in WAIT if name == heavy or name.startswith(f"{heavy}.")
    }
    assert not early
