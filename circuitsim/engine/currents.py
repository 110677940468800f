"""Currents through synapses at an instant, for flow dots and read-outs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.groups import synapse_groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.report import Snapshot
    from circuitsim.spec.bounds import Floats, Ints


class CurrentMeter:
    """Reads the currents of a circuit again and again; make a new one after every edit.

    Attributes:
        ids: int64[s], the synapses it reads.
        directed: Those whose current is drawn from pre to post whatever its sign.
    """

    def __init__(self, circuit: Circuit) -> None:
        ends = [n.id for n in circuit.neurons] + [i.id for i in circuit.inputs]
        place = {i: k for k, i in enumerate(ends)}
        self._ends = (tuple(n.id for n in circuit.neurons), tuple(i.id for i in circuit.inputs))
        mutual = {kind.id for kind in circuit.kinds.synapses.values() if kind.mutual}
        self.directed = frozenset(s.id for s in circuit.synapses if s.kind not in mutual)
        self._groups = []
        for group in synapse_groups(circuit):
            stride = (
                2 if group.kind.mutual else 1
            )  # a mutual synapse stands twice; its first direction counts
            one = slice(None, None, stride)
            pre, post = (np.array([place[i] for i in side[one].tolist()]) for side in (group.pre, group.post))
            self._groups.append((group.kind, group.ids[one], pre, post, group.p[:, one]))
        self.ids: Ints = np.concatenate([np.zeros(0, dtype=np.int64), *(g[1] for g in self._groups)])

    def flowing(self, snapshot: Snapshot) -> Mapping[int, float]:
        """Current into the postsynaptic neuron, by synapse id."""
        return dict(zip(self.ids.tolist(), self.read(snapshot).tolist(), strict=True))

    def read(self, snapshot: Snapshot) -> Floats:
        """Current into each postsynaptic neuron, float64[s]; zeros if the snapshot is of another circuit."""
        if (snapshot.ids, snapshot.input_ids) != self._ends:
            return np.zeros(self.ids.size)
        x = np.concatenate([snapshot.v, snapshot.inputs])
        parts = [kind.current(p, x[pre], x[post]) for kind, _, pre, post, p in self._groups]
        return np.concatenate([np.zeros(0), *parts])


def currents(circuit: Circuit, snapshot: Snapshot) -> Mapping[int, float]:
    """Current into the postsynaptic neuron, by synapse id."""
    return CurrentMeter(circuit).flowing(snapshot)
