"""What may be imported where: Qt only by the app, numba only when a kernel is needed."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from functools import cache

import pytest

import circuitsim

QT = ("PySide6", "shiboken6", "pyqtgraph")

IMPORT_WITHOUT_QT = """
import importlib, json, sys, traceback

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {qt}:
            raise ImportError(f"{{name}} is blocked")

sys.meta_path.insert(0, Blocked())
failures = {{}}
for module in {modules}:
    try:
        importlib.import_module(module)
    except BaseException:
        failures[module] = traceback.format_exc()
print(json.dumps(failures))
"""


def headless_modules() -> list[str]:
    """Every module outside the app, found without importing any of them."""
    found = ["circuitsim"]
    folders = [(circuitsim.__path__, "circuitsim.")]
    while folders:
        path, prefix = folders.pop()
        for module in pkgutil.iter_modules(path, prefix):
            if module.name == "circuitsim.app":
                continue
            found.append(module.name)
            if module.ispkg:
                folders.append(
                    ([f"{folder}/{module.name.rpartition('.')[2]}" for folder in path], module.name + ".")
                )
    return sorted(found)


def python(code: str) -> str:
    """Standard output of the code, run in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def failures_without_qt() -> dict[str, str]:
    failures: dict[str, str] = json.loads(python(IMPORT_WITHOUT_QT.format(qt=QT, modules=headless_modules())))
    return failures


@pytest.mark.parametrize("module", headless_modules())
def test_module_imports_with_qt_blocked(module: str) -> None:
    failures = failures_without_qt()
    assert module not in failures, failures[module]


@pytest.mark.parametrize(
    "code",
    [
        "import circuitsim",
        "import circuitsim; [getattr(circuitsim, name) for name in getattr(circuitsim, '__all__', ())]",
        "from circuitsim.spec.catalogue import kinds; kinds()",
    ],
    ids=["import", "front door", "kinds"],
)
def test_heavy_libraries_wait_until_they_are_needed(code: str) -> None:
    loaded = set(
        python(f"{code}\nimport sys; print(*(name.partition('.')[0] for name in sys.modules))").split()
    )
    heavy = {*QT, "numba", "llvmlite", "scipy", "pandas"}
    assert not loaded & heavy
