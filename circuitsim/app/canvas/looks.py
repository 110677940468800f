"""From the state of the run to how each neuron looks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.paint.neuron import NeuronLook
from circuitsim.app.canvas.paint.preview import Mark
from circuitsim.circuit.elements import Role
from circuitsim.circuit.graph import clamped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.report import Snapshot

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

ROLES = (Role.INTER, Role.SENSORY, Role.COMMAND, Role.MOTOR)  # inter first: it has no mark

UNIT_PACE = 0.5  # width and ink of the ring of a unit, which has no time constant
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
        self._table: Table | None = None

    def bounds(self, neuron: int) -> tuple[float, float, float, float]:
        """Bounds of state and time constant; NaN if nothing is known of a neuron yet."""
        return self._rows.get(neuron, (math.nan,) * 4)

    def table(self, circuit: Circuit) -> Table:
        """The neurons of a circuit with their bounds, made anew only when they change."""
        if self._table is None or self._table.neurons is not circuit.neurons:
            self._table = Table(circuit, self)
        return self._table

    def paces(self, tau: Floats) -> Floats:
        """The logs of several time constants on the scale of the whole circuit, 0 to 1, float64[k]."""
        if self.slowest <= self.fastest * (1 + FIXED):
            return np.ones(len(tau))
        with np.errstate(divide="ignore"):  # without memory
            share = np.log(tau / self.fastest) / math.log(self.slowest / self.fastest)
        result: Floats = np.clip(share, 0.0, 1.0)
        return result


class Table:
    """What of the looks does not depend on the state: bounds and roles of all neurons of a circuit, as arrays."""

    def __init__(self, circuit: Circuit, scales: Scales) -> None:
        self.neurons = circuit.neurons
        self.ids = tuple(n.id for n in self.neurons)
        self.place = {i: k for k, i in enumerate(self.ids)}
        self.bounds = np.array([scales.bounds(i) for i in self.ids]).reshape(-1, 4)
        self.role = np.array([ROLES.index(n.role) for n in self.neurons], dtype=np.int64)
        self.start = np.array([n.start for n in self.neurons], dtype=np.float64)
        low, high, fast, slow = self.bounds.T
        self.open_top = np.isinf(low) | np.isinf(high)
        self.endless = np.isinf(slow) & np.isfinite(fast)
        self.timeless = np.isinf(fast) | (slow == 0.0)  # nothing decays, or it follows at once
        self.instant = slow == 0.0
        self.clamped = self.indices(n.id for n in clamped(circuit))
        self.muted = np.array([n.muted for n in self.neurons], dtype=np.bool_)
        with np.errstate(invalid="ignore"):
            self.fixed = np.isinf(fast) | (slow > 0.0) & np.isfinite(slow) & (slow - fast <= FIXED * slow)
        self.units = self.indices(n.id for n in self.neurons if n.kind in circuit.kinds.units)
        self.fixed[self.units] = False  # their ring shows the gate

    def levels(self, which: Bools, v: Floats) -> Floats:
        """Membrane potentials of several neurons between their bounds, 0 to 1; squeezed where a bound is missing.

        Returns:
            float64[number of which].
        """
        v, low, high = v[which], self.bounds[which, 0], self.bounds[which, 1]
        floor, ceiling = np.isfinite(low), np.isfinite(high)
        with np.errstate(invalid="ignore", divide="ignore"):
            between = np.where(high > low, np.clip((v - low) / (high - low), 0.0, 1.0), 0.5)
            above, below = 1.0 / (1.0 + np.maximum(0.0, v - low)), 1.0 / (1.0 + np.maximum(0.0, high - v))
        anywhere = 0.5 + np.arctan(v) / np.pi
        return np.select([floor & ceiling, floor, ceiling], [between, 1.0 - above, below], anywhere)

    def sweeps(self, which: Bools, tau: Floats) -> Floats:
        """The logs of several time constants between their bounds, 0 (fast) to 1 (slow); squeezed if there is no upper one.

        Returns:
            float64[number of which].
        """
        tau, low, high = tau[which], self.bounds[which, 2], self.bounds[which, 3]
        with np.errstate(invalid="ignore", divide="ignore"):
            between = np.clip(np.log(tau / low) / np.log(high / low), 0.0, 1.0)
            endless, free = np.maximum(0.0, 1.0 - low / tau), tau / (1.0 + tau)
        cases = [low == np.inf, ~(low > 0.0), ~np.isfinite(high), high <= low * (1 + FIXED)]
        return np.select(cases, [1.0, free, endless, 1.0], between)

    def indices(self, ids: Iterable[int]) -> Ints:
        """Where some neurons stand; those that are not in the circuit are left out."""
        return np.array([self.place[i] for i in ids if i in self.place], dtype=np.int64)


class Looks(Mapping[int, NeuronLook]):
    """How every neuron of a circuit looks at one instant, as arrays and by id.

    Attributes:
        level: float64[n], membrane potential between its bounds.
        target: float64[n], v_inf on the same scale; NaN if unknown.
        sweep: float64[n], log tau in its own band.
        pace: float64[n], log tau on the scale of the circuit.
        tint: int64[n], number of its trace from 1; 0 if it has none.
        role: int64[n], index into `ROLES`; inter is 0.
        special: bool[n], neurons that are not painted from sprites: failed, clamped, muted or hovered ones.
        lit: bool[n], neurons where a line may end.
        dim: bool[n], neurons where it may not.
        beat: How far the pulse of the lit ones is.
        open_top: bool[n], the state has no bound.
        endless: bool[n], the time constant has no upper bound.
        fixed: bool[n], the time constant cannot change.
        instant: bool[n], its ring is unlit: it has no time constant since it follows at once, or was not called yet.
    """

    def __init__(self, table: Table, theme: Theme) -> None:
        count = len(table.ids)
        self._table, self._theme = table, theme
        self.role, self.open_top, self.endless, self.fixed, self.instant = (
            table.role, table.open_top, table.endless, table.fixed, table.instant.copy(),
        )  # fmt: skip
        self.level, self.target = np.full(count, 0.5), np.full(count, np.nan)
        self.sweep, self.pace = np.ones(count), np.ones(count)
        self.tint, self.special = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)
        self.selected, self.lit, self.dim = (np.zeros(count, dtype=np.bool_) for _ in range(3))
        self.beat = 0
        self.failures: dict[int, str] = {}
        self.marks: Mapping[int, Mark] = {}

    def at(self, index: int) -> NeuronLook:
        """How the neuron at an index looks."""
        neuron, tint, target = self._table.neurons[index], int(self.tint[index]), float(self.target[index])
        return NeuronLook(
            level=float(self.level[index]),
            target=None if math.isnan(target) else target,
            sweep=float(self.sweep[index]),
            pace=float(self.pace[index]),
            role=str(neuron.role),
            tint=self._theme.trace(tint) if tint else "",
            tag=str(tint) if tint else "",
            selected=bool(self.selected[index]),
            open_top=bool(self.open_top[index]),
            endless=bool(self.endless[index]),
            fixed=bool(self.fixed[index]),
            instant=bool(self.instant[index]),
            mark=self.marks.get(neuron.id, Mark.NONE),
            beat=self.beat,
            clamped=index in self._table.clamped,
            muted=bool(self._table.muted[index]),
            failure=self.failures.get(index, ""),
        )

    def marked(self, marks: Mapping[int, Mark], beat: int = 0) -> Looks:
        """The same with some neurons marked for the mouse, at a beat of the pulse of the lit ones."""
        result = copy(self)
        result.marks, result.beat = marks, beat
        for mark, name in ((Mark.LEGAL, "lit"), (Mark.ILLEGAL, "dim"), (Mark.HOVER, "special")):
            flags = getattr(self, name).copy()
            flags[self._table.indices(i for i, m in marks.items() if m is mark)] = True
            setattr(result, name, flags)
        return result

    def unselected(self) -> Looks:
        """The same with nothing selected."""
        result = copy(self)
        result.selected = np.zeros_like(self.selected)
        return result

    def __getitem__(self, neuron: int) -> NeuronLook:
        return self.at(self._table.place[neuron])

    def __iter__(self) -> Iterator[int]:
        return iter(self._table.ids)

    def __len__(self) -> int:
        return len(self._table.ids)


def neuron_looks(
    circuit: Circuit,
    snapshot: Snapshot | None,
    scales: Scales,
    selection: frozenset[int],
    failed: int | None,
    theme: Theme,
) -> Looks:
    """How every neuron looks now; without a run they stand at their start states."""
    table = scales.table(circuit)
    looks = Looks(table, theme)
    numbers = circuit.document.trace_numbers
    looks.tint[table.indices(numbers)] = list(numbers.values())
    looks.selected[table.indices(selection)] = True
    v, tau, target = _states(table, snapshot)
    running = ~np.isnan(tau)
    if failed in table.place:
        v[table.place[failed]] = np.nan
    diverged = ~np.isfinite(v)
    held = ((tau > 0) & np.isfinite(tau)) | table.timeless
    unstable = running & ~diverged & ~held
    known = running & ~diverged & ~unstable
    looks.level[~diverged] = table.levels(~diverged, v)
    aimed = known & np.isfinite(target)
    looks.target[aimed] = table.levels(aimed, target)
    looks.sweep[known] = table.sweeps(known, tau)
    looks.pace[known] = scales.paces(tau[known])
    _show_gates(looks, table, snapshot)
    looks.failures = {
        int(k): "NaN" if diverged[k] else "unstable" for k in np.flatnonzero(diverged | unstable)
    }
    looks.special = diverged | unstable
    looks.special[table.clamped] = True
    looks.special |= table.muted
    return looks


def _show_gates(looks: Looks, table: Table, snapshot: Snapshot | None) -> None:
    """Let the rings of units show the gate of their last call, from 0 to 1; before the first call they are unlit."""
    gates = np.full(len(table.ids), np.nan)
    if snapshot is not None and snapshot.unit_ids:
        known = [k for k, i in enumerate(snapshot.unit_ids) if i in table.place]
        gates[table.indices(snapshot.unit_ids)] = snapshot.gate[known]
    looks.pace[table.units] = UNIT_PACE
    looks.sweep[table.units] = np.clip(np.nan_to_num(gates[table.units]), 0.0, 1.0)
    looks.instant[table.units] = np.isnan(gates[table.units])


def _states(table: Table, snapshot: Snapshot | None) -> tuple[Floats, Floats, Floats]:
    """v, tau and v_inf of all neurons; those that the run does not know yet have their start state and NaN."""
    count = len(table.ids)
    v, tau, target = table.start.copy(), np.full(count, np.nan), np.full(count, np.nan)
    if snapshot is None:
        return v, tau, target
    if snapshot.ids == table.ids:
        return snapshot.v.copy(), np.where(np.isnan(snapshot.tau), -1.0, snapshot.tau), snapshot.vinf
    there = np.array([i in table.place for i in snapshot.ids], dtype=np.bool_)
    here = table.indices(snapshot.ids)
    v[here], target[here] = snapshot.v[there], snapshot.vinf[there]
    tau[here] = np.where(np.isnan(snapshot.tau), -1.0, snapshot.tau)[there]
    return v, tau, target
