"""How large the error of a run is, estimated without a reference.

A solver with an embedded pair keeps account by itself. For any other one a step is taken twice, whole and in two
halves: the difference tells the error of a step. A neuron forgets what is older than its time constant, so the error
that has gathered is about that of the steps within one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats

LOOKS = 60  # instants of a finished run that are looked at
SMALLEST = 1e-12  # what rounding hides


@dataclass(frozen=True, slots=True, eq=False)
class Doubling:
    """Step doubling for a circuit, a method and a step.

    Attributes:
        program: The circuit; only what kernels write anew at every step is touched.
        step: Kernel STEP.
        order: Its order of convergence.
        work: Vectors that the step needs.
        dt: Its length.
    """

    program: Program
    step: Any
    order: int
    work: int
    dt: float

    def error(self, t: float, states: Floats, begun: float = 0.0) -> float:
        """Error of a run that began then and has come to a time and states; 0 where an input jumps just then.

        Args:
            t: Time.
            states: float64[n], in id order.
            begun: When the run began.
        """
        program, h = self.program, self.dt
        if program.next_edge(t) < t + h:
            return 0.0  # a step would be a shorter one here
        own = program.columns[program.remembers]
        once = program.start.copy()
        once[program.columns] = states
        twice, work = once.copy(), np.zeros((self.work, once.size))
        for at, length, x in ((t, h, once), (t, h / 2, twice), (t + h / 2, h / 2, twice)):
            end = math.nextafter(at + length, -math.inf)
            self.step(at, length, end, x, work, program.tables)
        share = 1.0 - 0.5**self.order
        of_step = np.abs(once - twice)[own] / share
        forgets = -np.expm1(-h * program.tables.lam[own])
        taken = max(1.0, (t - begun) / h)
        gathered = 1.0 / np.maximum(forgets, 1.0 / taken)
        found = float(np.max(of_step * gathered, initial=0.0))
        return found if math.isfinite(found) else 0.0


def in_words(error: float, unit: str) -> str:
    """``error about 2e-5 mV``, with one digit, since it is an estimate."""
    if error < SMALLEST:
        return f"error below {in_short(SMALLEST)} {unit}".rstrip()
    return f"error about {in_short(error)} {unit}".rstrip()


def in_short(value: float) -> str:
    """One digit: 0.02, 2e-5."""
    if 1e-3 <= value < 1e3:
        return f"{value:.1g}" if value < 10 else f"{float(f'{value:.1g}'):.0f}"
    digit, power = f"{value:.0e}".split("e")
    return f"{digit}e{int(power)}"
