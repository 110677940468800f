"""Watches a run for states that leave the interval in which their equations keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.proposal import propose, smaller_step, steadier
from circuitsim.spec.issue import Issue
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats

ROUNDING = 1e-5  # of the size of an interval: above rounding and above what solvers that control their error let pass
HOLD = 1.0  # seconds for which a neuron stays named after it was last seen outside, so that no sign flickers
MOST = 50  # neurons named at once


class Monitor:
    """Compares sampled states with their invariant intervals; it looks on and changes nothing.

    The exact solution never leaves its interval, and the fused step does not either, however large it is.
    So a state outside tells of a step that is too large, or of a tolerance where a solver chooses its own steps.

    Attributes:
        issues: A warning for every neuron that is named now, in id order.
    """

    def __init__(self, circuit: Circuit, found: Bands, solver: str, dt: float) -> None:
        self._circuit, self._bands = circuit, found
        self._solver, self._dt = solver, dt
        low, high = _with_model(circuit, found, solver)
        room = ROUNDING * (1.0 + _size(low) + _size(high))
        self._low, self._high = low - room, high + room
        units = np.isin(found.ids, [i for cell in circuit.cells for i in cell.units])
        self._low[units], self._high[units] = -np.inf, np.inf  # no step of a solver moves them
        self._seen = np.full(len(found.ids), -np.inf)
        self._named = np.zeros(0, dtype=np.intp)
        self.issues: tuple[Issue, ...] = ()

    def look(self, v: Floats, now: float, hold: float = HOLD) -> None:
        """Look at sampled states.

        Args:
            v: float64[s, n], neurons in id order; at least one row is needed to change anything.
            now: Wall time in seconds.
            hold: Seconds after which a neuron that has come back is not named any more.
        """
        if not v.shape[0] or v.shape[1] != self._seen.size:
            return
        outside = (v.min(0) < self._low) | (v.max(0) > self._high)
        self._seen[outside] = now
        named = np.flatnonzero(outside | (self._seen > now - hold))[:MOST]
        if not np.array_equal(named, self._named):
            self._named = named
            self.issues = self._told() if named.size else ()

    def _told(self) -> tuple[Issue, ...]:
        circuit, found, dt = self._circuit, self._bands, self._dt
        time, potential = (circuit.unit_system.unit(d) for d in (Dimension.TIME, Dimension.POTENTIAL))
        plan, kind = propose(circuit, found), circuit.kinds.solvers[self._solver]
        better = steadier(circuit, self._solver, plan)
        cures = (better,) if better else ()
        take = f"take the solver {better}" if better else ""
        step: float | None = None
        if kind.calls:  # tables may say how long they are
            cause, remedy = "its calls are too long for their substeps", take
        elif kind.adaptive:  # dt is only the time between its rows
            allowed = kind.numbers(circuit.document.settings.parameters, circuit.unit_system.id)["tolerance"]
            cause = f"the tolerance {allowed:g} of its steps is too large"
            remedy = " or ".join(s for s in (take, f"take a tolerance below {allowed:g}") if s)
        else:
            step = smaller_step(dt, plan.tau_fastest)
            cause, cures = f"the step {dt:g} {time} is too large", ("step", *cures)
            remedy = " or ".join(s for s in (f"lower dt to {step:g} {time}", take) if s)
        neurons = circuit.neurons
        return tuple(
            Issue(
                f"neuron {neurons[k].name}",
                f"its state left {found.state_low[k]:.3g} to {found.state_high[k]:.3g} {potential}".rstrip()
                + f", where its equation keeps it: {cause}",
                remedy,
                warning=True,
                element=neurons[k].id,
                cures=cures,
                step=step,
            )
            for k in self._named.tolist()
        )


def _with_model(circuit: Circuit, found: Bands, solver: str) -> tuple[Floats, Floats]:
    """Ends of the state intervals of what a solver computes; epsilon of ncps is one more leak, towards 0."""
    kind = circuit.kinds.solvers[solver]
    if kind.model is None:
        return found.state_low, found.state_high
    return np.minimum(found.state_low, 0.0), np.maximum(found.state_high, 0.0)


def _size(ends: Floats) -> Floats:
    """Magnitude of the ends of intervals; 0 for those that are infinite."""
    return np.where(np.isfinite(ends), np.abs(ends), 0.0)
