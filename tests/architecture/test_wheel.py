"""A wheel holds everything: the command, every module and every resource."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import circuitsim
from circuitsim.spec.paths import resources

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Standard output of a command that must succeed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree."""
    assert importlib.util.find_spec("build") is not None
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel alone was installed."""
    folder = tmp_path_factory.mktemp("site")
    run(
        sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile",
        "--disable-pip-version-check", "--root-user-action=ignore", "--target", str(folder), str(wheel),
        cwd=folder,
    )  # fmt: skip
    return folder


def test_wheel_has_every_module_and_resource(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = Path(circuitsim.__file__).parent
    modules = {path.relative_to(package.parent).as_posix() for path in package.rglob("*.py")}
    data = {
        f"circuitsim/_resources/{path.relative_to(resources()).as_posix()}"
        for path in resources().rglob("*")
        if path.is_file()
    }
    assert modules
    assert data
    assert not (modules | data) - names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.parametrize("arguments", [("--version",), ("kinds",), ("examples",)], ids=" ".join)
def test_installed_command_works_outside_the_checkout(
    installed: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    command = installed / "bin" / "circuitsim"
    printed = run(str(command), *arguments, cwd=tmp_path, PYTHONPATH=str(installed))
    assert printed.strip()
    if arguments == ("--version",):
        assert circuitsim.__version__ in printed


def test_installed_package_reads_its_own_resources(installed: Path, tmp_path: Path) -> None:
    code = "from circuitsim.spec.paths import resources; print(resources())"
    printed = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(installed))
    assert printed.strip() == str(installed / "circuitsim" / "_resources")
