"""What is right: the states of a workload by another method, with tiny errors, in plain numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.bench._declare import Missing

if TYPE_CHECKING:
    from circuitsim.bench.workload import Floats, Workload

END = 10.0  # s, where states are compared


class Truth:
    """The states of a workload at time 10 s, with inputs and without, computed when they are first asked for."""

    def __init__(self, work: Workload) -> None:
        self._work = work
        self._known: dict[bool, Floats] = {}

    def states(self, *, quiet: bool) -> Floats:
        """float64[n], with inputs or without."""
        if quiet not in self._known:
            self._known[quiet] = reference(self._work.quiet() if quiet else self._work)
        return self._known[quiet]

    def distance(self, states: Floats, *, quiet: bool) -> float:
        """The greatest distance of a state from the right one.

        Args:
            states: float64[n], at time 10 s.
            quiet: Whether there are no inputs.

        Raises:
            Missing: If these are no states of this workload.
        """
        right = self.states(quiet=quiet)
        if np.shape(states) != right.shape or not np.isfinite(states).all():
            raise Missing("it ends in states that are not finite, or not as many as there are neurons")
        return float(np.abs(states - right).max())


def reference(work: Workload) -> Floats:
    """float64[n], the states at time 10 s by scipy's DOP853 with the tolerance of the case.

    Raises:
        RuntimeError: If it finds no step that is small enough.
    """
    from scipy.integrate import DOP853

    allowed = work.case.tolerance
    solver = DOP853(work.rates(), 0.0, work.start, END, rtol=allowed, atol=allowed / 100)
    while solver.status == "running":  # step by step: solve_ivp would keep the states of every step
        solver.step()
    if solver.status != "finished":
        raise RuntimeError(f"DOP853 fails at time {solver.t:g}")
    result: Floats = solver.y
    return result
