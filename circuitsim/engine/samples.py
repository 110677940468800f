"""What a run yields."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.graph import clamped
from circuitsim.engine.readouts import readout
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.precision import DOUBLE
from circuitsim.spec.unit import Dimension
from circuitsim.spec.version import __version__
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.rows import Rows
    from circuitsim.spec.bounds import Floats


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where samples come from.

    Attributes:
        version: Version of circuitsim.
        circuit_hash: SHA-256 of the circuit at the start.
        solver: Id of the solver.
        dt: Its step.
        seed: Seed of everything random.
        unit_system: Unit system of the circuit.
        units: Unit of each variable.
        edited: True if the circuit was edited or a hand input moved during the run.
        tolerance: Error of a step that a solver with steps of its own allowed; None for any other solver.
        parameters: Numbers of the solver, by name.
        precision: ``double``, or ``single`` for the sums of chemical synapses in half the digits.
    """

    version: str
    circuit_hash: str
    solver: str
    dt: float
    seed: int
    unit_system: str
    units: Mapping[str, str]
    edited: bool = False
    tolerance: float | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    precision: str = DOUBLE


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """States and what follows from them, at the output instants.

    Attributes:
        t: float64[s], times.
        v: float64[s, n], states.
        tau: float64[s, n], effective time constants 1 / lambda.
        vinf: float64[s, n], the states they are heading for, b / lambda.
        inputs: float64[s, m], values of the inputs (at a jump: after it).
        clamp: float64[s, k], holding currents of the neurons that are clamped.
        gate: float64[s, g], gates of the units of networks with memory; NaN before the first call.
        outputs: float64[s, o], values of the outputs.
        neuron_names: In id order.
        input_names: In id order.
        output_names: In id order.
        clamped_names: Of the neurons that are clamped, in id order.
        unit_names: Of the units of networks with memory, in id order.
        stamp: Where they come from.
        error: How far the states are off because of the solver, about; None if it was not estimated.
    """

    t: Floats
    v: Floats
    tau: Floats
    vinf: Floats
    inputs: Floats
    clamp: Floats
    gate: Floats
    outputs: Floats
    neuron_names: tuple[str, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    clamped_names: tuple[str, ...]
    unit_names: tuple[str, ...]
    stamp: Stamp
    error: float | None = None


def circuit_hash(circuit: Circuit) -> str:
    """SHA-256 of everything in a circuit, as hexadecimal digits."""
    import msgspec

    elements = [circuit.elements[i] for i in sorted(circuit.elements)]
    return hashlib.sha256(msgspec.json.encode(elements, order="sorted")).hexdigest()


def stamp(
    circuit: Circuit,
    solver: str,
    dt: float,
    seed: int,
    *,
    edited: bool = False,
    tolerance: float | None = None,
) -> Stamp:
    """The stamp of a run of a circuit; a tolerance that is not given is that of the circuit, or of the solver."""
    kind = circuit.kinds.solvers[solver]
    system = circuit.unit_system
    potential, time = system.unit(Dimension.POTENTIAL), system.unit(Dimension.TIME)
    units = {
        "t": time, "v": potential, "tau": time, "vinf": potential, "clamp": system.unit(Dimension.CURRENT),
        "gate": "", "input": "", "output": potential,
    }  # fmt: skip
    numbers = kind.numbers(circuit.document.settings.parameters, system.id)
    if kind.adaptive and tolerance is not None:
        numbers["tolerance"] = tolerance
    allowed = numbers["tolerance"] if kind.adaptive else None
    return Stamp(
        __version__, circuit_hash(circuit), solver, dt, seed, system.id, units, edited, allowed, numbers,
        circuit.document.settings.precision,
    )  # fmt: skip


def samples(circuit: Circuit, rows: Rows, mark: Stamp) -> Samples:
    """Rows of a run of a circuit, with outputs and names."""
    neurons = circuit.neurons
    place = {neuron.id: k for k, neuron in enumerate(neurons)}
    outputs = np.empty((rows.t.size, len(circuit.outputs)))
    for k, output in enumerate(circuit.outputs):
        read = readout(circuit, output)
        outputs[:, k] = read.of(rows.v[:, [place[i] for i in read.neurons]])
    return Samples(
        t=rows.t,
        v=rows.v,
        tau=rows.tau,
        vinf=rows.vinf,
        inputs=rows.inputs,
        clamp=rows.clamp,
        gate=rows.gate,
        outputs=outputs,
        neuron_names=tuple(n.name for n in neurons),
        input_names=tuple(i.name for i in circuit.inputs),
        output_names=tuple(o.name for o in circuit.outputs),
        clamped_names=tuple(n.name for n in clamped(circuit)),
        unit_names=tuple(n.name for n in circuit.units),
        stamp=mark,
    )


def part(
    whole: Samples, neurons: Iterable[str] | None = None, start: float | None = None, end: float | None = None
) -> Samples:
    """Some neurons, or a stretch of time, of samples; inputs and outputs stay.

    Args:
        whole: The samples.
        neurons: Names; None keeps all of them.
        start: First time, None for the beginning.
        end: Last time, None for the end.

    Raises:
        InputError: If there is no neuron of a name, or no row in that stretch.
    """
    kept = np.ones(len(whole.neuron_names), dtype=bool)
    if neurons is not None:
        wanted = set(neurons)
        for name in wanted.difference(whole.neuron_names):
            raise InputError(
                Issue(f"neuron {name}", "it is not in the traces", f"use {listed(whole.neuron_names)}")
            )
        kept = np.array([name in wanted for name in whole.neuron_names], dtype=bool)
    chosen = set(compress(whole.neuron_names, kept))
    low, high = -np.inf if start is None else start, np.inf if end is None else end
    rows = slice(*np.searchsorted(whole.t, (low, np.nextafter(high, np.inf))))
    if whole.t[rows].size == 0:
        span = f"{whole.t[0]:g} to {whole.t[-1]:g}" if whole.t.size else "nothing"
        raise InputError(Issue("the interval", f"{low:g} to {high:g} holds no row", f"the run has {span}"))
    return replace(
        whole,
        t=whole.t[rows],
        v=whole.v[rows][:, kept],
        tau=whole.tau[rows][:, kept],
        vinf=whole.vinf[rows][:, kept],
        inputs=whole.inputs[rows],
        clamp=whole.clamp[rows][:, [name in chosen for name in whole.clamped_names]],
        gate=whole.gate[rows][:, [name in chosen for name in whole.unit_names]],
        outputs=whole.outputs[rows],
        neuron_names=tuple(compress(whole.neuron_names, kept)),
        clamped_names=tuple(name for name in whole.clamped_names if name in chosen),
        unit_names=tuple(name for name in whole.unit_names if name in chosen),
    )
