"""The dynamic causal model of the drawn circuit: its matrices A, B and C, and what they miss."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._bilinear import Bilinear
from circuitsim.analysis._causal_matrices import CausalMatrices
from circuitsim.analysis._declare import Analysis, Part, Question, Which
from circuitsim.analysis._point import Point, full, names_of, present, require_rates
from circuitsim.analysis._spectrum import rightmost
from circuitsim.circuit.elements import Table
from circuitsim.engine.bands import bands
from circuitsim.engine.run import run
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.result import Course, Diagram, Finding, Ink, Level, Result, Style
from circuitsim.spec.size import chosen, part
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from circuitsim.analysis._declare import Values
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats

ZERO, PRESENT, FIXED = range(3)
ROWS = 300  # of the response
SPANS = 5.0  # of the slowest time constant, which the response lasts
TOLERANCE = 1e-9  # of the full response
RUNAWAY = 3.0  # times by which an unstable direction grows e-fold while it is followed
RESTING = 1e-9  # rate of change of a point that is as good as fixed
HALVINGS = 5  # of the step, to see how the error falls
MANY = 20_000_000  # numbers of all B together that are told; of more, those of the chosen input
KINKED = ("relu", "hard_tanh")


@dataclass(frozen=True, slots=True, eq=False)
class _Expansion:
    """The circuit about a point.

    Attributes:
        point: The point, with A and C.
        where: What it is called.
        b: How A changes with each input, float64[n, n] each; arrays, or sparse ones of many neurons.
        bands: The intervals of the circuit.
        chosen: Which input takes a step; -1 if there is none.
        eigenvalues: complex128[k], of A; of many neurons those with the largest real parts.
    """

    point: Point
    where: str
    b: list[Any]
    bands: Bands
    chosen: int
    eigenvalues: NDArray[np.complex128]

    @property
    def growth(self) -> float:
        """Largest real part of an eigenvalue of A."""
        return float(self.eigenvalues.real.max())


def _expanded(question: Question) -> _Expansion:
    circuit = question.circuit
    require_rates(circuit, "dcm")
    point, where = _point(question)
    b = [point.mixed(k) for k in range(len(circuit.inputs))]
    k = _chosen(circuit, question.text("input"), b, point)
    return _Expansion(point, where, b, bands(circuit, question.states), k, rightmost(point.by_state))


def _matrices(question: Question) -> Result:
    """A, B and C, and what they say."""
    circuit, found = question.circuit, question.once(_expanded)
    point, names = found.point, tuple(i.name for i in circuit.inputs)
    told = list(range(len(names))) if len(names) * point.states.size**2 <= MANY else [found.chosen]
    shown = CausalMatrices(circuit, point, found.where)
    pieces = [shown.a(), shown.c()]
    if found.chosen >= 0:
        pieces.insert(1, shown.b(full(found.b[found.chosen]), found.chosen))
    values: dict[str, object] = {
        "neurons": names_of(point.neurons), "inputs": names, "states": point.states, "input_values": point.inputs,
        "g": point.rate, "A": point.by_state, "C": point.by_input, "eigenvalues": found.eigenvalues,
        "B": np.array([full(found.b[k]) for k in told]).reshape(-1, *point.by_state.shape),
        "B_inputs": tuple(names[k] for k in told),
    }  # fmt: skip
    return Result((*_conditions(circuit, point, found.bands), *_facts(found)), tuple(pieces), values)


def _responses(question: Question) -> Result:
    """What the matrices and the full circuit make of a step."""
    found = question.once(_expanded)
    if found.chosen < 0:
        return Result((), (), {})
    response, said, values = _response(question, found)
    if not question.number("step"):
        return Result((said,), (response,), values)
    source = question.circuit.inputs[found.chosen].name
    diagram, findings = _fall(source, values["steps"], values["errors"], found)
    return Result((said, *findings), (response, diagram), values)


def _chosen(circuit: Circuit, name: str, b: list[Any], point: Point) -> int:
    """Which input takes the step: the one of a name, or the one that changes most; -1 if there is none."""
    if not circuit.inputs:
        return -1
    if name:
        return [i.name for i in circuit.inputs].index(name)
    most = np.array([float(abs(block).max()) for block in b])
    return int((most if most.any() else np.abs(point.by_input).max(axis=0, initial=0.0)).argmax())


def _point(question: Question) -> tuple[Point, str]:
    """The point of the expansion, and what it is called."""
    circuit, at = question.circuit, int(question.number("at"))
    if at == ZERO:
        return Point(
            circuit, np.zeros(len(circuit.inputs)), {n.id: 0.0 for n in circuit.neurons}, question.t
        ), "x = 0, I = 0"
    states, inputs = present(question)
    point = Point(circuit, inputs, states, question.t)
    if at == PRESENT:
        return point, "the present state"
    if not point.settle():
        problem = "no fixed point was found near the present state"
        raise InputError(Issue("dcm", problem, "let it run until it is nearly at rest, or take at=present"))
    return point, "a fixed point"


# what is said -------------------------------------------------------------------------------------


def _conditions(circuit: Circuit, point: Point, found: Bands) -> Iterator[Finding]:
    """The conditions under which a liquid network is a dynamic causal model."""
    own = {n.id for n in point.neurons}
    growing = [
        i for i, decay in zip(found.ids, found.decay_low.tolist(), strict=True) if decay <= 0.0 and i in own
    ]
    names = {n.id: n.name for n in circuit.neurons}
    if growing:
        text = f"The condition of positive time constants fails at {together([names[i] for i in growing])}."
        yield Finding(text, Level.WARNING, tuple(growing))
    width = found.state_high - found.state_low
    endless = [i for i, w in zip(found.ids, width.tolist(), strict=True) if not math.isfinite(w) and i in own]
    if endless:
        text = f"g is not bounded where {together([names[i] for i in endless])} may go: nothing holds their states."
        yield Finding(text, Level.WARNING, tuple(endless))
    if not growing and not endless:
        text = (
            "The conditions hold: g is continuous, bounded where the states can go, and every τ is positive."
        )
        yield Finding(text, Level.GOOD)
    kinks = [n for n in circuit.neurons if _kinked(circuit, n.kind, n.parameters)]
    if kinks:
        text = f"f of {together([n.name for n in kinks])} has a kink; its slope there is that of one side."
        yield Finding(text, Level.WARNING, tuple(n.id for n in kinks))


def _kinked(circuit: Circuit, kind: str, parameters: object) -> bool:
    declared = next((p for p in circuit.kinds.neuron(kind).parameters if p.name == "activation"), None)
    if declared is None or not isinstance(parameters, dict):
        return False
    return declared.choices[int(parameters["activation"])] in KINKED


def _facts(found: _Expansion) -> Iterator[Finding]:
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
    verdict = "stable" if found.growth < 0.0 else "not stable"
    yield Finding(
        f"About {where} the circuit is {verdict}: the largest real part of an eigenvalue of A is {found.growth:.3g}."
    )
    if point.ageing:
        yield Finding(
            f"Closed-form neurons change with the time since the start: the matrices hold it at {point.t:.3g}, the full "
            "response begins at 0.",
            Level.WARNING,
            point.ageing,
        )
    if found.b:
        yield _shape_of_b(found)


def _shape_of_b(found: _Expansion) -> Finding:
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


# responses ----------------------------------------------------------------------------------------


def _response(question: Question, found: _Expansion) -> tuple[Diagram, Finding, dict[str, Any]]:
    """The response to a step of one input, in full and by the matrices, and for halved steps how far they are apart."""
    circuit, size, point = question.circuit, question.number("step"), found.point
    source = circuit.inputs[found.chosen]
    model = Bilinear(point.rate, point.by_state, found.b, point.by_input)
    span = question.number("duration") or _span(found)
    heights: Floats = size * 0.5 ** np.arange(HALVINGS, dtype=np.float64)
    errors: list[float] = []
    first: tuple[Floats, Floats, Floats] | None = None
    for count, height in enumerate(heights.tolist()):
        step = np.zeros(point.inputs.size)
        step[found.chosen] = height

        def report(part_: float, count: int = count) -> bool:
            return question.report((count + part_) / HALVINGS)

        t, whole = _full(circuit, point, step, span, report)
        by_matrices = model.response(step, t)
        errors.append(float(np.abs(whole - by_matrices).max()))
        first = first or (t, whole, by_matrices)
    assert first is not None  # noqa: S101  (there is at least one)
    t, whole, by_matrices = first
    seen = int(np.abs(whole).max(axis=0).argmax())
    name, time = point.neurons[seen].name, circuit.unit_system.unit(Dimension.TIME)
    potential = circuit.unit_system.unit(Dimension.POTENTIAL)
    response = Diagram(
        f"Step of {source.name} by {size:.3g}",
        f"The state of {name}, which answers most, after {source.name} was moved by {size:.3g}: in full and by the matrices.",
        "t", name,
        (
            Course("full circuit", t, point.states[seen] + whole[:, seen], Ink.OTHER, element=point.neurons[seen].id),
            Course("bilinear", t, point.states[seen] + by_matrices[:, seen], Ink.MAIN, Style.DASHED, point.neurons[seen].id),
        ),
        x_unit=time, y_unit=potential,
    )  # fmt: skip
    values: dict[str, Any] = {
        "t": t, "full": whole, "bilinear": by_matrices, "error": errors[0], "steps": heights,
        "errors": np.array(errors, dtype=np.float64),
    }  # fmt: skip
    return response, _missed(source, size, errors[0], float(np.abs(whole).max())), values


def _missed(source: Input, size: float, error: float, largest: float) -> Finding:
    share = error / largest if largest > 0.0 else math.nan
    return Finding(
        f"After a step of {source.name} by {size:.3g} the matrices miss the full response by at most {error:.3g}"
        + (f", {100.0 * share:.2g} % of its largest change." if math.isfinite(share) else "."),
        Level.NOTE if not share > 0.2 else Level.WARNING,
        (source.id,),
    )


def _span(found: _Expansion) -> float:
    """A few of the slowest time constants; less where it runs away from the point, since no expansion can follow."""
    slow = found.bands.tau_high
    usual = SPANS * float(slow[np.isfinite(slow) & (slow > 0.0)].max(initial=0.0)) or SPANS
    return min(usual, RUNAWAY / found.growth) if found.growth > 0.0 else usual


def _full(
    circuit: Circuit, point: Point, step: Floats, span: float, report: Callable[[float], bool]
) -> tuple[Floats, Floats]:
    """Times, and how far the states of the whole circuit are from the point."""
    held = {
        source.name: Table((0.0,), (value,))
        for source, value in zip(circuit.inputs, (point.inputs + step).tolist(), strict=True)
    }
    start = dict(zip(names_of(point.neurons), point.states.tolist(), strict=True))
    course = run(
        circuit,
        duration=span,
        dt=span / ROWS,
        solver="dormand_prince",
        tolerance=TOLERANCE,
        inputs=held,
        initial=start,
        progress=report,
    )
    columns = [course.neuron_names.index(n.name) for n in point.neurons]
    return course.t, course.v[:, columns] - point.states


def _fall(source: str, heights: Floats, errors: Floats, found: _Expansion) -> tuple[Diagram, list[Finding]]:
    """How the error falls while the step is halved."""
    fitting = errors > 10.0 * TOLERANCE  # what is left is more than the solver's own error
    # small steps follow the square, large ones do not
    anchor = int(np.flatnonzero(fitting)[-1]) if fitting.any() else 0
    square = errors[anchor] * (heights / heights[anchor]) ** 2
    diagram = Diagram(
        "Error against the step",
        f"The largest error of the bilinear response for smaller and smaller steps of {source}; dashed, the square of the step.",
        "step", "error",
        (
            Course("error", np.abs(heights), errors, Ink.ERROR, Style.DOTS),
            Course("square", np.abs(heights), square, Ink.QUIET, Style.DASHED),
        ),
        log_x=True, log_y=True,
    )  # fmt: skip
    if float(np.abs(found.point.rate).max()) >= RESTING:
        text = "Away from a fixed point the error does not vanish with the step: states move by themselves, and bend."
        return diagram, [Finding(text, Level.NOTE)]
    if not fitting[:2].all():
        return diagram, []
    last = int(np.flatnonzero(fitting)[-1])
    order = math.log2(errors[last - 1] / errors[last])
    text = f"For small steps the error falls with the power {order:.2g} of the step."
    return diagram, [Finding(text, Level.NOTE)]


def _of_the_run(values: Values) -> bool:
    """Whether the point moves with the run."""
    return values["at"] != ZERO


ANALYSIS = Analysis(
    id="dcm",
    title="Causal model",
    doc="Shows the matrices A, B and C of the drawn circuit as a dynamic causal model, where they are taken, and what the bilinear "
    "model makes of a step beside the full circuit.",
    holds="For all neurons with a rate of change; static neurons are taken into the matrices. It needs g continuous and bounded "
    "and every τ positive.",
    avoid="Do not use the matrices far from the point at which they were taken: the error grows with the square of the step.",
    reference="Friston, Harrison and Penny, NeuroImage 19 (2003) 1273; Hasani et al., Nature Machine Intelligence 4 (2022) 992, "
    "and the liquid networks of arXiv 2006.04439 as a dynamic causal model",
    options=(
        chosen("at", "taken at", ("zero", "present", "fixed_point"), "Where the circuit is expanded.", PRESENT),
        Which("input", "input", "The input that takes a step, and whose B is shown.", "input", "the one that acts most"),
        part("step", "step", 0.5, -1e6, 1e6, "How far the input is moved, in its own unit."),
        part("duration", "duration", 0.0, 0.0, 1e9, "Length of the response; 0 takes five of the slowest time constants."),
    ),
    parts=(Part(_matrices, _of_the_run), Part(_responses)),
)  # fmt: skip
