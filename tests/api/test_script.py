"""A run as a script, circuits and runs from texts, and parts of a trace."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.api.script import script
from circuitsim.circuit.edits import Rename, SetParameter, SetSettings
from circuitsim.engine.replay import replay
from circuitsim.engine.runlog import Edited, HandMoved, RunLog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def circuit(example: Callable[[str], Path]) -> cs.Circuit:
    return cs.load(example("liquid"))


def log_of(circuit: cs.Circuit, *events: Edited | HandMoved) -> RunLog:
    return RunLog(circuit, "rk4", 0.01, 3, events, 2.37)


def computed(text: str, folder: Path) -> dict[str, np.ndarray]:
    """What a script computes in a process of its own."""
    out = folder / "out.npz"
    file = folder / "script.py"
    file.write_text(f"{text}\ntrace.save({str(out)!r})\n", encoding="utf-8")
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("<Trace of 5 neurons")
    with np.load(out) as arrays:
        return {name: arrays[name] for name in ("t", "v", "tau", "vinf", "input")}


def assert_same(found: dict[str, np.ndarray], log: RunLog) -> None:
    expected = replay(log)
    np.testing.assert_array_equal(found["t"], expected.t)
    np.testing.assert_array_equal(found["v"], expected.v)
    np.testing.assert_array_equal(found["tau"], expected.tau)
    np.testing.assert_array_equal(found["vinf"], expected.vinf)
    np.testing.assert_array_equal(found["input"], expected.inputs)


def test_a_run_from_a_file_is_a_script_of_a_few_lines(
    circuit: cs.Circuit, example: Callable[[str], Path], tmp_path: Path
) -> None:
    log = log_of(circuit)
    text = script(log, example("liquid"))
    assert text.count("\n") <= 6
    assert "cs.load(" in text
    assert_same(computed(text, tmp_path), log)


def test_a_run_in_single_precision_is_a_script_of_one(
    circuit: cs.Circuit, example: Callable[[str], Path], tmp_path: Path
) -> None:
    settings = replace(circuit.document.settings, precision="single")
    circuit.apply(SetSettings(settings))
    log = log_of(circuit)
    text = script(log, example("liquid"))
    assert "precision='single'" in text
    found = computed(text, tmp_path)
    assert_same(found, log)
    double = log_of(cs.load(example("liquid")))
    assert "precision" not in script(double, example("liquid"))
    assert not np.array_equal(found["v"], replay(double).v)


@pytest.mark.parametrize("label", ["it's", "'''", '"""', "back\\slash", "\\'", "τ∞", "new\nline"])
def test_a_circuit_that_no_file_holds_stands_in_the_script(
    circuit: cs.Circuit, example: Callable[[str], Path], tmp_path: Path, label: str
) -> None:
    neuron = circuit["still"]
    circuit.apply(Rename(neuron.id, "calm"))
    note = circuit.notes[0]
    from circuitsim.circuit.edits import Replace

    circuit.apply(Replace((replace(note, text=label),), "Say"))
    log = log_of(circuit)
    text = script(log, example("liquid"))
    assert "cs.loads(" in text
    names: dict[str, object] = {}
    exec(text.partition("trace =")[0], names)  # noqa: S102  (the script is what is tested)
    assert names["circuit"] == circuit
    if label == "'''":
        assert_same(computed(text, tmp_path), log)


def test_edits_and_hands_are_replayed(circuit: cs.Circuit, tmp_path: Path) -> None:
    start = circuit.copy()
    heard: list[cs.Circuit] = []
    circuit.changed.connect(heard.append)
    circuit.apply(SetParameter((circuit["up"].id,), "capacitance", 0.5))
    log = log_of(start, HandMoved(0.53, circuit["pour"].id, 1.0), Edited(1.2, heard[0].after))
    text = script(log)
    assert "cs.replays(" in text
    assert_same(computed(text, tmp_path), log)


def test_a_run_that_has_not_begun_is_simulated_as_proposed(circuit: cs.Circuit) -> None:
    text = script(replace(log_of(circuit), end=0.0))
    assert "duration=" not in text
    compile(text, "script", "exec")


def test_a_bad_text_gets_a_sentence() -> None:
    with pytest.raises(cs.InputError, match="the text"):
        cs.loads("{")
    with pytest.raises(cs.InputError, match="the text"):
        cs.replays('{"format": "circuitsim run"}')
    with pytest.raises(cs.InputError, match="text"):
        cs.loads("\ud800")


def test_a_part_of_a_trace(circuit: cs.Circuit) -> None:
    whole = cs.simulate(circuit, duration=2.0, dt=0.01)
    some = whole.part(["still", "up"], start=0.5, end=1.0)
    inside = (whole.t >= 0.5) & (whole.t <= 1.0)
    np.testing.assert_array_equal(some.t, whole.t[inside])
    np.testing.assert_array_equal(some["up"].tau, whole["up"].tau[inside])
    np.testing.assert_array_equal(some["pour"].value, whole["pour"].value[inside])
    assert some.samples.neuron_names == tuple(n for n in whole.samples.neuron_names if n in ("up", "still"))
    with pytest.raises(cs.InputError, match="neuron nobody"):
        whole.part(["nobody"])
    with pytest.raises(cs.InputError, match="holds no row"):
        whole.part(start=5.0)
