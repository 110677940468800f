"""What is odd about a drawing: legal, but hardly what somebody wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import DOCUMENT_ID, NOTHING, Cell
from circuitsim.circuit.validate import place, validate
from circuitsim.engine.hazards import hazards
from circuitsim.spec.issue import Issue
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, Input, Named, Output
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.proposal import Proposal

STRENGTHS = ("conductance", "weight", "gain")  # a synapse whose strength is 0 does nothing


@dataclass(frozen=True, slots=True)
class Drawing:
    """What checks look at: a circuit, its bands, and how it is run."""

    circuit: Circuit
    bands: Bands
    plan: Proposal


def problems(circuit: Circuit, found: Bands, plan: Proposal) -> tuple[Issue, ...]:
    """Everything that is odd, in the order of the checks.

    Args:
        circuit: The circuit.
        found: Its bands.
        plan: How it is run.
    """
    drawing = Drawing(circuit, found, plan)
    return tuple(issue for check in CHECKS for issue in check(drawing))


def warned(drawing: Drawing) -> Iterator[Issue]:
    """What validation found, but allows."""
    return (issue for issue in validate(drawing.circuit) if issue.warning)


def hazardous(drawing: Drawing) -> Iterable[Issue]:
    """A step larger than the smallest time constant, a neuron that can become unstable."""
    return hazards(drawing.circuit, drawing.plan.dt, drawing.plan.solver, drawing.bands)


def lonely_neurons(drawing: Drawing) -> Iterator[Issue]:
    """Neurons that nothing leads to and that lead nowhere."""
    circuit = drawing.circuit
    for neuron in circuit.neurons:
        if (
            not circuit.attached(neuron.id)
            and neuron.kind not in circuit.kinds.units
            and not circuit.readers(neuron.id)
        ):
            yield _issue(circuit, neuron, "nothing leads to it or away from it", "connect it or delete it")


def idle_inputs(drawing: Drawing) -> Iterator[Issue]:
    """Inputs that reach no neuron."""
    circuit = drawing.circuit
    for source in circuit.inputs:
        if not circuit.attached(source.id) and not circuit.readers(source.id):
            yield _issue(circuit, source, "it reaches no neuron", "draw a line from it to a neuron")


def idle_columns(drawing: Drawing) -> Iterator[Issue]:
    """Networks that read nothing in a column."""
    circuit = drawing.circuit
    for cell in circuit.cells:
        free = [str(k) for k, reading in enumerate(cell.reads) if reading.source == NOTHING]
        if free:
            what = f"its column{'s' if len(free) > 1 else ''} {listed(free)} read{'' if len(free) > 1 else 's'} nothing"
            yield _issue(circuit, cell, what, "draw a line from an input or a neuron to it")


def idle_synapses(drawing: Drawing) -> Iterator[Issue]:
    """Synapses without strength."""
    for synapse in drawing.circuit.synapses:
        for name in STRENGTHS:
            if synapse.parameters.get(name) == 0.0:
                yield _issue(
                    drawing.circuit, synapse, f"its {name} is 0, so it does nothing", "raise it or delete it"
                )
        if synapse.knots is not None and not any(synapse.knots.y):
            yield _issue(
                drawing.circuit, synapse, "its curve is 0 everywhere, so it does nothing", "raise a knot"
            )


def look_alike_names(drawing: Drawing) -> Iterator[Issue]:
    """Names that differ by capitals alone, which many programs that read traces cannot tell apart."""
    circuit = drawing.circuit
    seen: dict[str, Named] = {}
    named: tuple[Named, ...] = (*circuit.neurons, *circuit.inputs, *circuit.cells, *circuit.outputs)
    for element in named:
        other = seen.setdefault(element.name.lower(), element)
        if other is not element:
            problem = f"its name differs from {other.name} by capitals alone"
            yield _issue(circuit, element, problem, "give it another name")


def nameless_outputs(drawing: Drawing) -> Iterator[Issue]:
    """Outputs that nobody has given a name, when there are several to tell apart."""
    circuit = drawing.circuit
    plain = [o for o in circuit.outputs if not o.label and o.name.rstrip("0123456789_") in ("y", "output")]
    if len(circuit.outputs) > 1:
        for output in plain:
            if not _counted_alike(circuit, output):
                yield _issue(circuit, output, "its name does not say what it reads", "rename it")


def _counted_alike(circuit: Circuit, output: Output) -> bool:
    """Whether its number is that of what it reads, as ncps counts: a neuron, a row, or a unit of the last layer."""
    source = circuit.elements[output.source]
    number = output.name[len(output.name.rstrip("0123456789")) :]
    if isinstance(source, Cell):
        return number == str(output.row)
    name = getattr(source, "name", "")
    network = circuit.network_of(output.source)
    if network is None:
        return number == name[len(name.rstrip("0123456789")) :] != ""
    layers = (
        circuit.kinds.cells[network.kind].sizes(network.shapes, len(network.reads), len(network.units)).layers
    )
    last = network.units[-layers[-1] :]
    return output.source in last and number == str(last.index(output.source))


def shared_keys(drawing: Drawing) -> Iterator[Issue]:
    """Keys that press several inputs at once."""
    seen: dict[str, Input] = {}
    for source in drawing.circuit.inputs:
        if source.key:
            other = seen.setdefault(source.key.lower(), source)
            if other is not source:
                problem = f"its key {source.key.upper()} presses {other.name} too"
                yield _issue(drawing.circuit, source, problem, "give it another key")


def nothing_traced(drawing: Drawing) -> Iterator[Issue]:
    """A scope that shows no neuron."""
    circuit = drawing.circuit
    if circuit.neurons and not circuit.document.traced:
        yield Issue(
            "the scope",
            "it shows no neuron",
            "select a neuron and press V",
            warning=True,
            element=DOCUMENT_ID,
        )


CHECKS: tuple[Callable[[Drawing], Iterable[Issue]], ...] = (
    warned,
    hazardous,
    lonely_neurons,
    idle_inputs,
    idle_columns,
    idle_synapses,
    look_alike_names,
    nameless_outputs,
    shared_keys,
    nothing_traced,
)


def _issue(circuit: Circuit, element: Element, problem: str, remedy: str) -> Issue:
    return Issue(place(circuit, element), problem, remedy, warning=True, element=element.id)
