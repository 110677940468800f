"""A written log replays to the same bits; broken ones get a sentence."""

from __future__ import annotations

import json

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.edits import Add, Delete, SetParameter
from circuitsim.cli.main import main
from circuitsim.engine.replay import replay
from circuitsim.engine.runlog import Edited, HandMoved, RunLog
from circuitsim.io.circuits.circuit_json import loads
from circuitsim.io.examples import example
from circuitsim.io.run_log import read_log, write_log
from circuitsim.spec.issue import InputError


@pytest.fixture
def log():
    path = example("tap-withdrawal").path
    circuit = loads(path.read_bytes(), path)
    start = circuit.copy()
    events = [HandMoved(0.1, circuit["tap"].id, 1.0)]
    edits = (
        SetParameter((circuit["AVAL"].id,), "capacitance", 0.7),
        Add((new_neuron(circuit, "late"),)),
        Delete(frozenset({circuit["DVA"].id})),
    )
    for k, edit in enumerate(edits):
        heard = []
        circuit.changed.connect(heard.append)
        circuit.apply(edit)
        circuit.changed.disconnect(heard.append)
        events.append(Edited(0.2 + 0.1 * k, heard[0].after))
    return RunLog(start, "rk4", 0.01, 3, tuple(events), 0.6)


def test_a_written_log_replays_to_the_same_bits(log, tmp_path):
    path = tmp_path / "a.run.json"
    write_log(log, path)
    first, second = replay(log), replay(read_log(path))
    assert first.neuron_names == second.neuron_names
    assert "late" in second.neuron_names
    np.testing.assert_array_equal(first.v, second.v)
    np.testing.assert_array_equal(first.t, second.t)
    assert np.isnan(second.v[-1, second.neuron_names.index("DVA")])


def test_the_command_line_replays_it(log, tmp_path):
    write_log(log, tmp_path / "a.run.json")
    assert (
        main(["replay", str(tmp_path / "a.run.json"), "--record", "v", "--out", str(tmp_path / "a.csv")]) == 0
    )
    table = np.genfromtxt(tmp_path / "a.csv", delimiter=",", names=True)
    samples = replay(log)
    np.testing.assert_array_equal(table["v_AVAL"], samples.v[:, samples.neuron_names.index("AVAL")])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("format", "circuitsim", "not a saved run"),
        ("version", 99, "newer circuitsim"),
        ("solver", "magic", "no such solver"),
        ("dt", "x", "dt: a number is expected, not a text"),
        ("dt", 0.0, "dt: the step 0 makes no sense"),
        ("seed", -1, "seed: the seed -1 makes no sense"),
        ("end", 0.3, "events: their times go back or beyond the end"),
        ("end", 1e300, "events: their times go back or beyond the end"),
        ("events", [{"t": 0.2}, {"t": 0.1}], "events: their times go back"),
        (
            "events",
            [{"t": 0.1, "input_id": 999, "value": 1.0}],
            r"events\[0\]: no hand can set element 999 to 1",
        ),
        ("events", [{"t": 0.1, "edit": [{"id": 1}]}], r"events\[0\], synapse .*; choose another file"),
        (
            "events",
            [{"t": 0.1, "edit": [{"id": 1, "kind_of": "note", "element": {}}]}],
            "field 'id' is missing",
        ),
        ("surprise", 1, "there is no field 'surprise'"),
        ("events", [{"t": 0.1, "edit": [{"id": 1, "kind_of": "os.system", "element": {}}]}], "no element"),
    ],
)
def test_a_broken_log_gets_a_sentence(log, tmp_path, field, value, said):
    path = tmp_path / "a.run.json"
    write_log(log, path)
    content = json.loads(path.read_text())
    content[field] = value
    path.write_text(json.dumps(content))
    with pytest.raises(InputError, match=said):
        read_log(path)


def test_a_circuit_is_no_run_and_a_run_no_circuit(log, tmp_path):
    circuit, run = tmp_path / "a.circuit.json", tmp_path / "a.run.json"
    cs.save(log.circuit, circuit)
    write_log(log, run)
    with pytest.raises(
        InputError, match="format: this is 'circuitsim', not a saved run; choose another file"
    ):
        read_log(circuit)
    with pytest.raises(InputError, match="format: this is 'circuitsim run', not a circuit of circuitsim"):
        cs.load(run)
