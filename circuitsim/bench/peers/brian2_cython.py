"""Brian2 as it runs from Python: each step compiled, the loop over steps in Python."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.bench._declare import Peer
from circuitsim.bench.extras import apart
from circuitsim.bench.peers._brian2 import EXTRA, brian2, network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload


def prepare(work: Workload) -> Runner:
    """Runs from the start; nothing is recorded."""
    library = brian2()
    library.set_device("runtime")
    library.prefs.codegen.target = "cython"
    whole, cells = network(library, work)
    whole.store()

    def run(duration: float) -> NDArray[np.float64]:
        whole.restore()
        whole.run(duration * library.second, namespace={})
        return np.array(cells.v[:])

    return run


PEER = Peer(
    id="brian2_cython",
    title="Brian2 cython, Euler",
    solver="euler",
    prepare=prepare,
    modules=("brian2",),
    remedy=partial(apart, EXTRA),
)
