"""Makes the example *Sunspots* of the trained weights: ``python tests/examples/sunspots_circuit.py`` writes its file anew."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import circuitsim as cs
from circuitsim.circuit.edits import Add, Replace, SetLanes, SetTraced
from circuitsim.circuit.elements import Note, ScopeLane, Table
from circuitsim.io.circuits.circuit_json import dumps
from circuitsim.spec.paths import resources

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit

DATA = Path(__file__).parents[1] / "data" / "sunspots"
FILE = resources() / "examples" / "sunspots.circuit.json"
SCALE = 200.0  # sunspots that are 1 to the network, as in the training
SPEED = 8.0  # years a second
TITLE = "Sunspots: a trained network"
NOTE = Note(
    id=0,
    title="A trained network",
    text="One second is one year: the input is its sunspot number, the output what the network foretold the year before. It "
    "learned from the years up to 1920, which is 220 s.\nTry: mute n9 and the forecast is lost; n1 is hardly missed.",
    position=(-300.0, 380.0),
    size=(250.0, 136.0),
)


def years() -> list[float]:
    """The sunspot numbers from 1700 on."""
    with (DATA / "sunspots.csv").open(newline="") as file:
        return [float(row["sunspots"]) for row in csv.DictReader(file)]


def built() -> Circuit:
    """The network with its series as input, in sunspots rather than in what is 1 to the network."""
    circuit = cs.load(DATA / "ncp.pt")
    (source,), (output,) = circuit.inputs, circuit.outputs
    numbers = years()
    table = Table(tuple(float(k) for k in range(len(numbers))), tuple(numbers))
    held = circuit.kinds.stimuli["table"].defaults()
    circuit.apply(
        Replace(
            (
                replace(
                    source, name="sunspots", stimulus="table", parameters=held, table=table, gain=source.gain / SCALE,
                ),
                replace(output, name="forecast", gain=SCALE * output.gain, offset=SCALE * output.offset),
            ),
            "Follow the series",
        )
    )  # fmt: skip
    document = circuit.document
    settings = replace(document.settings, duration=float(len(numbers)), speed=SPEED)
    circuit.apply(Replace((replace(document, title=TITLE, settings=settings),), "Name it"))
    circuit.apply(SetLanes(tuple(ScopeLane(variable=name) for name in ("output", "input", "v", "tau"))))
    circuit.apply(Add((replace(NOTE, id=circuit.new_id()),)))
    circuit.apply(SetTraced(tuple(n.id for n in circuit.neurons[:4])))
    return circuit


def _main() -> None:
    FILE.write_bytes(dumps(built()))


if __name__ == "__main__":
    _main()
