"""ncps's cell in torch: six substeps a call, dense matrices, no inputs."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from circuitsim.bench._declare import Peer
from circuitsim.bench.extras import here

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

UNFOLDS = 6
CALL = 0.5  # s of a call, so that runs are whole numbers of calls


def prepare(work: Workload) -> Runner:
    """Runs of whole calls in double precision, with one thread."""
    torch, cells, wirings = map(import_module, ("torch", "ncps.torch", "ncps.wirings"))
    torch.set_num_threads(1)
    n = work.case.neurons
    wiring = wirings.Wiring(n)
    for pre, post, sign in zip(work.pre.tolist(), work.post.tolist(), work.reversal.tolist(), strict=True):
        wiring.add_synapse(pre, post, int(sign))
    wiring.build(1)
    wiring.set_output_dim(n)
    cell = cells.LTCCell(wiring, in_features=1, ode_unfolds=UNFOLDS, epsilon=0.0).double()
    held = cell._params  # noqa: SLF001  (the only way to its numbers)
    with torch.no_grad():
        for name, values in (("gleak", work.leak), ("vleak", work.leak_potential), ("cm", work.capacitance)):
            held[name][:] = torch.as_tensor(values)
        for name, values in (("w", work.conductance), ("sigma", work.slope), ("mu", work.midpoint)):
            held[name][work.pre, work.post] = torch.as_tensor(values)
        held["sensory_w"][:] = 0.0
    silence, start = torch.zeros(1, 1, dtype=torch.float64), torch.as_tensor(work.start)[None]

    def run(duration: float) -> NDArray[np.float64]:
        state = start
        with torch.no_grad():
            for _ in range(round(duration / CALL)):
                state = cell(silence, state, CALL)[1]
        result: NDArray[np.float64] = state.numpy()[0]
        return result

    return run


PEER = Peer(
    id="ncps_cell",
    title="ncps LTCCell, torch",
    solver="fused",
    prepare=prepare,
    cases=("N19", "N64d", "N302"),
    modules=("ncps", "torch"),
    remedy=partial(here, "peers"),
    step=CALL / UNFOLDS,
    quiet=True,
)
