"""The example files: complete, canonical, readable at a glance, and wired as the data say."""

from __future__ import annotations

import csv
import math
import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from circuitsim.circuit.elements import Input, Named, Neuron, Note
from circuitsim.circuit.validate import validate
from circuitsim.io.circuits.circuit_json import dumps, loads
from circuitsim.spec.paths import resources

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Synapse

FILES = sorted((resources() / "examples").glob("*.circuit.json"))
TAP_EDGES = Path(__file__).parents[1] / "data" / "connectome" / "sub_tap_withdrawal.csv"
RADIUS, APART = 32.0, 120.0


def load(path: Path) -> Circuit:
    return loads(path.read_bytes(), path)


def stem(path: Path) -> str:
    return path.name.removesuffix(".circuit.json")


def test_the_examples_are_there() -> None:
    wanted = {
        "liquid",
        "half-centre",
        "tap-withdrawal",
        "five-ring",
        "flip-flop",
        "winner-take-all",
        "compass",
    }
    wanted |= {
        "edge-detector",
        "lamprey",
        "direction-detector",
        "two-clocks",
        "pulse-shaper",
        "driver",
        "bands",
        "product",
    }
    wanted |= {"closed-form", "voltage-clamp", "noise"}
    assert wanted <= {stem(path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=stem)
def test_a_file_is_canonical(path: Path) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", stem(path))
    circuit = load(path)
    assert dumps(circuit) == path.read_bytes()
    assert validate(circuit) == []
    assert circuit.document.title
    settings = circuit.document.settings
    assert None not in (settings.solver, settings.dt, settings.duration, settings.speed)
    assert circuit.document.traced


@pytest.mark.parametrize("path", FILES, ids=stem)
def test_a_note_says_what_to_try(path: Path) -> None:
    """Short enough to read, and every key and name in it is real."""
    circuit = load(path)
    (note,) = circuit.notes
    assert note.title
    assert "Try: " in note.text
    assert len(note.text) < 260
    keys = {i.key for i in circuit.inputs if i.key}
    assert set(re.findall(r"\b([A-Z])\b", note.text)) <= keys
    assert len(keys) == sum(i.stimulus == "button" for i in circuit.inputs)


@pytest.mark.parametrize("path", FILES, ids=stem)
def test_nothing_lies_on_anything(path: Path) -> None:
    circuit = load(path)
    placed = (*circuit.neurons, *circuit.inputs, *circuit.outputs)
    for element in placed:
        assert element.position[0] % 40 == 0
        assert element.position[1] % 40 == 0
    for a, b in combinations(placed, 2):
        assert math.dist(a.position, b.position) >= APART, f"{a.name} and {b.name}"
    (note,) = circuit.notes
    for element in placed:
        assert distance(note, element.position) >= RADIUS + 8, f"the note covers {element.name}"
    for synapse in circuit.synapses:
        pre, post = circuit.get(synapse.pre, Named), circuit.get(synapse.post, Named)
        assert clear(note, pre.position, post.position), f"{pre.name} to {post.name} runs under the note"


def distance(note: Note, point: tuple[float, float]) -> float:
    """From a point to the paper of a note."""
    dx = max(note.position[0] - point[0], 0.0, point[0] - note.position[0] - note.size[0])
    dy = max(note.position[1] - point[1], 0.0, point[1] - note.position[1] - note.size[1])
    return math.hypot(dx, dy)


def clear(note: Note, a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether the straight line between two points keeps off the paper."""
    return all(
        distance(note, (a[0] + (b[0] - a[0]) * k / 50, a[1] + (b[1] - a[1]) * k / 50)) > 0 for k in range(51)
    )


def tap_rows() -> list[tuple[str, str, int, str]]:
    with TAP_EDGES.open(newline="") as file:
        rows = [(r["source"], r["target"], int(float(r["weight"])), r["type"]) for r in csv.DictReader(file)]
    assert len(rows) == 141
    return rows


def contacts(synapse: Synapse) -> int:
    match = re.fullmatch(r"(\d+) contacts?", synapse.label)
    assert match
    return int(match[1])


def test_tap_withdrawal_is_wired_as_published() -> None:
    """Every chemical row but the two autapses, every gap junction once, with its number of contacts."""
    circuit = load(resources() / "examples" / "tap-withdrawal.circuit.json")
    rows = tap_rows()
    chemical = {(a, b): n for a, b, n, kind in rows if kind == "chemical" and a != b}
    gaps = {frozenset((a, b)): n for a, b, n, kind in rows if kind == "electrical"}
    assert [(a, b) for a, b, _, _ in rows if a == b] == [("ALML", "ALML"), ("PVCL", "PVCL")]
    name = {n.id: n.name for n in circuit.neurons}
    between = [s for s in circuit.synapses if s.pre in name]
    found_chemical = [s for s in between if s.kind == "chemical"]
    found_gaps = [s for s in between if s.kind == "electrical"]
    assert len(found_chemical) + len(found_gaps) == len(between)
    assert {(name[s.pre], name[s.post]): contacts(s) for s in found_chemical} == chemical
    assert {frozenset((name[s.pre], name[s.post])): contacts(s) for s in found_gaps} == gaps
    assert (len(found_chemical), len(found_gaps)) == (len(chemical), len(gaps))
    for synapse in found_chemical:
        assert synapse.parameters["conductance"] == pytest.approx(
            0.5 * math.sqrt(contacts(synapse)), abs=5e-3
        )
    for synapse in found_gaps:
        assert synapse.parameters["conductance"] == pytest.approx(
            0.2 * math.sqrt(contacts(synapse)), abs=5e-3
        )


def test_tap_withdrawal_touches_the_right_cells() -> None:
    circuit = load(resources() / "examples" / "tap-withdrawal.circuit.json")
    head, tail = {"ALML", "ALMR", "AVM"}, {"PLML", "PLMR"}
    for button, cells in {"head_touch": head, "tail_touch": tail, "tap": head | tail}.items():
        found = circuit[button]
        assert isinstance(found, Input)
        synapses = [s for s in circuit.synapses if s.pre == found.id]
        assert {circuit.get(s.post, Neuron).name for s in synapses} == cells
        assert {s.kind for s in synapses} == {"chemical"}
