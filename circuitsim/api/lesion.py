"""What a lesion does: the same run with and without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from circuitsim.api.run import simulate

if TYPE_CHECKING:
    from circuitsim.api.trace import Trace
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron, Synapse
    from circuitsim.engine.contrast import Contrast


@dataclass(frozen=True, slots=True, eq=False)
class Lesion:
    """Two runs of a circuit.

    Attributes:
        before: Nothing is muted.
        after: What was named is muted, and what was muted already.
    """

    before: Trace
    after: Trace

    def __getitem__(self, name: str) -> Contrast:
        """Mean and peak of a neuron, an input or an output, without and with the lesion.

        Raises:
            InputError: If nothing of that name was recorded.
        """
        from circuitsim.engine.contrast import contrast

        return contrast(*((run.t, run[name].value) for run in (self.before, self.after)))


def lesion(circuit: Circuit, *what: str | Neuron | Synapse, **options: Any) -> Lesion:
    """Run a circuit without lesions, and again with some.

    Both runs use one solver and one step: those of the circuit without lesions.

    Args:
        circuit: The circuit; it is not changed.
        *what: Names of neurons, of synapses (``pre:post``), or these themselves, that are muted.
        **options: What `simulate` takes.

    Raises:
        InputError: If there is nothing of a name, it cannot be muted, or an option does not fit.
    """
    from circuitsim.engine.proposal import propose
    from circuitsim.engine.twin import healed

    lesioned, whole = circuit.copy(), healed(circuit)
    lesioned.mute(*what)
    plan = propose(whole, solver=options.get("solver"))
    method = {"solver": plan.solver, "dt": options.get("dt") or plan.dt}
    before = simulate(whole, **options | method)
    return Lesion(before, simulate(lesioned, **options | method | {"duration": float(before.t[-1])}))
