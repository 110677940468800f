"""A twin of the circuit whose inputs are a little higher, beside the run: how far their outputs are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Role
from circuitsim.engine.twin import with_inputs_raised
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.result import Course, Diagram, Finding, Ink, Result, Style
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.analysis._declare import Question
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.samples import Samples
    from circuitsim.spec.bounds import Floats

ROWS = 400  # of a course that is drawn


def read_of(circuit: Circuit) -> tuple[Floats, tuple[str, ...]]:
    """float64[o, n], how outputs read states, and their names: drawn outputs, else motor neurons, else all neurons."""
    place = {n.id: k for k, n in enumerate(circuit.neurons)}
    if circuit.outputs:
        read = np.zeros((len(circuit.outputs), len(place)))
        for k, output in enumerate(circuit.outputs):
            read[k, place[output.source]] = output.gain
        return read, tuple(o.name for o in circuit.outputs)
    motor = [n for n in circuit.neurons if n.role is Role.MOTOR] or list(circuit.neurons)
    return np.eye(len(place))[[place[n.id] for n in motor]], tuple(n.name for n in motor)


def beside(question: Question) -> Result:
    """The run and its twin, and how far their outputs are apart for each unit by which all inputs are higher."""
    circuit, epsilon = question.circuit, question.number("epsilon")
    if not circuit.neurons or not circuit.inputs:
        raise InputError(Issue("robustness", "it needs a neuron and an input that it hears", "draw them"))
    run_, twin = _both(question, epsilon)
    read, names = read_of(circuit)
    t = np.linspace(twin.t[0], twin.t[-1], ROWS)
    here, there = (_rows(samples, t) @ read.T for samples in (run_, twin))
    apart = np.linalg.norm(there - here, axis=1) / (epsilon * np.sqrt(len(circuit.inputs)))
    k = int(np.abs(there - here).max(axis=0).argmax())
    now, most = float(apart[-1]), float(apart.max())
    text = (
        f"The twin, all of whose inputs are higher by {epsilon:.3g}, is now {now:.3g} times that change away in all outputs, "
        f"and was at most {most:.3g} times."
    )
    return Result(
        (Finding(text),),
        _drawn(circuit, t, (here[:, k], there[:, k]), apart, names[k], epsilon),
        {"beside_t": t, "beside": apart, "beside_most": most},
    )


def _both(question: Question, epsilon: float) -> tuple[Samples, Samples]:
    """The run and the twin beside it, or else both from the start."""
    if question.seen is not None and question.beside is not None:
        return question.seen, question.beside
    raised = with_inputs_raised(question.circuit, epsilon)
    return question.course_of(question.circuit), question.course_of(raised)


def _rows(samples: Samples, t: Floats) -> Floats:
    """float64[s, n], states at some instants, between which they are straight."""
    after = np.clip(np.searchsorted(samples.t, t, side="right"), 1, samples.t.size - 1)
    begin, end = samples.t[after - 1], samples.t[after]
    share = np.clip((t - begin) / np.where(end > begin, end - begin, 1.0), 0.0, 1.0)[:, None]
    return samples.v[after - 1] * (1.0 - share) + samples.v[after] * share


def _drawn(
    circuit: Circuit, t: Floats, courses: tuple[Floats, Floats], apart: Floats, name: str, epsilon: float
) -> tuple[Diagram, Diagram]:
    time, potential = circuit.unit_system.unit(Dimension.TIME), circuit.unit_system.unit(Dimension.POTENTIAL)
    pair = Diagram(
        "The run and its twin",
        f"{name}, the output that is furthest apart, beside that of the same circuit all of whose inputs are higher by {epsilon:.3g}.",
        "t", name,
        (Course("run", t, courses[0], Ink.MAIN), Course("twin", t, courses[1], Ink.OTHER, Style.DASHED)),
        x_unit=time, y_unit=potential,
    )  # fmt: skip
    distance = Diagram(
        "How far apart",
        "Distance of all outputs of the twin, over the size of the change of the inputs.",
        "t", "distance", (Course("run and twin", t, apart, Ink.ERROR),), x_unit=time,
    )  # fmt: skip
    return pair, distance
