"""Robustness: how strongly outputs answer small changes of inputs, measured, bounded, and beside the law of robustness."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._declare import Analysis, Question
from circuitsim.analysis._standard import Shared
from circuitsim.analysis._tangent import Calls, Tangent
from circuitsim.circuit.elements import Role
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.engine.bands import bands
from circuitsim.engine.proposal import propose
from circuitsim.spec.issue import InputError, Issue, RunError
from circuitsim.spec.result import NOTHING, Column, Course, Diagram, Finding, Ink, Level, Result, Style, Table
from circuitsim.spec.size import part, whole
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.bounds import Floats

LARGEST = 400  # neurons: beyond, matrices of all pairs take too long
CALLS = 40  # of each sequence where nothing is said
UNFOLDS = 6  # steps of a call, at least
STEPS = 40  # of a call, at most


@dataclass(frozen=True, slots=True, eq=False)
class _Certificate:
    """What holds for every input and every state in its interval.

    Attributes:
        one: Gain of one call, from its inputs to all states.
        whole: Gain of a whole sequence, from inputs to outputs.
        abscissa: Largest real part of an eigenvalue of M: below 0 the circuit contracts.
        steady: Gain for all time, from inputs to outputs; infinite where it does not contract.
    """

    one: float
    whole: float
    abscissa: float
    steady: float


def _run(question: Question) -> Result:
    circuit = question.circuit
    _require(circuit)
    shared = Shared(circuit, "robustness")
    read, names = _read(circuit)
    calls, elapsed, steps = _timing(question)
    tangent = Tangent(shared, elapsed / steps)
    sequences = _sequences(question, shared, calls, elapsed)
    found = []
    start = _start(question, shared)
    for k, inputs in enumerate(sequences):
        found.append(tangent.calls(start, inputs, steps))
        if question.report((k + 1) / (len(sequences) + 1)) is False:
            raise RunError(Issue("the analysis", "it was cancelled"))
    norms = np.array([each.norm(read) for each in found])
    worst = int(norms.argmax())
    epsilon = question.number("epsilon")
    twins = _twins(tangent, start, sequences[worst], steps, found[worst], read, epsilon)
    certificate = _certified(tangent, circuit, question, read, calls, steps)
    law = _law(question, circuit, len(sequences), calls, float(norms.max()))
    values: dict[str, Any] = {
        "outputs": names, "lipschitz": float(norms.max()), "per_sequence": norms, "by_twins": twins[1],
        "certified_call": certificate.one, "certified": certificate.whole, "abscissa": certificate.abscissa,
        "certified_for_all_time": certificate.steady, **law,
    }  # fmt: skip
    return Result(
        tuple(_said(circuit, values, names, calls)),
        (*_drawn(circuit, twins[0], elapsed, names, epsilon), _table(values), _law_table(values)),
        values,
    )


# what is asked --------------------------------------------------------------------------------------


def _require(circuit: Circuit) -> None:
    if circuit.cells:
        problem = f"network {circuit.cells[0].name} is computed in calls of its own"
        raise InputError(Issue("robustness", problem, "take a circuit of LTC neurons"))
    if not circuit.neurons or not circuit.inputs:
        raise InputError(Issue("robustness", "it needs a neuron and an input that it hears", "draw them"))
    if len(circuit.neurons) > LARGEST:
        problem = f"{len(circuit.neurons)} neurons make matrices that take too long"
        raise InputError(Issue("robustness", problem, f"take a circuit of at most {LARGEST}"))


def _read(circuit: Circuit) -> tuple[Floats, tuple[str, ...]]:
    """float64[o, n], how outputs read states, and their names: drawn outputs, else motor neurons, else all neurons."""
    place = {n.id: k for k, n in enumerate(circuit.neurons)}
    if circuit.outputs:
        read = np.zeros((len(circuit.outputs), len(place)))
        for k, output in enumerate(circuit.outputs):
            read[k, place[output.source]] = output.gain
        return read, tuple(o.name for o in circuit.outputs)
    motor = [n for n in circuit.neurons if n.role is Role.MOTOR] or list(circuit.neurons)
    return np.eye(len(place))[[place[n.id] for n in motor]], tuple(n.name for n in motor)


def _timing(question: Question) -> tuple[int, float, int]:
    """Calls of a sequence, time of a call, and steps in it."""
    plan = propose(question.circuit)
    sequences, calls = int(question.number("sequences")), int(question.number("calls"))
    elapsed = question.number("elapsed") or max(plan.duration / (sequences * calls), plan.dt)
    steps = int(question.number("unfolds")) or min(STEPS, max(UNFOLDS, round(elapsed / plan.dt)))
    return calls, elapsed, steps


def _sequences(question: Question, shared: Shared, calls: int, elapsed: float) -> list[Floats]:
    """float64[T, m] each, what the inputs send, one stretch of time behind the other."""
    count = int(question.number("sequences"))
    t = question.t + elapsed * np.arange(count * calls, dtype=np.float64)
    return list(shared.inputs(t).reshape(count, calls, -1))


def _start(question: Question, shared: Shared) -> Floats:
    states = question.states or {}
    return np.array(
        [states.get(n.id, s) for n, s in zip(question.circuit.neurons, shared.start, strict=True)]
    )


# what is found --------------------------------------------------------------------------------------


def _twins(
    tangent: Tangent, start: Floats, inputs: Floats, steps: int, found: Calls, read: Floats, epsilon: float
) -> tuple[tuple[Floats, Floats], float]:
    """Outputs of the circuit and of one whose inputs are aside by epsilon, in the direction that acts most."""
    way = np.random.default_rng(1).normal(size=inputs.shape)
    for _ in range(60):
        way = found.inputs(found.outputs(way, read), read)
        size = float(np.linalg.norm(way))
        if size == 0.0:
            break
        way /= size
    other = tangent.calls(start, inputs + epsilon * way * tangent.shared.gains, steps)
    here, there = found.states[1:] @ read.T, other.states[1:] @ read.T
    return (here, there), float(np.linalg.norm(there - here)) / epsilon


def _certified(
    tangent: Tangent, circuit: Circuit, question: Question, read: Floats, calls: int, steps: int
) -> _Certificate:
    """Bounds by nonnegative matrices: every derivative is replaced by the largest one in the box of all intervals."""
    box, n = bands(circuit, question.states), len(circuit.neurons)
    if not (np.isfinite(box.state_low).all() and np.isfinite(box.state_high).all()):
        return _Certificate(math.inf, math.inf, math.inf, math.inf)
    most = tangent.most(box.state_low, box.state_high)
    a, b = np.eye(n), np.zeros((n, most.shape[1] - n))
    for _ in range(steps):
        a, b = most[:, :n] @ a, most[:, :n] @ b + most[:, n:]
    flow, gains = tangent.flow(box.state_low, box.state_high), np.abs(tangent.shared.gains)
    b, flow[:, n:] = b * gains, flow[:, n:] * gains
    abscissa = float(np.linalg.eigvals(flow[:, :n]).real.max())
    steady = math.inf
    if abscissa < 0.0:
        steady = float(np.linalg.norm(np.abs(read) @ -np.linalg.solve(flow[:, :n], flow[:, n:]), 2))
    return _Certificate(
        float(np.linalg.norm(b, 2)), _sequence_gain(a, b, np.abs(read), calls), abscissa, steady
    )


def _sequence_gain(a: Floats, b: Floats, read: Floats, calls: int) -> float:
    """Norm of the map of a whole sequence whose every call is bounded by |dv'| <= a |dv| + b |du|."""
    one = Calls(
        np.zeros((calls + 1, a.shape[0])),
        np.broadcast_to(a, (calls, *a.shape)),
        np.broadcast_to(b, (calls, *b.shape)),
    )
    with np.errstate(over="ignore", invalid="ignore"):
        found = one.norm(read)
    return found if math.isfinite(found) else math.inf


def parameters_that_act(circuit: Circuit) -> int:
    """Numbers that shape the function: of neurons, of synapses that are not muted, and of maps."""
    neurons = sum(
        len([p for p in circuit.kinds.neuron(n.kind).parameters if not p.choices]) for n in circuit.neurons
    )
    synapses = sum(len(circuit.kinds.synapses[s.kind].parameters) for s in acting_synapses(circuit))
    maps = 2 * sum(i.gain != 1.0 or i.offset != 0.0 for i in circuit.inputs) + 2 * len(circuit.outputs)
    return neurons + synapses + maps


def _law(
    question: Question, circuit: Circuit, sequences: int, calls: int, lipschitz: float
) -> dict[str, Any]:
    """The law of robustness with the numbers of the circuit (Bubeck and Sellke, NeurIPS 2021, theorem 3)."""
    p = parameters_that_act(circuit)
    n = int(question.number("n")) or sequences
    d = int(question.number("d")) or calls * len(circuit.inputs)
    below, size, slope = (question.number(name) for name in ("below", "size", "slope"))
    inner = p * math.log(max(60.0 * size * slope / below, math.e)) + math.log(4.0 / question.number("delta"))
    rigorous = below / (2.0**9 * math.sqrt(question.number("isoperimetry"))) * math.sqrt(n * d / inner)
    return {
        "p": p, "n": n, "d": d, "order": math.sqrt(n * d / p), "rigorous": rigorous, "classical": p / n,
        "met": lipschitz >= rigorous,
    }  # fmt: skip


# what is shown --------------------------------------------------------------------------------------


def _drawn(
    circuit: Circuit, outputs: tuple[Floats, Floats], elapsed: float, names: tuple[str, ...], epsilon: float
) -> tuple[Diagram, Diagram]:
    here, there = outputs
    k = int(np.abs(there - here).max(axis=0).argmax())
    t = elapsed * np.arange(1, here.shape[0] + 1)
    time, potential = circuit.unit_system.unit(Dimension.TIME), circuit.unit_system.unit(Dimension.POTENTIAL)
    beside = Diagram(
        f"{names[k]} and its twin",
        f"The output beside that of the same circuit whose inputs were moved by {epsilon:.3g} in the direction that acts most.",
        "t", names[k],
        (Course("as it is", t, here[:, k], Ink.MAIN), Course("twin", t, there[:, k], Ink.OTHER, Style.DASHED)),
        x_unit=time, y_unit=potential,
    )  # fmt: skip
    apart = np.linalg.norm(there - here, axis=1) / epsilon
    growth = Diagram(
        "What becomes of the change",
        "Distance of all outputs of the twin, over the size of the whole change of the inputs.",
        "t", "distance", (Course("all outputs", t, apart, Ink.ERROR),), x_unit=time,
    )  # fmt: skip
    return beside, growth


def _table(values: dict[str, Any]) -> Table:
    rows = (
        ("measured: Jacobian along the data", values["lipschitz"]),
        ("measured: twins", values["by_twins"]),
        ("certified, this many calls", values["certified"]),
        ("certified, for all time", values["certified_for_all_time"]),
        ("certified, one call to all states", values["certified_call"]),
    )
    columns = (Column("Lipschitz constant, inputs to outputs"), Column("value"))
    return Table(
        "Lipschitz constants",
        columns,
        tuple((name, float(value)) for name, value in rows),
        (NOTHING,) * len(rows),
    )


def _law_table(values: dict[str, Any]) -> Table:
    rows = (
        ("p  parameters that act", values["p"]), ("n  sequences", values["n"]), ("d  numbers of a sequence", values["d"]),
        ("√(n d / p)  order of magnitude", values["order"]), ("rigorous constant", values["rigorous"]),
        ("p / n  classical", values["classical"]),
    )  # fmt: skip
    columns = (Column("law of robustness"), Column("value"))
    return Table(
        "Law of robustness",
        columns,
        tuple((name, float(value)) for name, value in rows),
        (NOTHING,) * len(rows),
    )


def _said(circuit: Circuit, values: dict[str, Any], names: tuple[str, ...], calls: int) -> list[Finding]:
    lipschitz, certified, abscissa = values["lipschitz"], values["certified"], values["abscissa"]
    whose = counted(len(names), "output" if circuit.outputs else "neuron")
    found = [
        Finding(
            f"Along the data a small change of the inputs becomes at most {lipschitz:.3g} times as large in {whose}, over "
            f"{counted(calls, 'call')}: a lower bound of the Lipschitz constant."
        )
    ]
    if not math.isfinite(certified):
        text = "Nothing can be certified over this many calls: a state has no interval, or the bound passes all numbers."
        found.append(Finding(text, Level.WARNING))
    else:
        text = f"Certified for every input: at most {certified:.3g}. The gap to what is measured is the price of a bound by size."
        found.append(Finding(text, Level.GOOD))
    if abscissa < 0.0:
        found.append(
            Finding(
                f"It contracts: whatever the inputs, differences die out (abscissa {abscissa:.3g}).",
                Level.GOOD,
            )
        )
    elif math.isfinite(abscissa):
        text = f"It is not certified to contract (abscissa {abscissa:.3g} is not below 0), so the bound grows with time."
        found.append(Finding(text, Level.WARNING))
    found.append(
        Finding(
            f"The law of robustness: with p = {values['p']}, n = {values['n']} and d = {values['d']} a function that fits below "
            f"the noise needs a Lipschitz constant of the order {values['order']:.3g}; its rigorous constant is only "
            f"{values['rigorous']:.2g}. Heuristic here: rows of a time series are not independent, and nothing says that "
            "they are isoperimetric.",
            Level.WARNING,
        )
    )
    return found


ANALYSIS = Analysis(
    id="robustness",
    title="Robustness",
    doc="Shows how strongly the outputs answer small changes of the inputs: measured along the data, bounded for every input, and "
    "beside what the law of robustness asks of a function with so many parameters.",
    holds="LTC neurons in both forms and standard neurons, with chemical synapses, weights, currents and gap junctions, computed "
    "by fused steps as a cell of ncps is.",
    avoid="Do not take the measured constant for a guarantee, nor the law for a theorem about time series: its conditions hardly "
    "ever hold there.",
    reference="Bubeck and Sellke, NeurIPS 2021, arXiv 2105.12806, theorems 1 and 3; bounds by comparison of nonnegative systems "
    "on the invariant box",
    options=(
        whole("sequences", "sequences", 4, 1, 1000, "Stretches of the inputs, one behind the other, that are the data."),
        whole("calls", "calls", CALLS, 1, 2000, "Values of the inputs in a sequence."),
        part("elapsed", "elapsed", 0.0, 0.0, 1e9, "Time of a call; 0 divides the duration of the circuit."),
        whole("unfolds", "unfolds", 0, 0, 1000, "Fused steps in a call; 0 follows the step of the circuit."),
        part("epsilon", "epsilon", 1e-3, 1e-9, 1e6, "How far the inputs of the twin are moved."),
        whole("n", "n", 0, 0, 10**9, "Independent sequences of the training data; 0 takes those above."),
        whole("d", "d", 0, 0, 10**9, "Dimension of a sequence; 0 takes calls times inputs."),
        part("below", "ε below noise", 0.1, 1e-6, 1.0, "How far the training error is below the noise."),
        part("delta", "δ", 0.05, 1e-9, 0.999, "Probability with which the law may fail."),
        part("isoperimetry", "c", 1.0, 1e-6, 1e9, "Constant of isoperimetry of the data."),
        part("size", "W", 10.0, 1e-6, 1e9, "Diameter of the set of parameters."),
        part("slope", "J", 1.0, 1e-6, 1e9, "Lipschitz constant of the function in its parameters."),
    ),
    run=_run,
)  # fmt: skip
