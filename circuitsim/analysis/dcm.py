"""The dynamic causal model of the drawn circuit: its matrices A, B and C, and what they miss."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._bilinear import Bilinear
from circuitsim.analysis._declare import Analysis, Question, Which
from circuitsim.analysis._point import Point, names_of, present, require_rates
from circuitsim.circuit.elements import Table
from circuitsim.engine.bands import bands
from circuitsim.engine.run import run
from circuitsim.spec.issue import InputError, Issue, RunError
from circuitsim.spec.result import NOTHING, Course, Diagram, Finding, Ink, Level, Matrix, Result, Style
from circuitsim.spec.size import chosen, part
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats

ZERO, PRESENT, FIXED = range(3)
ROWS = 300  # of the response
SPANS = 5.0  # of the slowest time constant, which the response lasts
TOLERANCE = 1e-9  # of the full response
RUNAWAY = 3.0  # times by which an unstable direction grows e-fold while it is followed
RESTING = 1e-9  # rate of change of a point that is as good as fixed
HALVINGS = 5  # of the step, to see how the error falls
KINKED = ("relu", "hard_tanh")


def _run(question: Question) -> Result:
    circuit = question.circuit
    require_rates(circuit, "dcm")
    point, where = _point(question)
    b = np.array([point.mixed(k) for k in range(len(circuit.inputs))]).reshape(-1, *point.by_state.shape)
    model = Bilinear(point.rate, point.by_state, b, point.by_input)
    found = bands(circuit, question.states)
    k = _chosen(circuit, question.text("input"), b, point)
    pieces: list[Matrix | Diagram] = [_a(circuit, point, where), _c(circuit, point, where)]
    findings = [*_conditions(circuit, point, found), *_facts(point, b, where)]
    values: dict[str, object] = {
        "neurons": names_of(point.neurons), "inputs": tuple(i.name for i in circuit.inputs), "states": point.states,
        "input_values": point.inputs, "g": point.rate, "A": point.by_state, "B": b, "C": point.by_input,
        "eigenvalues": np.linalg.eigvals(point.by_state).astype(np.complex128),
    }  # fmt: skip
    if k >= 0:
        pieces.insert(1, _b(circuit, point, b[k], k))
        response, error = _responses(question, point, model, k, found)
        pieces += [response[0], error[0]]
        findings += [response[1], *error[1]]
        values |= response[2] | error[2]
    return Result(tuple(findings), tuple(pieces), values)


def _chosen(circuit: Circuit, name: str, b: Floats, point: Point) -> int:
    """Which input takes the step: the one of a name, or the one that changes most; -1 if there is none."""
    if not circuit.inputs:
        return -1
    if name:
        return [i.name for i in circuit.inputs].index(name)
    most = np.abs(b).max(axis=(1, 2), initial=0.0)
    return int((most if most.any() else np.abs(point.by_input).max(axis=0, initial=0.0)).argmax())


def _point(question: Question) -> tuple[Point, str]:
    """The point of the expansion, and what it is called."""
    circuit, at = question.circuit, int(question.number("at"))
    if at == ZERO:
        return Point(
            circuit, np.zeros(len(circuit.inputs)), {n.id: 0.0 for n in circuit.neurons}
        ), "x = 0, I = 0"
    states, inputs = present(question)
    point = Point(circuit, inputs, states)
    if at == PRESENT:
        return point, "the present state"
    if not point.settle():
        problem = "no fixed point was found near the present state"
        raise InputError(Issue("dcm", problem, "let it run until it is nearly at rest, or take at=present"))
    return point, "a fixed point"


# matrices -----------------------------------------------------------------------------------------


def _between(circuit: Circuit) -> dict[tuple[int, int], int]:
    """Id of the first synapse from one element to another."""
    found: dict[tuple[int, int], int] = {}
    for synapse in circuit.synapses:
        found.setdefault((synapse.pre, synapse.post), synapse.id)
        if circuit.kinds.synapses[synapse.kind].mutual:
            found.setdefault((synapse.post, synapse.pre), synapse.id)
    return found


def _a(circuit: Circuit, point: Point, where: str) -> Matrix:
    names, per = names_of(point.neurons), f"1/{circuit.unit_system.unit(Dimension.TIME)}"
    doc = f"How fast the rate of change of a row's neuron grows with the state of a column's, at {where}."
    return Matrix("A  connections", doc, point.by_state, names, names, _cells(circuit, point), per)


def _cells(circuit: Circuit, point: Point) -> tuple[tuple[int, ...], ...]:
    between = _between(circuit)
    return tuple(
        tuple(
            post.id if post is pre else between.get((pre.id, post.id), NOTHING)
            for pre in point.neurons
        )
        for post in point.neurons
    )  # fmt: skip


def _b(circuit: Circuit, point: Point, block: Floats, k: int) -> Matrix:
    source, between, names = circuit.inputs[k], _between(circuit), names_of(point.neurons)
    cells = tuple(
        tuple(
            between.get((source.id, post.id), post.id) if post is pre else between.get((pre.id, post.id), NOTHING)
            for pre in point.neurons
        )
        for post in point.neurons
    )  # fmt: skip
    return Matrix(f"B  by {source.name}", f"How A changes with {source.name}.", block, names, names, cells)


def _c(circuit: Circuit, point: Point, where: str) -> Matrix:
    between = _between(circuit)
    columns = ("constant", *(i.name for i in circuit.inputs))
    cells = tuple(
        (neuron.id, *(between.get((i.id, neuron.id), NOTHING) for i in circuit.inputs))
        for neuron in point.neurons
    )
    doc = f"How fast the rate of change grows with an input, and in the first column the rate g at {where} itself."
    values = np.column_stack([point.rate, point.by_input])
    return Matrix("C  inputs, and the constant term", doc, values, names_of(point.neurons), columns, cells)


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


def _facts(point: Point, b: Floats, where: str) -> Iterator[Finding]:
    k = int(np.abs(point.rate).argmax())
    largest = float(abs(point.rate[k]))
    if largest > 1e-9:
        name = point.neurons[k].name
        text = (
            f"g is not 0 at {where}: up to {largest:.3g}, of {name}. The form dx/dt = (A + Σ I B) x + C I drops this "
            "constant; here it stands in the first column of C and in the response."
        )
        yield Finding(text, Level.NOTE, (point.neurons[k].id,))
    slowest = float(np.linalg.eigvals(point.by_state).real.max())
    verdict = "stable" if slowest < 0.0 else "not stable"
    yield Finding(
        f"About {where} the circuit is {verdict}: the largest real part of an eigenvalue of A is {slowest:.3g}."
    )
    if b.size:
        aside = np.abs(b - np.array([np.diag(np.diag(block)) for block in b]))
        if not b.any():
            yield Finding(
                "Every B is 0: to this order no input changes what the neurons do with their states."
            )
        elif not aside.any():
            text = (
                "Every B is exactly diagonal: an input changes how fast a neuron forgets, its time constant, and never "
                "how one neuron acts on another. So it is wherever inputs open conductances of their own."
            )
            yield Finding(text, Level.GOOD)
        else:
            _, i, j = np.unravel_index(int(aside.argmax()), aside.shape)
            text = (
                f"B is not diagonal: an input changes how {point.neurons[j].name} acts on {point.neurons[i].name}, since "
                "inputs and neurons meet inside one nonlinearity."
            )
            yield Finding(text, Level.NOTE, (point.neurons[i].id, point.neurons[j].id))


# responses ----------------------------------------------------------------------------------------


def _responses(
    question: Question, point: Point, model: Bilinear, k: int, found: Bands
) -> tuple[tuple[Diagram, Finding, dict[str, object]], tuple[Diagram, list[Finding], dict[str, object]]]:
    """The response to a step of one input, in full and by the matrices, and how the error falls with the step."""
    circuit, size = question.circuit, question.number("step")
    source = circuit.inputs[k]
    span = question.number("duration") or _span(found, point)
    heights: Floats = size * 0.5 ** np.arange(HALVINGS, dtype=np.float64)
    errors: list[float] = []
    first: tuple[Floats, Floats, Floats] | None = None
    for count, height in enumerate(heights.tolist()):
        step = np.zeros(point.inputs.size)
        step[k] = height
        t, full = _full(circuit, point, step, span)
        by_matrices = model.response(step, t)
        errors.append(float(np.abs(full - by_matrices).max()))
        first = first or (t, full, by_matrices)
        if question.report((count + 1) / HALVINGS) is False:
            raise RunError(Issue("the analysis", "it was cancelled"))
    assert first is not None  # noqa: S101  (there is at least one)
    t, full, by_matrices = first
    seen = int(np.abs(full).max(axis=0).argmax())
    name, time = point.neurons[seen].name, circuit.unit_system.unit(Dimension.TIME)
    potential = circuit.unit_system.unit(Dimension.POTENTIAL)
    response = Diagram(
        f"Step of {source.name} by {size:.3g}",
        f"The state of {name}, which answers most, after {source.name} was moved by {size:.3g}: in full and by the matrices.",
        "t", name,
        (
            Course("full circuit", t, point.states[seen] + full[:, seen], Ink.OTHER, element=point.neurons[seen].id),
            Course("bilinear", t, point.states[seen] + by_matrices[:, seen], Ink.MAIN, Style.DASHED, point.neurons[seen].id),
        ),
        x_unit=time, y_unit=potential,
    )  # fmt: skip
    largest = float(np.abs(full).max())
    share = errors[0] / largest if largest > 0.0 else math.nan
    said = Finding(
        f"After a step of {source.name} by {size:.3g} the matrices miss the full response by at most {errors[0]:.3g}"
        + (f", {100.0 * share:.2g} % of its largest change." if math.isfinite(share) else "."),
        Level.NOTE if not share > 0.2 else Level.WARNING,
        (source.id,),
    )
    values: dict[str, object] = {"t": t, "full": full, "bilinear": by_matrices, "error": errors[0]}
    resting = float(np.abs(point.rate).max()) < RESTING
    return (response, said, values), _fall(
        source.name, heights, np.array(errors, dtype=np.float64), resting=resting
    )


def _span(found: Bands, point: Point) -> float:
    """A few of the slowest time constants; less where it runs away from the point, since no expansion can follow."""
    slow = found.tau_high[np.isfinite(found.tau_high) & (found.tau_high > 0.0)]
    usual = SPANS * float(slow.max(initial=0.0)) or SPANS
    growth = float(np.linalg.eigvals(point.by_state).real.max())
    return min(usual, RUNAWAY / growth) if growth > 0.0 else usual


def _full(circuit: Circuit, point: Point, step: Floats, span: float) -> tuple[Floats, Floats]:
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
    )
    columns = [course.neuron_names.index(n.name) for n in point.neurons]
    return course.t, course.v[:, columns] - point.states


def _fall(
    source: str, heights: Floats, errors: Floats, *, resting: bool
) -> tuple[Diagram, list[Finding], dict[str, object]]:
    """How the error falls while the step is halved."""
    fitting = errors > 1e-10
    square = errors[0] * (heights / heights[0]) ** 2
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
    findings = []
    if not resting:
        text = "Away from a fixed point the error does not vanish with the step: states move by themselves, and bend."
        findings.append(Finding(text, Level.NOTE))
    elif fitting[:2].all():
        last = int(np.flatnonzero(fitting)[-1])
        order = math.log2(errors[last - 1] / errors[last])
        findings.append(
            Finding(f"For small steps the error falls with the power {order:.2g} of the step.", Level.NOTE)
        )
    return diagram, findings, {"steps": heights, "errors": errors}


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
    run=_run,
)  # fmt: skip
