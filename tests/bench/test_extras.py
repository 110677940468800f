"""What is printed to be typed works, and never fetches a stranger's package of the same name."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from circuitsim.bench import extras
from circuitsim.bench.bench import peers

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = [
    "numpy>=2.0",
    "diffrax>=0.7; extra == 'bench'",
    'brian2<2.10,>=2.9; extra == "brian2"',
    'numpy<2.4 ; extra == "brian2"',
]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Pretend that the program is an installed package; the test says what pip kept in mind of it."""

    def made(told):
        text = None if told is None else json.dumps(told)
        monkeypatch.setattr(extras, "ROOT", tmp_path)
        monkeypatch.setattr(extras, "requires", lambda _: REQUIRED)
        monkeypatch.setattr(extras, "distribution", lambda _: SimpleNamespace(read_text=lambda _: text))

    return made


def commands(text):
    return [shlex.split(part) for part in text.split(" && ")]


def test_from_a_checkout_extras_come_from_the_checkout():
    assert commands(extras.here("bench")) == [
        [sys.executable, "-m", "pip", "install", "-e", f"{ROOT}[bench]"]
    ]
    assert commands(extras.apart("brian2")) == [
        [sys.executable, "-m", "venv", "apart"],
        ["apart/bin/pip", "install", "-e", f"{ROOT}[brian2]"],
        ["apart/bin/circuitsim", "bench", "--peers"],
    ]


def test_a_shell_reads_an_odd_path_as_one_word(tmp_path, monkeypatch):
    odd = tmp_path / "it's $HOME & more"
    odd.mkdir()
    (odd / "pyproject.toml").write_text('[project]\nname = "circuitsim"\n')
    monkeypatch.setattr(extras, "ROOT", odd)
    last = extras.here("bench").rpartition(" -e ")[2]
    said = subprocess.run(["sh", "-c", f"printf %s {last}"], capture_output=True, text=True, check=True)
    assert said.stdout == f"{odd}[bench]"


def test_an_installed_package_names_the_packages_of_an_extra(installed):
    installed(None)
    assert commands(extras.here("bench")) == [[sys.executable, "-m", "pip", "install", "diffrax>=0.7"]]
    assert extras.here("unheard") == ""
    apart = extras.apart("brian2")
    assert "install circuitsim in it from where it came" in apart
    assert "apart/bin/pip install 'brian2<2.10,>=2.9' 'numpy<2.4'" in apart


def test_an_environment_of_its_own_gets_what_was_installed_here(installed, tmp_path):
    wheel = tmp_path / "circuitsim-1-py3-none-any.whl"
    wheel.touch()
    installed({"url": wheel.as_uri(), "archive_info": {}})
    assert commands(extras.apart("brian2"))[1][-1] == f"circuitsim[brian2] @ {wheel.as_uri()}"
    wheel.unlink()
    assert "from where it came" in extras.apart("brian2")
    vcs = {"vcs": "git", "commit_id": "abc"}
    installed({"url": "https://example.org/c.git", "vcs_info": vcs, "subdirectory": "code"})
    origin = "circuitsim[brian2] @ git+https://example.org/c.git@abc#subdirectory=code"
    assert commands(extras.apart("brian2"))[1][-1] == origin


@pytest.mark.parametrize("text", ["", "[project", "[project]\nname = 'other'", "project = 1"])
def test_sources_of_something_else_are_no_checkout(text, installed, tmp_path):
    installed(None)
    (tmp_path / "pyproject.toml").write_text(text)
    assert str(tmp_path) not in extras.here("bench")


@pytest.mark.parametrize(
    "peer", [peer for peer in peers().values() if peer.modules], ids=lambda peer: peer.id
)
def test_every_peer_that_may_be_absent_says_how_to_get_it(peer):
    assert f"{ROOT}[" in peer.remedy()


def test_no_text_tells_to_install_circuitsim_by_its_name():
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "circuitsim").rglob("*.py")]
    bad = "pip install " + "circuitsim"
    found = [
        path for path in texts if bad in path.read_text(encoding="utf-8").replace("'", "").replace('"', "")
    ]
    assert not found
