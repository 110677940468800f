"""Invariant intervals of conductance neurons with currents and gap junctions, in numpy.

At the upper end U of an interval the state may not grow whatever the synapses do. So U solves
U = max over subsets S of (leak + sum_S w E + sum gap U_pre + current) / (leak + sum_S w + sum gap),
and the best subset takes reversal potentials in descending order while they raise the value
(Nagumo's theorem on invariant sets; the lower end follows by the mirror image).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints, Surroundings

ITERATIONS = 2000  # each one is already a bound; more only make it tighter
TOLERANCE = 1e-13


def upper_ends(around: Surroundings, leak: Floats, leak_potential: Floats) -> Floats:
    """Upper ends of the invariant intervals, start states included.

    Args:
        around: What acts on the neurons.
        leak: float64[n], leak conductance.
        leak_potential: float64[n].

    Returns:
        float64[n]; inf where nothing bounds the state.
    """
    n = leak.size
    order, slots = _descending(around, n)
    base = leak * leak_potential + around.current[1]
    shunt = leak + around.steady
    free = np.maximum(_best_ratio(around, order, slots, base, shunt), around.start)
    if around.gap.size == 0:
        return free
    gap_sum = np.bincount(around.gap_row, around.gap, n)
    ends = np.full(n, free.max())
    if not np.isfinite(ends[0]):
        return np.where(gap_sum > 0.0, np.inf, free)
    for _ in range(ITERATIONS):
        pull = np.bincount(around.gap_row, around.gap * ends[around.gap_from], n)
        tighter = np.maximum(_best_ratio(around, order, slots, base + pull, shunt + gap_sum), around.start)
        tighter = np.minimum(tighter, ends)
        settled = np.max(ends - tighter) <= TOLERANCE * (1.0 + np.max(np.abs(ends)))
        ends = tighter
        if settled:
            break
    return ends


def state_interval(around: Surroundings, leak: Floats, leak_potential: Floats) -> tuple[Floats, Floats]:
    """Lower and upper ends of the invariant intervals of conductance neurons, float64[n] each."""
    mirror = replace(
        around,
        start=-around.start,
        reversal=-around.reversal,
        current=(-around.current[1], -around.current[0]),
    )
    return -upper_ends(mirror, leak, -leak_potential), upper_ends(around, leak, leak_potential)


def _descending(around: Surroundings, n: int) -> tuple[Ints, Ints]:
    """Synapses sorted by neuron and falling reversal potential, and where each neuron's begin."""
    order = np.lexsort((-around.reversal, around.row))
    return order, np.searchsorted(around.row[order], np.arange(n + 1))


def _best_ratio(around: Surroundings, order: Ints, slots: Ints, top: Floats, bottom: Floats) -> Floats:
    """Largest (top + sum_S w E) / (bottom + sum_S w) for every neuron."""
    top, bottom = top.copy(), bottom.copy()
    live = np.flatnonzero(slots[1:] > slots[:-1])
    slot = slots[live]
    while live.size:
        k = order[slot]
        w, e = around.conductance[k], around.reversal[k]
        nothing_yet = (bottom[live] == 0.0) & (top[live] == 0.0)
        raises = nothing_yet | (e * bottom[live] > top[live])
        live, slot, w, e = live[raises], slot[raises] + 1, w[raises], e[raises]
        top[live] += w * e
        bottom[live] += w
        more = slot < slots[live + 1]
        live, slot = live[more], slot[more]
    ratio = np.where(top > 0.0, np.inf, -np.inf)
    np.divide(top, bottom, out=ratio, where=bottom > 0.0)
    return ratio
