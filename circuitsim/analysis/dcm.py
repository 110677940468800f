"""The dynamic causal model of the drawn circuit: its matrices A, B and C, and what they miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._causal_matrices import CausalMatrices
from circuitsim.analysis._conditions import Conditions
from circuitsim.analysis._declare import Analysis, Part, Question, Which
from circuitsim.analysis._expansion import FIXED, PRESENT, ZERO, Expansion, expanded
from circuitsim.analysis._point import Point, full, names_of
from circuitsim.analysis._response import HELD, responses
from circuitsim.spec.result import Finding, Level, Result
from circuitsim.spec.size import chosen, part
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.analysis._declare import Values
    from circuitsim.circuit.circuit import Circuit

SWINGS = 1e-6  # share of an eigenvalue from which on its imaginary part is more than rounding
MANY = 20_000_000  # numbers of all B together that are told; of more, those of the chosen input


def _matrices(question: Question) -> Result:
    """A, B and C, and what they say."""
    circuit, found = question.circuit, question.once(expanded)
    point, names = found.point, tuple(i.name for i in circuit.inputs)
    told = list(range(len(names))) if len(names) * point.states.size**2 <= MANY else [found.chosen]
    shown = CausalMatrices(circuit, point)
    pieces = [shown.a(), shown.c()]
    if found.chosen >= 0:
        pieces.insert(1, shown.b(full(found.b[found.chosen]), found.chosen))
    values: dict[str, object] = {
        "neurons": names_of(point.neurons), "inputs": names, "states": point.states, "input_values": point.inputs,
        "g": point.rate, "A": point.by_state, "C": point.by_input, "eigenvalues": found.eigenvalues,
        "B": np.array([full(found.b[k]) for k in told]).reshape(-1, *point.by_state.shape),
        "B_inputs": tuple(names[k] for k in told),
    }  # fmt: skip
    said = (*Conditions(circuit, point, found.bands).findings(), *_facts(circuit, found))
    return Result(said, tuple(pieces), values)


# what is said -------------------------------------------------------------------------------------


def _facts(circuit: Circuit, found: Expansion) -> Iterator[Finding]:
    point, where = found.point, found.where
    k = int(np.abs(point.rate).argmax())
    largest = float(abs(point.rate[k]))
    if largest > 1e-9:
        name = point.neurons[k].name
        text = (
            f"g is not 0 at {where}: up to {largest:.3g}, of {name}. The form dx/dt = (A + Σ I B) x + C I drops this "
            "constant; here it stands in the first column of C and in the response."
        )
        yield Finding(text, Level.NOTE, (point.neurons[k].id,))
    if found.at == FIXED:
        yield _distance(point)
    yield Finding(_stability(circuit, found))
    if point.ageing:
        yield Finding(
            f"Closed-form neurons change with the time since the start: the matrices hold it at {point.t:.3g}, the full "
            "response begins there and lets it pass.",
            Level.WARNING,
            point.ageing,
        )
    if found.b:
        yield _shape_of_b(found)


def _distance(point: Point) -> Finding:
    """Where the fixed point lies, as seen from the present state."""
    far = np.abs(point.states - point.begun)
    k = int(far.argmax())
    name, there, here = point.neurons[k].name, float(np.round(point.states[k], 12)), float(point.begun[k])
    text = (
        f"The fixed point lies furthest from the present state at {name}: {there:.3g} instead of {here:.3g}."
    )
    if far[k] <= 1e-6 * max(1.0, abs(here)):
        text = "The circuit rests at the fixed point."
    return Finding(text, Level.NOTE, (point.neurons[k].id,))


def _stability(circuit: Circuit, found: Expansion) -> str:
    """What the eigenvalues of A say, in sentences."""
    time, growth = circuit.unit_system.unit(Dimension.TIME), found.growth
    verdict = "stable" if growth < 0.0 else "not stable"
    how = (
        f"dies away with a time constant of {-1.0 / growth:.3g} {time}"
        if growth < 0.0
        else "does not die away"
    )
    text = (
        f"About {found.where} the circuit is {verdict}: the largest real part of an eigenvalue of A is {growth:.3g}, so its slowest "
        f"mode {how}."
    )
    swinging = found.eigenvalues[found.eigenvalues.imag > SWINGS * np.abs(found.eigenvalues)]
    if swinging.size:
        least = swinging[swinging.real.argmax()]
        many = f"{swinging.size} modes swing" if swinging.size > 1 else "One mode swings"
        text += f" {many}, the least damped with a period of {2.0 * np.pi / least.imag:.3g} {time}."
    return text


def _shape_of_b(found: Expansion) -> Finding:
    """Whether inputs change time constants alone."""
    point, most = found.point, (0.0, 0, 0)
    for block in found.b:
        rows, columns = block.nonzero()
        numbers = np.where(rows == columns, 0.0, np.abs(block[rows, columns]))
        if numbers.any():
            k = int(numbers.argmax())
            most = max(most, (float(numbers[k]), int(rows[k]), int(columns[k])))
    if not any(abs(block).max() for block in found.b):
        return Finding("Every B is 0: to this order no input changes what the neurons do with their states.")
    if not most[0]:
        return _diagonal(point)
    _, i, j = most
    text = (
        f"B is not diagonal: an input changes how {point.neurons[j].name} acts on {point.neurons[i].name}, since "
        "inputs and neurons meet inside one nonlinearity."
    )
    return Finding(text, Level.NOTE, (point.neurons[i].id, point.neurons[j].id))


def _diagonal(point: Point) -> Finding:
    """Why every B is diagonal: by the form of what hears the inputs, or as it happens."""
    means = "an input changes how fast a neuron forgets, its time constant, and never how one neuron acts on another."
    if point.by_conductances:
        why = (
            "So it must be: all that hears an input is in the conductance form, where inputs open conductances of "
            "their own."
        )
        return Finding(f"Every B is exactly diagonal: {means} {why}", Level.GOOD)
    why = (
        "It need not be so: not all that hears an input opens conductances of its own, and where inputs and neurons "
        "meet inside one nonlinearity, as in the paper's form, B has other entries."
    )
    return Finding(f"Every B is diagonal here: {means} {why}", Level.NOTE)


def _of_the_run(values: Values) -> bool:
    """Whether the point moves with the run."""
    return values["at"] != ZERO


ANALYSIS = Analysis(
    id="dcm",
    title="Causal model",
    doc="Shows the matrices A, B and C of the drawn circuit as a dynamic causal model, where they are taken, and what the bilinear "
    "model makes of a step beside the full circuit.",
    holds="All neurons with a rate of change; static neurons are taken into the matrices. It needs g continuous and bounded "
    "and every τ positive.",
    avoid="Do not use the matrices far from the point at which they were taken: the error grows with the square of the step.",
    reference="Friston, Harrison and Penny, NeuroImage 19 (2003) 1273; Hasani et al., Nature Machine Intelligence 4 (2022) 992, "
    "and the liquid networks of arXiv 2006.04439 as a dynamic causal model",
    options=(
        chosen("at", "taken at", ("zero", "present", "fixed_point"), "Where the circuit is expanded.", PRESENT),
        Which("input", "input", "The input that takes a step, and whose B is shown.", "input", "the strongest"),
        part("step", "step", 0.5, -1e6, 1e6, "How far the input is moved, in its own unit."),
        chosen(
            "stimuli", "stimuli", ("held", "go_on"),
            "Whether the inputs stand still after the step, as they are at that instant, or go on from there as in the run.",
            HELD,
        ),
        part("duration", "duration", 0.0, 0.0, 1e9, "Length of the response; 0 takes five of the slowest time constants."),
    ),
    parts=(Part(_matrices, _of_the_run), Part(responses, dated=_of_the_run)),
)  # fmt: skip
