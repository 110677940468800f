"""From the state of the run to how each neuron looks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.paint.neuron import NeuronLook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.report import Snapshot

    Floats = NDArray[np.float64]

FIXED = 1e-6  # relative width of a band below which a time constant counts as constant


class Scales:
    """The bounds of every neuron by id, and of the circuit as a whole."""

    def __init__(self, bands: Bands | None) -> None:
        self._rows: dict[int, tuple[float, float, float, float]] = {}
        finite: list[float] = []
        if bands is not None:
            columns = (bands.state_low, bands.state_high, bands.tau_low, bands.tau_high)
            rows = np.stack(columns, axis=1).tolist()
            self._rows = {i: tuple(row) for i, row in zip(bands.ids, rows, strict=True)}
            finite = [t for row in rows for t in row[2:] if 0 < t < math.inf]
        self.fastest, self.slowest = (min(finite), max(finite)) if finite else (1.0, 1.0)

    def level(self, neuron: int, v: float) -> float:
        """A membrane potential between the bounds of its neuron, 0 to 1; squeezed if a bound is missing."""
        low, high = self._rows.get(neuron, (-math.inf, math.inf, 0.0, 0.0))[:2]
        if math.isfinite(low) and math.isfinite(high):
            return min(1.0, max(0.0, (v - low) / (high - low))) if high > low else 0.5
        if math.isfinite(low):
            return 1.0 - 1.0 / (1.0 + max(0.0, v - low))
        if math.isfinite(high):
            return 1.0 / (1.0 + max(0.0, high - v))
        return 0.5 + math.atan(v) / math.pi

    def sweep(self, neuron: int, tau: float) -> float:
        """The log of tau between the bounds of its neuron, 0 (fast) to 1 (slow); squeezed if there is no upper one."""
        low, high = self._rows.get(neuron, (0.0, 0.0, tau, math.inf))[2:]
        if not 0 < low < math.inf:
            return tau / (1.0 + tau)
        if not math.isfinite(high):
            return max(0.0, 1.0 - low / tau)
        return _log_place(tau, low, high)

    def pace(self, tau: float) -> float:
        """The log of tau on the scale of the whole circuit, 0 to 1."""
        return _log_place(tau, self.fastest, self.slowest)

    def open_top(self, neuron: int) -> bool:
        """Whether the state of a neuron lacks a bound."""
        low, high = self._rows.get(neuron, (0.0, 0.0, 0.0, 0.0))[:2]
        return not (math.isfinite(low) and math.isfinite(high))

    def endless(self, neuron: int) -> bool:
        """Whether the time constant of a neuron lacks an upper bound."""
        return not math.isfinite(self._rows.get(neuron, (0.0, 0.0, 0.0, 0.0))[3])

    def fixed(self, neuron: int) -> bool:
        """Whether the time constant of a neuron cannot change."""
        low, high = self._rows.get(neuron, (0.0, 0.0, 0.0, 1.0))[2:]
        return math.isfinite(high) and high - low <= FIXED * high


def _log_place(tau: float, low: float, high: float) -> float:
    if high <= low * (1 + FIXED):
        return 1.0
    return min(1.0, max(0.0, math.log(tau / low) / math.log(high / low)))


def neuron_looks(
    circuit: Circuit,
    snapshot: Snapshot | None,
    scales: Scales,
    selection: frozenset[int],
    failed: int | None,
    theme: Theme,
) -> dict[int, NeuronLook]:
    """How every neuron looks now; without a run they stand at their start states."""
    traces = {neuron: k for k, neuron in enumerate(circuit.document.traced)}
    state: dict[int, tuple[float, float, float]] = {}
    if snapshot is not None:
        rows = np.stack((snapshot.v, snapshot.tau, snapshot.vinf), axis=1).tolist()
        state = {i: tuple(row) for i, row in zip(snapshot.ids, rows, strict=True)}
    result = {}
    for neuron in circuit.neurons:
        i = neuron.id
        v, tau, target = state.get(i, (neuron.start, math.nan, math.nan))
        failure = ""
        if i == failed or not math.isfinite(v):
            failure = "NaN"
        elif i in state and not 0 < tau < math.inf:
            failure = "unstable"
        known = i in state and not failure
        k = traces.get(i)
        result[i] = NeuronLook(
            level=scales.level(i, v) if math.isfinite(v) else 0.5,
            target=scales.level(i, target) if known and math.isfinite(target) else None,
            sweep=scales.sweep(i, tau) if known else 1.0,
            pace=scales.pace(tau) if known else 1.0,
            role=str(neuron.role),
            tint="" if k is None else theme.trace(k),
            tag="" if k is None else str(k + 1),
            selected=i in selection,
            open_top=scales.open_top(i),
            endless=scales.endless(i),
            fixed=scales.fixed(i),
            failure=failure,
        )
    return result
