"""How large the error of a run is, estimated without a reference.

A solver with an embedded pair keeps account by itself. For any other one a step is taken twice, whole and in two
halves: the difference tells the error of a step. A neuron forgets what is older than its time constant, so the error
that has gathered is about that of the steps within one. What single precision rounds away is added. A rhythm does not
forget its phase: there the error grows with time, and the estimate does not tell of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.engine.instants import SPACINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.engine.program import Program
    from circuitsim.engine.rows import Rows
    from circuitsim.engine.session import Session
    from circuitsim.spec.bounds import Floats

LOOKS = 60  # instants of a finished run that are looked at, at most
FEWEST = 5  # of a long run of a large circuit
AFFORDED = 4_000_000  # synapses that may be looked at for the estimate, however short the run was
SHARE = 0.02  # of the work of a run that it may take
STEPS = 3  # one whole and two halves
BETWEEN = 0.5  # seconds of wall time between two estimates
SMALLEST = 1e-12  # what rounding hides


@dataclass(frozen=True, slots=True, eq=False)
class Doubling:
    """Step doubling for a circuit and a method; the work of a run is not to be the one that is given.

    Attributes:
        program: The circuit; only what kernels write anew at every step is touched.
        step: Kernel STEP.
        order: Its order of convergence.
        stages: Evaluations of the right-hand side in a step.
        work: float64[w, C + 2M], what the step works with.
        ends: Where the step ends that begins at a time.
    """

    program: Program
    step: Any
    order: int
    stages: int
    work: Floats
    ends: Callable[[float], float]

    def along(self, rows: Rows, taken: int) -> float | None:
        """The largest error at some of the rows of a run that took so many steps; None where no step can tell."""
        some = np.unique(np.linspace(0, rows.t.size - 1, self._looks(taken)).astype(np.int64))
        found = [self.error(float(rows.t[k]), rows.v[k]) for k in some]
        return max((error for error in found if error is not None), default=None)

    def _looks(self, taken: int) -> int:
        """At how many instants: the estimate is not to take longer than the run."""
        slots = max(1, self.program.tables.pre.size)
        cheap = AFFORDED // (STEPS * self.stages * slots)
        return min(LOOKS, max(FEWEST, cheap, int(SHARE * taken / STEPS)))

    def error(self, t: float, states: Floats, begun: float = 0.0) -> float | None:
        """Error of a run that began then and has come to a time and states.

        None if the next edge is so close that no step leads there, infinite if a step overflows.

        Args:
            t: Time.
            states: float64[n], in id order.
            begun: When the run began.
        """
        program, stop = self.program, self.ends(t)
        h, middle = stop - t, t + 0.5 * (stop - t)
        if h <= SPACINGS * math.ulp(t):
            return None
        own = program.columns[program.remembers]
        once = program.start.copy()
        once[program.columns] = states
        twice = once.copy()
        for at, end, x in ((t, stop, once), (t, middle, twice), (middle, stop, twice)):
            self.step(at, end - at, math.nextafter(end, -math.inf), x, self.work, program.tables)
        if not (np.isfinite(once[own]).all() and np.isfinite(twice[own]).all()):
            return math.inf
        share = 1.0 - 0.5**self.order
        taken = max(1.0, (t - begun) / h)
        with np.errstate(over="ignore", invalid="ignore"):
            of_step = np.abs(once - twice)[own] / share
            forgets = -np.expm1(-h * program.tables.lam[own])
            gathered = 1.0 / np.maximum(forgets, 1.0 / taken)
            found = float(np.max(of_step * gathered, initial=0.0)) + rounding(program, once)
        return math.inf if math.isnan(found) else found


class Largest:
    """The largest error of a run that was seen; it looks now and then, since an estimate costs three steps.

    Attributes:
        value: None while nothing could tell.
    """

    def __init__(self) -> None:
        self.value: float | None = None
        self._looked = -math.inf

    def look(self, session: Session, now: float) -> None:
        """Look, unless it did a moment ago, at wall time in seconds: a slider edits more often."""
        if now - self._looked > BETWEEN:
            found, self._looked = session.error(), now
            if found is not None:
                self.value = found if self.value is None else max(self.value, found)


def rounding(program: Program, x: Floats) -> float:
    """What the rounding of synapses may move a state by, in its unit; 0 in double precision.

    Args:
        program: The circuit.
        x: float64[C + 2M], its states.
    """
    found = 0.0
    for block in program.synapse_blocks:
        if block.single is not None:
            largest = float(np.max(np.abs(x[program.columns]), initial=0.0))
            found = max(found, block.single.error(block.rows(block.single.rows, program.tables.q), largest))
    return found


def in_words(error: float | None, unit: str) -> str:
    """``error about 2e-5 mV``, with one digit, since it is an estimate."""
    if error is None:
        return "error unknown"
    if not math.isfinite(error):
        return "error without bound"
    if error < SMALLEST:
        return f"error below {in_short(SMALLEST)} {unit}".rstrip()
    return f"error about {in_short(error)} {unit}".rstrip()


def in_short(value: float) -> str:
    """One digit: 0.02, 2e-5."""
    if 1e-3 <= value < 1e3:
        return f"{value:.1g}" if value < 10 else f"{float(f'{value:.1g}'):.0f}"
    digit, power = f"{value:.0e}".split("e")
    return f"{digit}e{int(power)}"
