"""A solver, a step, a duration and a speed that fit a circuit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.bands import bands
from circuitsim.engine.ends import even, last_end, sample_times, spacing
from circuitsim.engine.groups import stimulus_numbers
from circuitsim.engine.span import last_edge, period

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input
    from circuitsim.engine.bands import Bands

STEPS_IN_FASTEST = 4.0  # steps in the smallest tau: accurate to about 1e-4 with RK4
STEPS_IN_SLOWEST = 150.0  # so that motion on the screen is smooth when the slowest takes 1.5 s
SCREEN_SECONDS = 1.5  # the slowest time constant on the screen
DURATION_IN_SLOWEST = 20.0
SPAN_SECONDS = 12.0  # at most until the last edge of an input on the screen
BEHIND = 0.25  # a run goes on behind the last edge, of the time before it
PERIODS_LIKE_SLOWEST = 5.0  # calls of a network take the place of its slowest time constant
STEPS_IN_PERIOD = 10.0  # if nothing but networks runs: so that what they read is drawn between two calls
ROSENBROCK_UP_TO = 100  # neurons: a step of it then takes about a millisecond, but is far more accurate
STIFF = 1e4  # ratio of time constants from which an explicit method wastes its steps


@dataclass(frozen=True, slots=True)
class Proposal:
    """How to simulate a circuit; what its settings name comes from them.

    Attributes:
        solver: Id of the solver.
        dt: Its step.
        duration: Length of a run.
        speed: Model time per second of wall time.
        tau_fastest: Smallest time constant any neuron can reach.
        tau_slowest: Largest bounded time constant.
        fastest: Id of the neuron that can be fastest; None without neurons.
    """

    solver: str
    dt: float
    duration: float
    speed: float
    tau_fastest: float
    tau_slowest: float
    fastest: int | None


def propose(circuit: Circuit, known: Bands | None = None, solver: str | None = None) -> Proposal:
    """Propose solver, step, duration and speed; settings of the circuit take precedence.

    Args:
        circuit: The circuit.
        known: Its bands, if they are at hand.
        solver: Id of the solver that is meant; None leaves it to the settings. An unknown one is as good as none.
    """
    found = known or bands(circuit)
    fastest, slowest, neuron = _extremes(found, circuit.unit_system.id)
    settings = circuit.document.settings
    stiff = slowest / fastest > STIFF
    chosen = _fitting(circuit, solver or settings.solver, stiff=stiff)
    follows = not stiff or circuit.kinds.solvers[chosen].explicit  # a larger step would make it explode
    dt = min(fastest / STEPS_IN_FASTEST, slowest / STEPS_IN_SLOWEST) if follows else slowest / 500.0
    dt = round_down(dt)
    last = max((i.table.times[-1] for i in circuit.inputs if i.table is not None), default=0.0)
    span = max((_span(circuit, i) for i in circuit.inputs), default=0.0)
    periods = [cell.parameters["period"] for cell in circuit.cells]
    if periods:
        slowest = max(PERIODS_LIKE_SLOWEST * max(periods), 0.0 if neuron is None else slowest)
        last += max(periods) if last else 0.0  # the call that ends the interval of the last row
        dt = min(periods) / STEPS_IN_PERIOD if neuron is None else dt
    kind = circuit.kinds.solvers[chosen]
    ends = 0.0
    if kind.calls:
        rows = sample_times(circuit, circuit.inputs)
        dt = settings.dt or even(rows) or kind.dt or dt
        slowest = max(slowest, PERIODS_LIKE_SLOWEST * spacing(circuit, chosen, dt))
        ends = last_end(rows, dt)
    length = max(DURATION_IN_SLOWEST * slowest, span)
    return Proposal(
        solver=chosen,
        dt=settings.dt or dt,
        duration=settings.duration or ends or max(round_up(length), last),
        speed=settings.speed or float(f"{max(slowest / SCREEN_SECONDS, span / SPAN_SECONDS):.2g}"),
        tau_fastest=fastest,
        tau_slowest=slowest,
        fastest=neuron,
    )


def _span(circuit: Circuit, source: Input) -> float:
    """The time in which an input shows what it does: its edges and a little more, or a period."""
    kind = circuit.kinds.stimuli[source.stimulus]
    if kind.table:
        return 0.0  # the last row counts, not the first few
    row = stimulus_numbers(kind, source, circuit.document.settings.seed)
    if kind.glimpse is not None:
        return float(kind.glimpse(row))
    edge = last_edge(kind, row)
    return max(edge * (1.0 + BEHIND), period(source))


def fits(circuit: Circuit, solver: str) -> bool:
    """Whether a circuit is small enough for a solver."""
    most = circuit.kinds.solvers[solver].most
    return most is None or len(circuit.neurons) <= most


def steadier(circuit: Circuit, solver: str, plan: Proposal) -> str | None:
    """Id of the solver to take where one needs too small a step; None if it is that one already.

    A stiff method follows slow neurons accurately; where it would be too slow, or nothing is stiff, a step that no
    length makes explode.
    """
    stiff = plan.tau_slowest > STIFF * plan.tau_fastest and fits(circuit, "rosenbrock")
    wanted = "rosenbrock" if stiff and solver != "rosenbrock" else "fused"
    return None if wanted == solver else wanted


def _fitting(circuit: Circuit, named: str | None, *, stiff: bool) -> str:
    """The solver that is named, unless there is none or the circuit is too large for it; else the best one."""
    if named is not None and named in circuit.kinds.solvers and fits(circuit, named):
        return named
    if not stiff:
        return "rk4"
    return "rosenbrock" if len(circuit.neurons) <= ROSENBROCK_UP_TO else "fused"


def smaller_step(dt: float, tau: float) -> float:
    """A step that can work where one was too large: at most half the smallest time constant, a round number.

    Args:
        dt: The step that was too large; one that is so small already is halved.
        tau: The smallest time constant any neuron can reach.
    """
    fitting = round_down(tau / 2.0) if 0.0 < tau < math.inf else dt
    return fitting if fitting < dt else dt / 2.0


def round_down(value: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not larger."""
    power = math.floor(math.log10(value))
    candidates = [float(f"{digit}e{power + shift}") for shift in (-1, 0, 1) for digit in (1, 2, 5)]
    return max(c for c in candidates if c <= value * (1.0 + 1e-12))


def round_up(value: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not smaller."""
    power = math.floor(math.log10(value))
    candidates = [float(f"{digit}e{power + shift}") for shift in (-1, 0, 1) for digit in (1, 2, 5)]
    return min(c for c in candidates if c >= value * (1.0 - 1e-12))


def _extremes(found: Bands, unit_system: str) -> tuple[float, float, int | None]:
    """Smallest and largest bounded time constant, and the neuron that can be fastest."""
    usual = 50.0 if unit_system == "physiological" else 1.0
    high = np.where(np.isfinite(found.tau_high), found.tau_high, 0.0)
    high = np.where(high > 0.0, high, found.tau_low)
    low = np.where(found.tau_low > 0.0, found.tau_low, high / 100.0)
    good = np.flatnonzero((low > 0.0) & np.isfinite(low) & (high > 0.0) & np.isfinite(high))
    if not good.size:
        return usual, usual, None
    first = good[np.argmin(low[good])]
    return float(low[first]), float(high[good].max()), found.ids[first]
