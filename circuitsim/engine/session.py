"""A run in progress: state, time, and the steps from one instant to the next.

Step ends are the grid t0 + k dt, the edges of inputs, and the instant up to which a caller wants to
go. How many steps a caller asks for at a time cannot change a bit.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.edits.alter import SetStart
from circuitsim.circuit.edits.edit import Restore
from circuitsim.circuit.elements import DOCUMENT_ID, Cell, Document, Input, Neuron, Synapse
from circuitsim.dynamics import memory
from circuitsim.dynamics.field import crossed
from circuitsim.engine.accuracy import LOOKS, Doubling
from circuitsim.engine.cells import Cells
from circuitsim.engine.change import Effect, effect_of
from circuitsim.engine.clamps import Clamps
from circuitsim.engine.compile import compile_program, with_derivatives
from circuitsim.engine.condition import nothing_watched, watched
from circuitsim.engine.program import SPACINGS
from circuitsim.engine.proposal import fits, propose
from circuitsim.engine.rows import Explosion, Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, Settings
    from circuitsim.engine.condition import Condition
    from circuitsim.spec.bounds import Floats

SAME = 1e-9  # an instant closer than this part of dt to a grid point replaces it
EXPLODED = 1e6  # a state beyond this, in its unit, has exploded
MET = -2  # what the kernel calls the culprit when it stopped at the condition
BLOCK = 1 << 20  # numbers in the sample buffers of one call of the kernel


class Session:
    """State and time of a circuit, advanced by a solver.

    Attributes:
        circuit: The circuit as it is now.
        solver: Id of the solver.
        dt: Solver step.
        every: Sample after every so many grid points.
        t: Present time.
        explosion: What stopped it, if anything did; the state is then the last sound one.
        condition: A value at which it stops; None if there is none.
        met: True if the last call of `advance` stopped there.
    """

    def __init__(
        self,
        circuit: Circuit,
        solver: str,
        dt: float,
        *,
        every: int = 1,
        initial: Mapping[int, float] | None = None,
        tolerance: float | None = None,
    ) -> None:
        from circuitsim.dynamics import build

        self._advance = build.advance()
        self._field = build.field()
        self.circuit = circuit.copy()
        self.circuit.apply(SetStart(initial or {}))
        self.every = every
        self.explosion: Explosion | None = None
        self.hands: dict[int, float] = {}
        self.condition: Condition | None = None
        self.met = False
        self._watch = nothing_watched()
        self._program = compile_program(self.circuit)
        self._x = self._program.start.copy()
        self.t = 0.0
        self._clamps = Clamps(self.circuit, self._program)
        self._cells = Cells(self.circuit, self._program, self.t)
        self._cells.silence(self._x)
        self._tolerance = tolerance
        self._set_method(solver, dt)

    # looking ------------------------------------------------------------------------------------

    @property
    def neuron_ids(self) -> tuple[int, ...]:
        """Neurons in id order: the columns of rows."""
        return self._program.neuron_ids

    @property
    def input_ids(self) -> tuple[int, ...]:
        """Inputs in id order."""
        return self._program.input_ids

    @property
    def clamped_ids(self) -> tuple[int, ...]:
        """Neurons that are clamped, in id order: the columns of holding currents."""
        return self._clamps.neuron_ids

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Units of networks with memory, in id order: the columns of gates."""
        return self._cells.unit_ids

    def present(self) -> Rows:
        """The present instant as one row."""
        tables = self._program.tables
        self._field(self.t, self._x, tables)
        return self._rows(*(np.array([now]) for now in (self.t, self._x, tables.all_lam, tables.all_b)))

    def states(self) -> dict[int, float]:
        """Present states by neuron id, and present outputs of those without memory."""
        program = self._program
        self._field(self.t, self._x, program.tables)
        return dict(zip(program.neuron_ids, self._x[program.columns].tolist(), strict=True))

    @property
    def own_steps(self) -> int:
        """Steps that an adaptive solver took by itself since it was chosen; 0 for any other."""
        return int(self._work[0, memory.TAKEN]) if self._adaptive else 0

    def error(self) -> float | None:
        """The error of the run so far as seen from its present state, about; None where no step can tell."""
        if self._adaptive:
            return float(self._work[0, memory.ERROR])
        return self._doubling().error(self.t, self._x[self._program.columns])

    def error_along(self, rows: Rows) -> float | None:
        """The largest error along rows of a run of this very circuit, about; None where no step can tell."""
        if self._adaptive:
            return self.error()
        doubling = self._doubling()
        some = np.unique(np.linspace(0, rows.t.size - 1, LOOKS).astype(np.int64))
        found = [doubling.error(float(rows.t[k]), rows.v[k]) for k in some]
        return max((error for error in found if error is not None), default=None)

    def _doubling(self) -> Doubling:
        kind = self.circuit.kinds.solvers[self.solver]
        return Doubling(self._program, self._step, kind.order, self._work.shape[0], self.dt)

    # moving -------------------------------------------------------------------------------------

    def advance(self, steps: int, until: float = math.inf) -> Rows:
        """Take up to so many steps, not beyond an instant, and return the sampled rows.

        Stops early when a state explodes (`explosion` tells then) and when the condition is met (`met`).
        """
        self.explosion, self.met = None, False
        parts: list[Rows] = []
        while steps > 0 and self.t < until and self.explosion is None and not self.met:
            begun, call = self.t, self._cells.next_call(self.t)
            edge = min(self._program.next_edge(self.t), call)
            if self._adaptive:
                self._work[0, memory.EDGE] = edge
            stop = min(edge, until)
            whole = self._whole_steps(stop, steps)
            taken = self._run(whole, parts) if whole else self._single(stop, parts)
            steps -= max(taken, 1)
            if self.t == call:
                self._call(begun, parts)
            if (self.t == stop or self.met) and (
                not parts or parts[-1].t.size == 0 or parts[-1].t[-1] != self.t
            ):
                parts.append(self.present())
        return Rows.joined(parts) if parts else self._nothing()

    def _call(self, begun: float, parts: list[Rows]) -> None:
        """Call the networks whose instant has come; the row of this instant tells what is after the call."""
        self._field(math.nextafter(self.t, -math.inf), self._x, self._program.tables)
        culprit = self._cells.call(begun, self.t, self._x, EXPLODED)
        if culprit is not None:
            self._explode(culprit[0], self.t, culprit[1], stalled=False)
            return
        self._begin_anew()
        if parts and parts[-1].t.size and parts[-1].t[-1] == self.t:
            parts[-1] = parts[-1].part(slice(-1))
        parts.append(self.present())
        self.met = self._look() or self.met

    def _grid(self, k: int) -> float:
        return self._t0 + k * self.dt

    def _whole_steps(self, stop: float, most: int) -> int:
        """Number of grid steps that can be taken at once: none of them may touch the stop by rounding."""
        if self.t != self._grid(self._k):
            return 0
        count = most
        if math.isfinite(stop):
            count = min(most, max(0, int((stop - self._t0) / self.dt) - self._k + 1))
        while count > 0 and self._grid(self._k + count) > stop:
            count -= 1
        end = self._grid(self._k + count)
        if count > 0 and end != stop and stop - end <= SAME * self.dt:
            count -= 1
        return count

    def _run(self, steps: int, parts: list[Rows]) -> int:
        """Take grid steps in one call of the kernel, or fewer if the sample buffers would get large."""
        tables = self._program.tables
        n, width = self._program.width, self._x.size
        room = max(1, BLOCK // (2 * n + width + 1))
        steps = min(steps, room * self.every)
        rows = (self._k + steps) // self.every - self._k // self.every
        t, x = np.empty(rows), np.empty((rows, width))
        lam, b = np.empty((rows, n)), np.empty((rows, n))
        sound, watch = self._sound(), self._watch.copy()

        def go(count: int) -> tuple[int, int, int]:
            result: tuple[int, int, int] = self._advance(
                self._method, self._t0, self._k, count, self.dt, self.every, EXPLODED, self._x, self._work, tables,
                self._watch, t, x, lam, b,
            )  # fmt: skip
            return result

        taken, written, culprit = go(steps)
        if culprit >= 0:
            failed, value, stalled = self._grid(self._k + taken), float(self._x[culprit]), self._stalled()
            self._watch[:] = watch
            self._back_to(sound)
            taken, written, _ = go(taken - 1)  # the same bits again, up to the last sound state
        self._k += taken
        self.t = self._grid(self._k)
        if culprit >= 0:
            self._explode(culprit, failed, value, stalled=stalled)
        self.met = culprit == MET
        if written:
            parts.append(self._rows(t[:written], x[:written], lam[:written], b[:written]))
        return taken

    def _single(self, stop: float, parts: list[Rows]) -> int:
        """Take one step that begins or ends off the grid."""
        grid = self._grid(self._k + 1)
        end = stop if stop <= grid + SAME * self.dt else grid
        on_grid = abs(end - grid) <= SAME * self.dt
        tables = self._program.tables
        sound = self._sound()
        if end - self.t > SPACINGS * math.ulp(end) or (self._adaptive and end < self._work[0, memory.EDGE]):
            self._step(self.t, end - self.t, math.nextafter(end, -math.inf), self._x, self._work, tables)
        else:  # edges a rounding apart: nothing moves, and no solver can take so short a step
            self._begin_anew()
        states = self._x[: tables.lam.size]
        wrong = np.flatnonzero(~(np.abs(states) <= EXPLODED))
        if wrong.size:
            value, stalled = float(states[wrong[0]]), self._stalled()
            self._back_to(sound)
            self._explode(int(wrong[0]), end, value, stalled=stalled)
            return 1
        self.t = end
        self._k += int(on_grid)
        self.met = self._look()
        if end == stop or self._k % self.every == 0:
            parts.append(self.present())
        return 1

    def watch(self, condition: Condition | None) -> None:
        """Stop from now on when a value crosses a level; one that is there already must come back first."""
        known = condition is not None and condition.neuron in self._program.neuron_ids
        self.condition = condition if known else None
        self._watch = nothing_watched()
        if self.condition is not None:
            self._watch = watched(self.condition, self._program)
            self._look()

    def _look(self) -> bool:
        """Look at the watched value outside of the kernel; True if it has just crossed its level."""
        if self.condition is None:
            return False
        tables = self._program.tables
        self._field(self.t, self._x, tables)
        with np.errstate(divide="ignore"):  # where nothing decays
            return crossed(self._watch, self._x, tables.all_lam)

    def _sound(self) -> tuple[Floats, Floats | None]:
        """States, and what an adaptive solver remembers, to come back to."""
        return self._x.copy(), self._work.copy() if self._adaptive else None

    def _back_to(self, sound: tuple[Floats, Floats | None]) -> None:
        self._x[:], work = sound
        if work is not None:
            self._work[:] = work

    def _stalled(self) -> bool:
        return self._adaptive and self._work[0, memory.STALLED] != 0.0

    def _explode(self, column: int, t: float, value: float, *, stalled: bool) -> None:
        tau = self.present().tau[0]
        ids = self._program.neuron_ids
        neuron = self._program.neuron_at(column)
        i = 0 if neuron is None else ids.index(neuron)
        self.explosion = Explosion(t, ids[i], value, float(tau[i]), stalled)

    def _rows(self, t: Floats, x: Floats, lam: Floats, b: Floats) -> Rows:
        columns, values = self._program.columns, slice(x.shape[1] - len(self.input_ids), None)
        decay = lam[:, columns]
        with np.errstate(divide="ignore", invalid="ignore"):
            tau, target = 1.0 / decay, b[:, columns] / decay
        target[decay == 0.0] = np.nan  # where nothing decays, no state is headed for
        gate = np.repeat(self._cells.gates[None, :], t.size, axis=0)
        return Rows(t, x[:, columns], tau, target, x[:, values].copy(), self._clamps.currents(x), gate)

    def _nothing(self) -> Rows:
        return self.present().part(slice(0))

    # changing -----------------------------------------------------------------------------------

    def move_hand(self, input_id: int, value: float) -> None:
        """Press or release a button, move a slider; takes effect with the next step.

        An input that has become something else since the hand took it is left alone.
        """
        if self._program.moves_by_hand(input_id):
            self.hands[input_id] = value
            self._program.set_hand(input_id, value)
            self._begin_anew()

    def edit(self, after: Mapping[int, Element | None]) -> Effect:
        """Take over edited elements; numbers are written in place, a new structure keeps surviving states."""
        before = {i: self.circuit.elements.get(i) for i in after}
        kinds = self.circuit.kinds
        effect = effect_of(kinds, before, after)
        self.circuit.apply(Restore(after))
        for i in after:  # what an edit makes of an input outlives what the hand did to it
            if effect_of(kinds, {i: before[i]}, {i: after[i]}) is not Effect.NOTHING:
                self.hands.pop(i, None)
        if effect is Effect.STRUCTURE:
            self._swap()
        elif effect is Effect.NUMBERS:
            for element in after.values():
                if isinstance(element, Neuron | Synapse | Input):
                    self._program.write(element)
                elif isinstance(element, Cell):
                    self._cells.write(self.circuit, element)
        if effect is not Effect.NOTHING:
            self._clamps = Clamps(self.circuit, self._program)
            self._begin_anew()
        old, new = before.get(DOCUMENT_ID), after.get(DOCUMENT_ID)
        if isinstance(old, Document) and isinstance(new, Document):
            self._follow(old.settings, new.settings)
        return effect

    def _swap(self) -> None:
        states = self.states()
        self._program = compile_program(self.circuit)
        self._x = self._program.start.copy()
        for k, neuron in enumerate(self._program.neuron_ids):
            if neuron in states:
                self._x[self._program.columns[k]] = states[neuron]
        self._cells = self._cells.after(self.circuit, self._program, self.t)
        self._cells.silence(self._x)
        for i, value in self.hands.items():
            self._program.set_hand(i, value)
        side = self._watch[-1]
        self.watch(self.condition)
        self._watch[-1] = side  # what an edit changes counts as a crossing at the next step
        solver = self.solver if fits(self.circuit, self.solver) else propose(self.circuit).solver
        self._set_method(solver, self.dt, keep_grid=True)

    def _follow(self, old: Settings, new: Settings) -> None:
        """Take over another seed, solver or step; where the circuit names none any more, what is proposed for it."""
        if old.seed != new.seed:
            self._program.reseed(new.seed)
            self._begin_anew()
        if (old.solver, old.dt) == (new.solver, new.dt):
            return
        plan = propose(self.circuit)
        if (plan.solver, plan.dt) != (self.solver, self.dt):
            self._set_method(plan.solver, plan.dt)

    def _set_method(self, solver: str, dt: float, *, keep_grid: bool = False) -> None:
        from circuitsim.dynamics import build

        self.solver, self.dt = solver, dt
        self._step, self._method = build.step(solver), build.method(solver)
        kind = self.circuit.kinds.solvers[solver]
        if kind.jacobian:
            self._program = with_derivatives(self._program)
        rows = kind.work + (self._program.states if kind.jacobian else 0)
        self._adaptive = kind.adaptive
        self._work = np.zeros((rows, max(self._x.size, memory.MEMORY if kind.adaptive else 0)))
        if kind.adaptive:
            self._work[0, memory.TOLERANCE] = self._tolerance or kind.tolerance
        self._begin_anew()
        if not keep_grid:
            self._t0, self._k = self.t, 0

    def _begin_anew(self) -> None:
        """Let a solver that keeps its last step begin another one at the present states."""
        if self._adaptive:
            self._work[0, memory.FRESH] = 1.0
