"""The published JSON Schema against a validator of other people: it says what the program says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from circuit_strategy import circuits
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from circuitsim.io.circuits.circuit_json import dumps, loads
from circuitsim.io.examples import examples
from circuitsim.io.schema import schema
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.circuit import Circuit

    Break = Callable[[dict[str, Any]], object]

SCHEMA = json.loads(schema(kinds()))
VALIDATOR = Draft202012Validator(SCHEMA)
HERE = Path("x.circuit.json")


def complaints(content: object) -> list[str]:
    """What the validator finds wrong."""
    return [error.message for error in VALIDATOR.iter_errors(content)]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.id)
def test_examples_are_valid(example: Any) -> None:
    assert complaints(json.loads(example.path.read_text())) == []


@given(circuit=circuits())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_file_that_is_written_is_valid(circuit: Circuit) -> None:
    assert complaints(json.loads(dumps(circuit))) == []


def _first(group: str, **fields: Any) -> Break:
    return lambda content: content[group][0].update(fields)


def _parameter(group: str, name: str, value: object) -> Break:
    return lambda content: content[group][0]["parameters"].update({name: value})


BREAKS: dict[str, Break] = {
    "no format": lambda c: c.pop("format"),
    "another format": lambda c: c.update(format="other"),
    "no version": lambda c: c.pop("version"),
    "version 0": lambda c: c.update(version=0),
    "version text": lambda c: c.update(version="1"),
    "unknown field": lambda c: c.update(extra=1),
    "unit system": lambda c: c.update(unit_system="imperial"),
    "solver": lambda c: c["settings"].update(solver="magic"),
    "dt 0": lambda c: c["settings"].update(dt=0),
    "dt negative": lambda c: c["settings"].update(dt=-1.0),
    "duration too long": lambda c: c["settings"].update(duration=1e10),
    "seed negative": lambda c: c["settings"].update(seed=-1),
    "seed too large": lambda c: c["settings"].update(seed=2**63),
    "neurons no list": lambda c: c.update(neurons={}),
    "neuron no object": lambda c: c.update(neurons=[1]),
    "id 0": _first("neurons", id=0),
    "id fraction": _first("neurons", id=1.5),
    "id too large": _first("neurons", id=2**53),
    "name": _first("neurons", name="two words"),
    "role": _first("neurons", role="boss"),
    "neuron kind": _first("neurons", kind="spiking"),
    "start text": _first("neurons", start="0"),
    "start too large": _first("neurons", start=1e12),
    "position of one": _first("neurons", position=[1.0]),
    "position of three": _first("neurons", position=[1.0, 2.0, 3.0]),
    "position too large": _first("neurons", position=[1e12, 0.0]),
    "capacitance 0": _parameter("neurons", "capacitance", 0),
    "capacitance text": _parameter("neurons", "capacitance", "1"),
    "unknown parameter": _parameter("neurons", "colour", 1),
    "no parameter": lambda c: c["neurons"][0]["parameters"].pop("capacitance"),
    "synapse kind": _first("synapses", kind="magic"),
    "synapse without end": lambda c: c["synapses"][0].pop("to"),
    "conductance negative": _parameter("synapses", "conductance", -1),
    "stimulus": _first("inputs", stimulus="noise"),
    "table number": _first("inputs", table={"times": [0.0], "values": [1e12]}),
    "table without rows": _first("inputs", table={"times": [], "values": []}),
    "output gain": lambda c: c.update(outputs=[{"id": 900, "name": "y", "from": "AVAL", "gain": 1e12}]),
    "note without size": lambda c: c.update(notes=[{"id": 901, "size": [0, 1]}]),
    "traced twice": lambda c: c.update(traced=["AVAL", "AVAL"]),
    "trace number twice": lambda c: c.update(traced=["AVAL", "AVAR"], trace_numbers=[2, 2]),
    "trace number": lambda c: c.update(traced=["AVAL"], trace_numbers=[0]),
    "unit": lambda c: c["units"].update(time=1),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_the_program_refuses_the_schema_refuses(name: str) -> None:
    whole = next(e for e in examples() if e.id == "tap-withdrawal").path.read_text()
    content = json.loads(whole)
    BREAKS[name](content)
    with pytest.raises(InputError):
        loads(json.dumps(content).encode(), HERE)
    assert complaints(content)
