"""Currents through synapses and what of them acts at an instant, for flow dots and read-outs."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Input, Synapse
from circuitsim.circuit.lesions import silent
from circuitsim.engine.groups import parameter_block, synapse_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.report import Snapshot
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.kind import SynapseKind


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
        self._gain = np.array([i.gain for i in circuit.inputs])
        self._offset = np.array([i.offset for i in circuit.inputs])
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
        x = np.concatenate([snapshot.v, self._gain * snapshot.inputs + self._offset])
        parts = [kind.current(p, x[pre], x[post]) for kind, _, pre, post, p in self._groups]
        return np.concatenate([np.zeros(0), *parts])


def currents(circuit: Circuit, snapshot: Snapshot) -> Mapping[int, float]:
    """Current into the postsynaptic neuron, by synapse id."""
    return CurrentMeter(circuit).flowing(snapshot)


def acting(circuit: Circuit, snapshot: Snapshot, synapses: Iterable[int]) -> dict[int, float]:
    """What of the strength of some synapses acts at an instant, by synapse id.

    It has the unit of the strength: for a chemical synapse it is the conductance that is open. Synapses whose
    source is not in the snapshot yet are left out.
    """
    result = {}
    for i in synapses:
        synapse = circuit.get(i, Synapse)
        x_pre = sent(circuit, snapshot, synapse.pre)
        if silent(circuit, synapse):
            result[i] = 0.0
        elif x_pre is not None:
            kind, p = _declared(circuit, i)
            result[i] = float(kind.acting(p, np.array([x_pre]))[0])
    return result


def current(circuit: Circuit, snapshot: Snapshot, synapse: int) -> float:
    """Current of one synapse into its postsynaptic neuron; 0 if it is silent, and while the run does not know its ends."""
    element = circuit.get(synapse, Synapse)
    x_pre, x_post = (sent(circuit, snapshot, end) for end in (element.pre, element.post))
    if x_pre is None or x_post is None or silent(circuit, element):
        return 0.0
    kind, p = _declared(circuit, synapse)
    return float(kind.current(p, np.array([x_pre]), np.array([x_post]))[0])


def _declared(circuit: Circuit, synapse: int) -> tuple[SynapseKind, Floats]:
    """Kind of a synapse and its parameters as float64[P, 1]."""
    element = circuit.get(synapse, Synapse)
    kind = circuit.kinds.synapses[element.kind]
    return kind, parameter_block(kind, [element])


def sent(circuit: Circuit, snapshot: Snapshot, element: int) -> float | None:
    """State of a neuron or what an input sends to synapses; None while the run does not know it."""
    found = circuit.elements.get(element)
    for ids, values in ((snapshot.ids, snapshot.v), (snapshot.input_ids, snapshot.inputs)):
        at = bisect_left(ids, element)
        if at < len(ids) and ids[at] == element:
            value = float(values[at])
            return found.sent(value) if isinstance(found, Input) else value
    return None
