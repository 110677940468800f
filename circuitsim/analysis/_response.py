"""The answer to a step of one input: of the whole circuit, and of its matrices."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._bilinear import Bilinear
from circuitsim.analysis._expansion import ZERO, expanded
from circuitsim.analysis._point import names_of, values_at
from circuitsim.circuit.edits import Replace
from circuitsim.circuit.elements import Table
from circuitsim.engine.run import Diverged, run, with_inputs
from circuitsim.spec.precision import DOUBLE
from circuitsim.spec.result import Course, Diagram, Finding, Ink, Level, Result, Style
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.analysis._declare import Question
    from circuitsim.analysis._expansion import Expansion
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input
    from circuitsim.spec.bounds import Floats

HELD, GOING = range(2)  # values of the option `stimuli`
ROWS = 300  # of the response
SPANS = 5.0  # of the slowest time constant, which the response lasts
TOLERANCE = 1e-9  # of the full response
RUNAWAY = 3.0  # times by which an unstable direction grows e-fold while it is followed
RESTING = 1e-9  # rate of change of a point that is as good as fixed
LINEAR = 1e-7  # of the largest change, up to which the error is the solver's
HALVINGS = 5  # of the step, to see how the error falls


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """What a step leads to.

    Attributes:
        t: float64[s], time since the step.
        full: float64[s, n], how far the states of the whole circuit are from the point.
        bilinear: float64[s, n], the same by the matrices.
    """

    t: Floats
    full: Floats
    bilinear: Floats

    @property
    def largest(self) -> float:
        """The largest change of a state."""
        return float(np.abs(self.full).max())

    @property
    def error(self) -> float:
        """The largest distance between the two; infinite if the matrices run away."""
        return float(np.abs(self.full - self.bilinear).max())


class Steps:
    """Steps of the chosen input at the instant of an expansion.

    The other inputs stand where they are at the point, or go on from that instant as they do in a run; then the matrices are
    given what every input is between two rows, constant in between, as SPM's ``spm_int`` takes inputs.
    """

    def __init__(self, question: Question, found: Expansion) -> None:
        self._found, self._report = found, question.report
        self._going = int(question.number("stimuli")) == GOING
        self._circuit = _by_hand(question) if self._going else question.circuit
        self._span = question.number("duration") or _span(found)
        point = found.point
        self._model = Bilinear(point.rate, point.by_state, found.b, point.by_input)

    def answer(self, height: float, begun: float, share: float) -> _Answer:
        """The answer to a step.

        Args:
            height: How far the chosen input is moved, in its own unit.
            begun: Fraction of the work that is done before.
            share: Fraction that this one is.
        """
        point = self._found.point
        step = np.zeros(point.inputs.size)
        step[self._found.chosen] = height
        circuit = self._moved(height) if self._going else _held(self._circuit, point.inputs + step)
        course = run(
            circuit,
            duration=self._span,
            dt=self._span / ROWS,
            solver="dormand_prince",
            tolerance=TOLERANCE,
            precision=DOUBLE,
            initial=dict(zip(names_of(point.neurons), point.states.tolist(), strict=True)),
            progress=lambda part: self._report(begun + share * part),
            begin=point.t,
        )
        columns = [course.neuron_names.index(n.name) for n in point.neurons]
        t = course.t - course.t[0]
        steps = self._inputs(course.t) - point.inputs + step if self._going else step
        return _Answer(t, course.v[:, columns] - point.states, self._model.response(steps, t))

    def _moved(self, height: float) -> Circuit:
        """The circuit whose chosen input sends what it would if its value were higher."""
        twin = self._circuit.copy()
        source = twin.inputs[self._found.chosen]
        moved = replace(source, offset=source.offset + source.gain * height)
        twin.apply(Replace((moved,), "Move an input"))
        return twin

    def _inputs(self, t: Floats) -> Floats:
        """float64[s - 1, m], the inputs in the middle between rows."""
        return np.array([values_at(self._circuit, now) for now in (0.5 * (t[1:] + t[:-1])).tolist()])


def _held(circuit: Circuit, values: Floats) -> Circuit:
    """The circuit with inputs that stand still."""
    tables = {
        i.name: Table((0.0,), (value,)) for i, value in zip(circuit.inputs, values.tolist(), strict=True)
    }
    return with_inputs(circuit, tables)


def _by_hand(question: Question) -> Circuit:
    """The circuit whose inputs that a hand moves stay at the values at which the hand has left them."""
    twin, given = question.circuit.copy(), question.inputs or {}
    kinds = twin.kinds.stimuli
    slider = kinds["slider"]
    moved = [
        replace(
            source, stimulus=slider.id, parameters={**slider.defaults(), slider.by_hand: given[source.id]}
        )
        for source in twin.inputs
        if kinds[source.stimulus].by_hand and source.id in given
    ]
    if moved:
        twin.apply(Replace(tuple(moved), "Take by hand"))
    return twin


def _span(found: Expansion) -> float:
    """A few of the slowest time constants; less where it runs away from the point, since no expansion can follow."""
    slow = found.bands.tau_high
    usual = SPANS * float(slow[np.isfinite(slow) & (slow > 0.0)].max(initial=0.0)) or SPANS
    return min(usual, RUNAWAY / found.growth) if found.growth > 0.0 else usual


# what is shown ------------------------------------------------------------------------------------


def responses(question: Question) -> Result:
    """What the matrices and the full circuit make of a step."""
    found = question.once(expanded)
    if found.chosen < 0:
        return Result((), (), {})
    size, steps = question.number("step"), Steps(question, found)
    heights: Floats = size * 0.5 ** np.arange(HALVINGS, dtype=np.float64)
    try:
        answers = [steps.answer(h, k / HALVINGS, 1.0 / HALVINGS) for k, h in enumerate(heights.tolist())]
    except Diverged as error:  # the matrices are worth showing even so
        source = question.circuit.inputs[found.chosen]
        text = f"There is no response to compare: after a step of {source.name} by {size:.3g} the full circuit diverges. {error}"
        return Result((Finding(text, Level.WARNING, (source.id,)),), (), {})
    first, errors = answers[0], np.array([answer.error for answer in answers])
    values: dict[str, Any] = {
        "t": first.t, "full": first.full, "bilinear": first.bilinear, "error": first.error, "steps": heights, "errors": errors,
    }  # fmt: skip
    source, while_ = question.circuit.inputs[found.chosen], _while(question, found)
    response = _diagram(question.circuit, found, first, (source, size, while_))
    said = _missed(source, size, first, while_)
    if not size:
        return Result((said,), (response,), values)
    resting = _rests(found) and int(question.number("stimuli")) != GOING
    linear = 0.0 < first.error <= LINEAR * first.largest
    diagram, findings = _fall(source.name, heights, errors, resting=resting, linear=linear)
    return Result((said, *findings), (response, diagram), values)


def _rests(found: Expansion) -> bool:
    return float(np.abs(found.point.rate).max()) < RESTING


def _while(question: Question, found: Expansion) -> str:
    """What the other inputs do while the answer is watched, as a clause."""
    time = question.circuit.unit_system.unit(Dimension.TIME)
    instant = f"t = {found.point.t:.4g} {time}".rstrip()
    if int(question.number("stimuli")) == GOING:
        return f"while all stimuli go on from {instant}"
    return (
        "with all inputs at 0 before"
        if found.at == ZERO
        else f"with all inputs held as they are at {instant}"
    )


def _diagram(circuit: Circuit, found: Expansion, answer: _Answer, of: tuple[Input, float, str]) -> Diagram:
    """The state that answers most."""
    point, (source, size, while_) = found.point, of
    seen = int(np.abs(answer.full).max(axis=0).argmax())
    neuron = point.neurons[seen]
    time, potential = (circuit.unit_system.unit(d) for d in (Dimension.TIME, Dimension.POTENTIAL))
    doc = (
        f"The state of {neuron.name}, which answers most, after {source.name} was moved by {size:.3g}, {while_}: in full and by "
        "the matrices."
    )
    here = point.states[seen]
    return Diagram(
        f"Step of {source.name} by {size:.3g}", doc, "time since the step", neuron.name,
        (
            Course("full circuit", answer.t, here + answer.full[:, seen], Ink.OTHER, element=neuron.id),
            Course("bilinear", answer.t, here + answer.bilinear[:, seen], Ink.MAIN, Style.DASHED, neuron.id),
        ),
        x_unit=time, y_unit=potential,
    )  # fmt: skip


def _missed(source: Input, size: float, answer: _Answer, while_: str) -> Finding:
    if math.isinf(answer.error):
        text = f"After a step of {source.name} by {size:.3g}, {while_}, the bilinear response runs away: A + I B is not stable."
        return Finding(text, Level.WARNING, (source.id,))
    share = answer.error / answer.largest if answer.largest > 0.0 else math.nan
    beside = f", {_of_it(share)} its largest change." if math.isfinite(share) else "."
    if 0.0 < answer.error <= TOLERANCE:
        share, beside = 0.0, ", no more than the error of the solver."
    return Finding(
        f"After a step of {source.name} by {size:.3g}, {while_}, the matrices miss the full response by at most {answer.error:.3g}"
        + beside,
        Level.NOTE if not share > 0.2 else Level.WARNING,
        (source.id,),
    )


def _of_it(share: float) -> str:
    """A share of something, as it is said."""
    if share >= 10.0:
        return f"{share:.3g} times"
    percent = 100.0 * share
    return (
        f"{percent:.0f} % of"
        if percent >= 10.0
        else f"{percent:.2g} % of"
        if percent >= 0.01
        else "less than 0.01 % of"
    )


def _fall(
    source: str, heights: Floats, errors: Floats, *, resting: bool, linear: bool
) -> tuple[Diagram, list[Finding]]:
    """How the error falls while the step is halved; to 0 only where nothing else moves."""
    fitting = (errors > 10.0 * TOLERANCE) & np.isfinite(
        errors
    )  # what is left is more than the solver's own error
    courses = [Course("error", np.abs(heights), errors, Ink.ERROR, Style.DOTS)]
    doc = f"The largest error of the bilinear response for smaller and smaller steps of {source}."
    if resting:  # small steps follow the square, large ones do not
        anchor = int(np.flatnonzero(fitting)[-1]) if fitting.any() else 0
        square = errors[anchor] * (heights / heights[anchor]) ** 2
        courses.append(Course("square", np.abs(heights), square, Ink.QUIET, Style.DASHED))
        doc += " Dashed: the square of the step."
    diagram = Diagram("Error against the step", doc, "step", "error", tuple(courses), log_x=True, log_y=True)
    if linear:
        text = "As far as these steps reach the circuit is linear: the matrices miss nothing but the error of the solver."
        return diagram, [Finding(text, Level.GOOD)]
    if not resting:
        text = (
            "Away from a fixed point, and while stimuli go on, the error does not vanish with the step: states move without it, "
            "and bend."
        )
        return diagram, [Finding(text, Level.NOTE)]
    if not fitting[:2].all():
        return diagram, []
    last = int(np.flatnonzero(fitting)[-1])
    order = math.log2(errors[last - 1] / errors[last])
    text = f"For small steps the error falls with the power {order:.2g} of the step."
    return diagram, [Finding(text, Level.NOTE)]
