"""What the README tells people to type works as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from circuitsim.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
NEED_MORE = (
    "circuitsim [FILE]",
    "circuitsim replay",
    "circuitsim shot",
    "circuitsim compile",
)  # a person, a log, a window, half a minute: tried elsewhere


def test_python_runs(tmp_path: Path, example: Callable[[str], Path]) -> None:
    (code,) = (text for language, text in BLOCKS if language == "python")
    shutil.copy(example("tap-withdrawal"), tmp_path)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tap.csv").exists()
    assert (tmp_path / "pair.circuit.json").exists()


def test_commands_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("edges.csv").write_text(
        "source,target,weight,type\nA,B,2,chemical\nB,A,1,electrical\n", encoding="utf-8"
    )
    Path("tap_times.csv").write_text("t,tap\n0,0\n5,1\n5.5,0\n", encoding="utf-8")
    Path("signal.csv").write_text("t,u0,u1\n0,0,0\n1,1,0.5\n2,0.3,0.1\n", encoding="utf-8")
    shutil.copy(ROOT / "tests" / "data" / "ncps" / "ltc_autoncp8_1.safetensors", "model.safetensors")
    (text,) = (text for _, text in BLOCKS if "circuitsim run" in text)
    lines = [line for line in text.splitlines() if line and not line.startswith(NEED_MORE)]
    assert len(lines) > 5
    for line in lines:
        command, *arguments = shlex.split(
            line.replace("*.circuit.json", "tap-withdrawal.circuit.json"), comments=True
        )
        assert command == "circuitsim"
        assert main(arguments) == 0, f"{line}\n{capsys.readouterr().err}"


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_links_lead_somewhere(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()
