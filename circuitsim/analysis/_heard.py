"""How the synapses that end at a neuron are called there: by what they bring, and by what tells parallel ones apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Named, Synapse
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.spec.words import inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.circuit.circuit import Circuit


class Heard:
    """What each neuron hears, by name."""

    def __init__(self, circuit: Circuit) -> None:
        self._circuit = circuit
        self._between: dict[tuple[int, int], list[Synapse]] = defaultdict(list)
        for synapse in acting_synapses(circuit):
            self._between[synapse.pre, synapse.post].append(synapse)
            if circuit.kinds.synapses[synapse.kind].mutual:
                self._between[synapse.post, synapse.pre].append(synapse)

    def name(self, synapse: int, at: int) -> str:
        """What leads to a neuron by a synapse: an element's name, and what tells the synapse from others between the two.

        Args:
            synapse: Its id.
            at: Id of the neuron that feels it, which is either end of a gap junction.
        """
        this = self._circuit.get(synapse, Synapse)
        other = this.post if at == this.pre else this.pre
        source = self._circuit.elements[other]
        assert isinstance(source, Named)  # noqa: S101  (synapses come from neurons and inputs)
        beside = [s for s in self._between[other, at] if s.id != synapse]
        alike = [s for s in beside if s.kind == this.kind]
        if alike:
            return f"{source.name}, {self._difference(this, alike)}"
        if beside or self._circuit.kinds.synapses[this.kind].junction:
            return f"{source.name}, {self._kind(this)}"
        return source.name

    def _kind(self, synapse: Synapse) -> str:
        kind = self._circuit.kinds.synapses[synapse.kind]
        if not kind.junction:
            return inside(kind.title).removesuffix(" synapse")
        return "gap junction" if kind.mutual else "directed gap junction"

    def _difference(self, this: Synapse, alike: Sequence[Synapse]) -> str:
        """The first number that none of the others has, that of the sign and of the strength before the rest; else a count."""
        kind = self._circuit.kinds.synapses[this.kind]
        first = (kind.sign, kind.strength)
        ranked = sorted(kind.parameters, key=lambda p: first.index(p.name) if p.name in first else len(first))
        for parameter in ranked:
            value = this.parameters[parameter.name]
            text = f"{value:.3g}"
            if all(f"{s.parameters[parameter.name]:.3g}" != text for s in alike):
                unit = self._circuit.unit_system.unit(parameter.dimension)
                return f"{parameter.symbol} = {text} {unit}".rstrip()
        number = 1 + sorted([this.id, *(s.id for s in alike)]).index(this.id)
        return f"{self._kind(this)} {number} of {len(alike) + 1}"
