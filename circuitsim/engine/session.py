"""A run in progress: state, time, and the steps from one instant to the next.

Step ends are those of `engine.ends`, the calls of networks, and the instant up to which a caller wants to go. How many
steps a caller asks for at a time cannot change a bit.
"""

from __future__ import annotations

import math
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.edits.alter import SetStart
from circuitsim.circuit.edits.edit import Restore
from circuitsim.circuit.elements import DOCUMENT_ID, Cell, Document, Input, Neuron, Synapse
from circuitsim.dynamics import memory
from circuitsim.dynamics.field import crossed
from circuitsim.engine.accuracy import Doubling, rounding
from circuitsim.engine.cells import Cells
from circuitsim.engine.change import Effect, effect_of
from circuitsim.engine.clamps import Clamps
from circuitsim.engine.compile import compile_program, with_derivatives
from circuitsim.engine.condition import nothing_watched, watched
from circuitsim.engine.ends import MOST, Calls, Grid
from circuitsim.engine.helper import helped, processors
from circuitsim.engine.instants import before, same
from circuitsim.engine.proposal import fits, propose
from circuitsim.engine.rows import EXPLODED, Explosion, Rows
from circuitsim.engine.samplings import Samplings, most, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, Settings
    from circuitsim.engine.condition import Condition
    from circuitsim.engine.ends import Ends, Stretch
    from circuitsim.engine.program import Program
    from circuitsim.engine.samplings import Sampled
    from circuitsim.spec.bounds import Floats

MET = -2  # what the kernel calls the culprit when it stopped at the condition


class Session:
    """State and time of a circuit, advanced by a solver.

    Args:
        circuit: The circuit; the session keeps a copy.
        solver: Id of the solver.
        dt: Its step.
        every: Sample after every so many grid points.
        initial: States at the begin by id of the neuron.
        tolerance: Error of a step that a solver with steps of its own allows.
        begin: When the run begins.
        end: When the run ends, if that is known.
        program: The circuit compiled, if it is already.
        spared: Processors to leave to others; with more than one besides, a large circuit has a second thread.

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
        begin: float = 0.0,
        end: float | None = None,
        program: Program | None = None,
        spared: int = 0,
    ) -> None:
        from circuitsim.dynamics import build

        self.circuit = circuit.copy()
        self.circuit.apply(SetStart(initial or {}))
        self.every = every
        self.explosion: Explosion | None = None
        self.hands: dict[int, float] = {}
        self.condition: Condition | None = None
        self.met = False
        self._watch = nothing_watched()
        self._samplings = Samplings()
        build.foresee(solver)
        self._program = program or compile_program(self.circuit)
        self._x = self._program.start.copy()
        self.t = begin
        self._clamps = Clamps(self.circuit, self._program)
        self._cells = Cells(self.circuit, self._program, self.t, end)
        self._cells.silence(self._x)
        self._tolerance, self._end = tolerance, end
        self._threads = processors() - spared
        self._set_method(solver, dt)
        self._field, self._advance = build.field(), build.advance()  # last: they may be compiled meanwhile

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
    def program(self) -> Program:
        """The circuit compiled."""
        return self._program

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
        return self._rows((np.array([self.t]), self._x[None], tables.all_lam[None], tables.all_b[None]))

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
            return float(self._work[0, memory.ERROR]) + rounding(self._program, self._x)
        return self._doubling().error(self.t, self._x[self._program.columns])

    def error_along(self, rows: Rows) -> float | None:
        """The largest error along rows of a run of this very circuit, about; None where no step can tell."""
        if self._adaptive:
            return self.error()
        return self._doubling().along(rows, self._ends.k)

    def _doubling(self) -> Doubling:
        kind = self.circuit.kinds.solvers[self.solver]
        ends = partial(self._ends.next, self._program)
        return Doubling(self._program, self._step, kind.order, kind.stages, self._work.copy(), ends)

    @property
    def ahead(self) -> float:
        """Model time that the next step takes, unless an edge ends it before."""
        kind = self.circuit.kinds.solvers[self.solver]
        return self._ends.next(self._program, self.t) - self.t if kind.calls else self.dt

    # moving -------------------------------------------------------------------------------------

    def advance(self, steps: int, until: float = math.inf) -> Rows:
        """Take up to so many steps, not beyond an instant, and return the sampled rows.

        Stops early when a state explodes (`explosion` tells then) and when the condition is met (`met`).
        """
        self.explosion, self.met = None, False
        parts: list[Rows] = []
        while steps > 0 and self.t < until and self.explosion is None and not self.met:
            call = self._cells.next_call()
            edge = min(self._ends.edge(self._program, self.t), call)
            if self._adaptive:
                self._work[0, memory.EDGE] = edge
            stop = min(edge, until)
            stretch = self._ends.stretch(self.t, stop, min(steps, MOST, most(self._program, self.every)))
            if self._too_short(stretch):
                self._skip(stretch, parts)
                steps -= 1
            else:
                steps -= max(self._run(stretch, parts), 1)
            if same(self.t, call):
                self._call(parts)
            if (self.t == stop or self.met) and (
                not parts or parts[-1].t.size == 0 or parts[-1].t[-1] != self.t
            ):
                parts.append(self.present())
        return Rows.joined(parts) if parts else self.present().part(slice(0))

    def _call(self, parts: list[Rows]) -> None:
        """Call the networks whose instant has come; the row of this instant tells what is after the call."""
        self._field(before(self.t), self._x, self._program.tables)
        culprit = self._cells.call(self._x, EXPLODED)
        if culprit is not None:
            self._explode(culprit[0], self.t, culprit[1], stalled=False)
            return
        self._begin_anew()
        if parts and parts[-1].t.size and parts[-1].t[-1] == self.t:
            parts[-1] = parts[-1].part(slice(-1))
        parts.append(self.present())
        self.met = self._look() or self.met

    def _too_short(self, stretch: Stretch) -> bool:
        """Whether there is nothing but a step that no solver can take; one that is adaptive may look into its last."""
        return stretch.tiny and not (self._adaptive and stretch.times[-1] < self._work[0, memory.EDGE])

    def _skip(self, stretch: Stretch, parts: list[Rows]) -> None:
        """Go on to an edge a rounding away: nothing moves, and no solver can take so short a step."""
        self._begin_anew()
        self.t = float(stretch.times[-1])
        self._ends.k += int(stretch.counted)
        self.met = self._look()
        if stretch.counted and self._ends.k % self.every == 0:
            parts.append(self.present())

    def _run(self, stretch: Stretch, parts: list[Rows]) -> int:
        """Take steps in one call of the kernel."""
        tables, ends = self._program.tables, self._ends
        every, steps = self.every if stretch.counted else 0, stretch.spans.size
        rows = (ends.k + steps) // every - ends.k // every if every else 0
        t, x, lam, b = self._samplings.buffers(rows, self._program)
        sound, side = self._sound(), self._watch.numbers[-1]

        def go(count: int) -> tuple[int, int, int]:
            lasts = np.nextafter(stretch.times[1 : count + 1], -math.inf)
            with helped(tables) if self._threads > 1 and len(tables.share) else nullcontext():
                result: tuple[int, int, int] = self._advance(
                    self._method, stretch.times[: count + 1], stretch.spans[:count], lasts, ends.k,
                    every, EXPLODED, self._x, self._work, tables, *self._watch, t, x, lam, b,
                )  # fmt: skip
            return result

        taken, written, culprit = go(steps)
        if culprit >= 0:
            failed, value, stalled = stretch.times[taken], float(self._x[culprit]), self._stalled()
            self._watch.numbers[-1] = side
            self._back_to(sound)
            taken, written, _ = go(taken - 1)  # the same bits again, up to the last sound state
        ends.k += taken if stretch.counted else 0
        self.t = float(stretch.times[taken])
        if culprit >= 0:
            self._explode(culprit, float(failed), value, stalled=stalled)
        self.met = culprit == MET
        if written:
            parts.append(self._rows((t[:written], x[:written], lam[:written], b[:written])))
        return taken

    def watch(self, condition: Condition | None) -> None:
        """Stop from now on when a value crosses a level; one that is there already must come back first."""
        known = condition is not None and condition.neuron in self._program.neuron_ids
        self.condition = condition if known else None
        self._watch = watched(self.condition, self._program)
        self._look()

    def _look(self) -> bool:
        """Look at the watched value outside of the kernel; True if it has just crossed its level."""
        if self.condition is None:
            return False
        tables = self._program.tables
        self._field(self.t, self._x, tables)
        with np.errstate(divide="ignore"):  # where nothing decays
            return crossed(*self._watch, self._x, tables.all_lam)

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

    def _rows(self, sampled: Sampled) -> Rows:
        return rows_of(sampled, self._program, self._clamps, self._cells.gates)

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
                if isinstance(element, Cell):
                    self._cells.write(self.circuit, element, self.t)
            numbers = (e for e in after.values() if isinstance(e, Neuron | Synapse | Input))
            if not self._program.write(numbers):
                self._swap()
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
        side = self._watch.numbers[-1]
        self.watch(self.condition)
        self._watch.numbers[-1] = side  # what an edit changes counts as a crossing at the next step
        solver = self.solver if fits(self.circuit, self.solver) else propose(self.circuit).solver
        self._set_method(solver, self.dt, keep_grid=True)

    def _follow(self, old: Settings, new: Settings) -> None:
        """Take over another seed, solver or step; where the circuit names none any more, what is proposed for it."""
        if old.seed != new.seed:
            self._program.reseed(new.seed)
            self._begin_anew()
        if (old.solver, old.dt) != (new.solver, new.dt):
            plan = propose(self.circuit)
            if (plan.solver, plan.dt) != (self.solver, self.dt):
                self._set_method(plan.solver, plan.dt)
        self._take_numbers()

    def _set_method(self, solver: str, dt: float, *, keep_grid: bool = False) -> None:
        from circuitsim.dynamics import build

        self.solver, self.dt = solver, dt
        self._step, self._method = build.step(solver), build.method(solver)
        kind = self.circuit.kinds.solvers[solver]
        if kind.jacobian:
            self._program = with_derivatives(self._program)
        rows = kind.work + (self._program.states if kind.jacobian else 0)
        self._adaptive = kind.adaptive
        least = max(len(kind.parameters), memory.MEMORY if kind.adaptive else 0)
        self._work = np.zeros((rows, max(self._x.size, least)))
        self._take_numbers()
        self._begin_anew()
        since = (self._ends.origin, self._ends.k) if keep_grid else (self.t, 0)
        calls = partial(Calls, self.circuit, end=self._end) if kind.calls else Grid
        self._ends: Ends = calls(since[0], dt, since[1])

    def _take_numbers(self) -> None:
        """Let the solver read its parameters."""
        kind, document = self.circuit.kinds.solvers[self.solver], self.circuit.document
        numbers = kind.numbers(document.settings.parameters, document.unit_system)
        if numbers:
            self._work[0, : len(numbers)] = list(numbers.values())
        if kind.adaptive and self._tolerance is not None:
            self._work[0, memory.TOLERANCE] = self._tolerance

    def _begin_anew(self) -> None:
        """Let a solver that keeps its last step begin another one at the present states."""
        if self._adaptive:
            self._work[0, memory.FRESH] = 1.0
            self._work[0, memory.WAVE] = self._program.shortest_wave()
