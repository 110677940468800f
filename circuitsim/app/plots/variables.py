"""What a lane can show: one entry per variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Input, Named, Neuron, Output
from circuitsim.circuit.graph import clamped
from circuitsim.circuit.lesions import lesions
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, ScopeLane


@dataclass(frozen=True)
class Variable:
    """One variable of neurons, inputs or outputs.

    Attributes:
        id: Name in files.
        symbol: Name in the gutter.
        title: Name in menus.
        shows: Class of the elements that have it.
        dimension: What its unit is made of.
        share: Height of its lane, relative to other lanes.
        log: True if its scale is logarithmic unless somebody changes that.
    """

    id: str
    symbol: str
    title: str
    shows: type[Named]
    dimension: Dimension
    share: float
    log: bool = False

    @property
    def of_neurons(self) -> bool:
        """True if neurons have it."""
        return self.shows is Neuron


VARIABLES = {
    variable.id: variable
    for variable in (
        Variable("v", "v", "membrane potential v", Neuron, Dimension.POTENTIAL, 0.47),
        Variable("tau", "τ", "time constant τ", Neuron, Dimension.TIME, 0.36, log=True),
        Variable("vinf", "v∞", "target v∞", Neuron, Dimension.POTENTIAL, 0.36),
        Variable("clamp", "I", "holding current I", Neuron, Dimension.CURRENT, 0.36),
        Variable("gate", "r", "time gate r", Neuron, Dimension.NONE, 0.25),
        Variable("input", "in", "inputs", Input, Dimension.NONE, 0.17),
        Variable("output", "out", "outputs", Output, Dimension.POTENTIAL, 0.30),
        Variable("difference", "Δ", "difference that lesions make", Output, Dimension.POTENTIAL, 0.30),
    )
}


def shown_in(lane: ScopeLane, circuit: Circuit) -> tuple[int, ...]:
    """Ids of what a lane shows: its own elements, else every traced neuron, input, output or clamped neuron."""
    if lane.elements:
        return lane.elements
    if lane.variable == "input":
        return tuple(i.id for i in circuit.inputs)
    if lane.variable == "output":
        return tuple(o.id for o in circuit.outputs)
    if lane.variable == "difference":  # of outputs, or of what is traced where there are none
        return tuple(o.id for o in circuit.outputs) or circuit.document.traced
    if lane.variable == "clamp":
        return tuple(n.id for n in clamped(circuit))
    traced, elements = circuit.document.traced, circuit.elements
    if lane.variable != "gate":
        return tuple(i for i in traced if isinstance(elements[i], Neuron))
    return tuple(i for i in traced if has(circuit, elements[i], VARIABLES["gate"]))


def has(circuit: Circuit, element: Element, variable: Variable) -> bool:
    """Whether an element has a variable; a holding current is a matter of clamps, a gate one of units."""
    if variable.id == "difference":
        return isinstance(element, Output | Neuron)
    if not isinstance(element, variable.shows):
        return False
    if variable.id == "gate":
        return isinstance(element, Neuron) and element.kind in circuit.kinds.units
    return variable.id != "clamp" or element in clamped(circuit)


def offered(circuit: Circuit) -> list[Variable]:
    """Variables of which a circuit can have a lane now.

    Holding currents if something is clamped, gates if there is a network, differences if something is muted.
    """
    there = {
        "clamp": bool(clamped(circuit)), "gate": bool(circuit.cells), "difference": bool(lesions(circuit)),
    }  # fmt: skip
    return [variable for variable in VARIABLES.values() if there.get(variable.id, True)]
