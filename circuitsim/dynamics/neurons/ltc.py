"""LTC in conductance form: c dv/dt = g_l (E_l - v) + sum g s (E - v) + sum gap (v_pre - v) + I."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.intervals import state_interval
from circuitsim.spec.bounds import Bounds
from circuitsim.spec.kind import ContinuousKind
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Surroundings

G, GE, _DRIVE, CURRENT = range(4)  # rows of acc: Channel
CAPACITANCE, LEAK_CONDUCTANCE, LEAK_POTENTIAL = range(3)  # rows of p


def _pack(p: Floats) -> Floats:
    """Rows 1/c, g_l and g_l E_l."""
    return np.stack([1.0 / p[CAPACITANCE], p[LEAK_CONDUCTANCE], p[LEAK_CONDUCTANCE] * p[LEAK_POTENTIAL]])


def _rates(p: Floats, lo: int, n: int, _x: Floats, acc: Floats, lam: Floats, b: Floats) -> None:
    inverse, leak, leak_current = p[0:n], p[n : 2 * n], p[2 * n : 3 * n]  # slices first: then it vectorises
    g, ge, current = acc[G, lo : lo + n], acc[GE, lo : lo + n], acc[CURRENT, lo : lo + n]
    lam, b = lam[lo : lo + n], b[lo : lo + n]
    for i in range(n):
        lam[i] = (leak[i] + g[i]) * inverse[i]
        b[i] = (leak_current[i] + ge[i] + current[i]) * inverse[i]


def _partials(p: Floats, lo: int, n: int, x: Floats, acc: Floats, dx: Floats, dacc: Floats) -> None:
    inverse, leak = p[0:n], p[n : 2 * n]
    for i in range(n):
        dx[lo + i] = -(leak[i] + acc[G, lo + i]) * inverse[i]
        dacc[G, lo + i] = -x[lo + i] * inverse[i]
        dacc[GE, lo + i] = inverse[i]
        dacc[CURRENT, lo + i] = inverse[i]


def _bounds(around: Surroundings) -> Bounds:
    capacitance, leak = around.p[CAPACITANCE], around.p[LEAK_CONDUCTANCE]
    n = leak.size
    low, high = state_interval(around, leak, around.p[LEAK_POTENTIAL])
    least = leak + around.steady + np.bincount(around.gap_row, around.gap, n)
    most = least + np.bincount(around.row, around.conductance, n)
    with np.errstate(divide="ignore"):
        return Bounds(low, high, capacitance / most, capacitance / least)


KIND = ContinuousKind(
    id="ltc",
    title="LTC neuron",
    doc="A leaky membrane whose synapses open conductances, so that its time constant is liquid.",
    avoid="Do not use it for spiking cells or for channels that open with their own cell's potential: it has "
    "no spike and no gate that remembers.",
    equation="c dv/dt = gₗ (Eₗ − v) + Σ g σ(s (v_pre − m)) (E − v) + Σ ĝ (v_pre − v) + I;  "
    "τ = c / (gₗ + Σ g σ + Σ ĝ)",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439, eq. 1 and theorem 1; Lechner et al., Nature Machine "
    "Intelligence 2 (2020) 642",
    parameters=(
        number(
            "capacitance", "capacitance", "c", Dimension.CAPACITANCE,
            (0.5, 0.01, 10.0), (50.0, 1.0, 1000.0),
            "Charge the membrane takes per change of potential; the time constant grows with it.",
            low=1e-12, log=True,
        ),
        number(
            "leak_conductance", "leak conductance", "gₗ", Dimension.CONDUCTANCE,
            (1.0, 0.01, 10.0), (1.0, 0.01, 100.0),
            "Conductance that is always open; with the capacitance it sets the slowest time constant.",
            low=0.0, log=True,
        ),
        number(
            "leak_potential", "leak potential", "Eₗ", Dimension.POTENTIAL,
            (0.0, -1.0, 1.0), (-60.0, -100.0, 20.0),
            "Membrane potential without synapses and currents.",
        ),
    ),
    accepts=frozenset({"chemical", "spline_conductance", "electrical", "electrical_directed", "current", "clamp"}),
    pack=_pack,
    rates=_rates,
    partials=_partials,
    bounds=_bounds,
    capacitance="capacitance",
)  # fmt: skip
