"""diffrax's Dormand-Prince pair, compiled by JAX for the processor in double precision."""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.bench._declare import Peer
from circuitsim.bench.extras import here
from circuitsim.bench.own import TOLERANCE
from circuitsim.bench.workload import OMEGA

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

STEPS = 2**24  # at most


def prepare(work: Workload) -> Runner:
    """Runs of the synapses as a rectangle, each neuron a row, short rows filled up with conductances of 0."""
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    diffrax, jax, jnp = map(import_module, ("diffrax", "jax", "jax.numpy"))
    jax.config.update("jax_enable_x64", True)  # noqa: FBT003  (its signature)
    pre, slope, midpoint, conductance, pull = map(jnp.asarray, _rectangles(work))

    def rates(t: Any, v: Any, _: object) -> Any:
        opened = conductance * jax.nn.sigmoid(slope * (v[pre] - midpoint))
        driven = work.sine * jnp.sin(OMEGA * t) + work.cosine * jnp.cos(OMEGA * t)
        leaking = work.leak * (work.leak_potential - v)
        return (leaking + (opened * pull).sum(1) - opened.sum(1) * v + driven) / work.capacitance

    def solve(end: Any, start: Any) -> Any:
        control = diffrax.PIDController(rtol=TOLERANCE, atol=TOLERANCE * 1e-3)
        return diffrax.diffeqsolve(
            diffrax.ODETerm(rates), diffrax.Dopri5(), 0.0, end, 0.01, start, stepsize_controller=control,
            max_steps=STEPS, saveat=diffrax.SaveAt(t1=True), adjoint=diffrax.ForwardMode(),
        ).ys[0]  # fmt: skip

    compiled = jax.jit(solve)

    def run(duration: float) -> NDArray[np.float64]:
        return np.asarray(compiled(duration, jnp.asarray(work.start)))

    return run


def _rectangles(work: Workload) -> list[NDArray[np.generic]]:
    degree = np.diff(work.first)
    shape = work.case.neurons, int(degree.max())
    row = work.post
    place = np.arange(work.case.synapses) - work.first[row]

    def spread(values: NDArray[np.generic]) -> NDArray[np.generic]:
        result = np.zeros(shape, values.dtype)
        result[row, place] = values
        return result

    return [spread(x) for x in (work.pre, work.slope, work.midpoint, work.conductance, work.reversal)]


PEER = Peer(
    id="diffrax_dopri5",
    title="diffrax Dopri5, compiled",
    solver="dormand_prince",
    prepare=prepare,
    cases=("N19", "N64d", "N302", "N10k"),
    modules=("diffrax", "jax"),
    remedy=partial(here, "bench"),
    step=None,
)
