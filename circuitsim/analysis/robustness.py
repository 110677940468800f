"""Robustness: how strongly outputs answer small changes of inputs, measured, bounded, and beside the law of robustness."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._beside import beside, read_of
from circuitsim.analysis._certificate import certified
from circuitsim.analysis._declare import Analysis, Part, Question, always
from circuitsim.analysis._standard import Shared
from circuitsim.analysis._tangent import Tangent
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.engine.bands import bands
from circuitsim.engine.proposal import propose
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.result import NOTHING, Column, Course, Diagram, Finding, Ink, Level, Result, Table
from circuitsim.spec.size import part, whole
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import counted, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats

CALLS = 40  # of each sequence where nothing is said
UNFOLDS = 6  # steps of a call, at least
STEPS = 40  # of a call, at most
COARSE = 2.0  # times the step of the circuit, from which on a step is said to be long
VOID = 1e6  # times what is measured, from which on a bound says little
MOVED = 0.3  # of the whole work: running the sequences; the rest is their derivatives


def _measured(question: Question) -> Result:
    """The constant along the data, what is certified, and the law."""
    circuit = question.circuit
    _require(circuit)
    shared = Shared(circuit, "robustness")
    read, names = read_of(circuit)
    calls, elapsed, steps = _timing(question)
    tangent, start = Tangent(shared, elapsed / steps), _start(question, shared)
    sequences = _sequences(question, shared, calls, elapsed)
    norms, ways, states = _along(question, tangent, start, sequences, steps, read)
    worst = int(norms.argmax())
    epsilon = question.number("epsilon")
    aside = sequences[worst] + epsilon * ways[worst] * shared.gains
    there = tangent.states(start, aside[None], steps)[0, ::steps]
    apart: Floats = np.linalg.norm((there - states[worst])[1:] @ read.T, axis=1) / epsilon
    box = bands(circuit, question.states)
    certificate = certified(tangent, box, read, calls, steps)
    law = _law(question, circuit, len(sequences), calls, float(norms.max()))
    values: dict[str, Any] = {
        "outputs": names, "lipschitz": float(norms.max()), "per_sequence": norms,
        "by_twins": float(np.linalg.norm(apart)), "certified_call": certificate.one, "certified": certificate.whole,
        "abscissa": certificate.abscissa, "certified_for_all_time": certificate.steady, **law,
    }  # fmt: skip
    return Result(
        (*_said(circuit, values, names, calls, _loose(circuit, box)), *_coarse(circuit, elapsed, steps)),
        (_growth(circuit, apart, elapsed), _table(values)),
        values,
    )


def _along(
    question: Question, tangent: Tangent, start: Floats, sequences: Floats, steps: int, read: Floats
) -> tuple[Floats, list[Floats], Floats]:
    """Sequence by sequence the norm of the derivative, what it stretches most, and float64[s, T + 1, n] states."""
    count = sequences.shape[0]
    rows = tangent.states(start, sequences, steps, lambda part_: question.report(MOVED * part_))
    norms, ways = np.zeros(count), []
    for k in range(count):
        begun = MOVED + (1.0 - MOVED) * k / count

        def report(part_: float, begun: float = begun) -> bool:
            return question.report(begun + (1.0 - MOVED) * part_ / count)

        norms[k], way = tangent.linearised(rows[k], sequences[k], steps).strongest(read, report)
        ways.append(way)
    return norms, ways, rows[:, ::steps]


# what is asked --------------------------------------------------------------------------------------


def _require(circuit: Circuit) -> None:
    if circuit.cells:
        problem = f"network {circuit.cells[0].name} is computed in calls of its own"
        raise InputError(Issue("robustness", problem, "take a circuit of LTC neurons"))
    if not circuit.neurons or not circuit.inputs:
        raise InputError(Issue("robustness", "it needs a neuron and an input that it hears", "draw them"))
    for neuron in circuit.neurons:
        if neuron.kind == "static":
            title = circuit.kinds.neuron(neuron.kind).title
            problem = f"{neuron.name} is of the kind {title}, which answers at once and so takes no step"
            raise InputError(
                Issue("robustness", problem, "make it a CT-RNN neuron, or delete it", element=neuron.id)
            )


def _timing(question: Question) -> tuple[int, float, int]:
    """Calls of a sequence, time of a call, and steps in it."""
    plan = propose(question.circuit)
    sequences, calls = int(question.number("sequences")), int(question.number("calls"))
    elapsed = question.number("elapsed") or max(plan.duration / (sequences * calls), plan.dt)
    steps = int(question.number("unfolds")) or min(STEPS, max(UNFOLDS, round(elapsed / plan.dt)))
    return calls, elapsed, steps


def _sequences(question: Question, shared: Shared, calls: int, elapsed: float) -> Floats:
    """float64[s, T, m], what the inputs send, one stretch of time behind the other."""
    count = int(question.number("sequences"))
    t = question.t + elapsed * np.arange(count * calls, dtype=np.float64)
    return shared.inputs(t).reshape(count, calls, -1)


def _start(question: Question, shared: Shared) -> Floats:
    states = question.states or {}
    return np.array(
        [states.get(n.id, s) for n, s in zip(question.circuit.neurons, shared.start, strict=True)]
    )


# what is found --------------------------------------------------------------------------------------


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


def _growth(circuit: Circuit, apart: Floats, elapsed: float) -> Diagram:
    t = elapsed * np.arange(1, apart.size + 1, dtype=np.float64)
    return Diagram(
        "What becomes of the worst change",
        "Distance of all outputs, over the size of the change of all inputs, in the direction that acts most.",
        "t", "distance", (Course("along the data", t, apart, Ink.ERROR),),
        x_unit=circuit.unit_system.unit(Dimension.TIME),
    )  # fmt: skip


def _table(values: dict[str, Any]) -> Table:
    rows = (
        ("measured along the data", values["lipschitz"]),
        ("measured by twins", values["by_twins"]),
        ("certified, so many calls", values["certified"]),
        ("certified, for all time", values["certified_for_all_time"]),
        ("certified, one call to all states", values["certified_call"]),
        ("law: √(n d / p), in order of magnitude", values["order"]),
        ("law: rigorous constant", values["rigorous"]),
        ("p, parameters that act", values["p"]),
        ("n, sequences", values["n"]),
        ("d, numbers of a sequence", values["d"]),
        ("p / n, classical", values["classical"]),
    )
    columns = (Column("Lipschitz constants, and the law"), Column("value"))
    return Table(
        "Lipschitz constants and the law of robustness",
        columns,
        tuple((name, str(value) if isinstance(value, int) else float(value)) for name, value in rows),
        (NOTHING,) * len(rows),
    )


def _loose(circuit: Circuit, box: Bands) -> list[Neuron]:
    """Neurons whose state no interval holds."""
    held = np.isfinite(box.state_low) & np.isfinite(box.state_high)
    return [n for n in circuit.neurons if not held[box.ids.index(n.id)]]


def _coarse(circuit: Circuit, elapsed: float, steps: int) -> Iterator[Finding]:
    """Whether a step of a call is much longer than one of the run beside it."""
    times = elapsed / steps / propose(circuit).dt
    if times > COARSE:
        call = f"{elapsed:.3g} {circuit.unit_system.unit(Dimension.TIME)}"
        text = (
            f"A call of {call} is computed in {counted(steps, 'fused step')}, each {times:.3g} times as long as a step of the "
            "circuit: what changes faster is lost. More unfolds, or shorter calls, keep it."
        )
        yield Finding(text, Level.WARNING)


def _said(
    circuit: Circuit, values: dict[str, Any], names: tuple[str, ...], calls: int, loose: list[Neuron]
) -> list[Finding]:
    lipschitz, certified, abscissa = values["lipschitz"], values["certified"], values["abscissa"]
    whose = counted(len(names), "output" if circuit.outputs else "neuron")
    found = [
        Finding(
            f"Along the data a small change of the inputs becomes at most {lipschitz:.3g} times as large in {whose}, over "
            f"{counted(calls, 'call')}: a lower bound of the Lipschitz constant."
        )
    ]
    if loose:
        text = (
            f"Nothing can be certified: no interval holds the state of {together([n.name for n in loose])}."
        )
        found.append(Finding(text, Level.WARNING, tuple(n.id for n in loose)))
    elif not math.isfinite(certified):
        text = f"Nothing can be certified over {counted(calls, 'call')}: the bound grows from call to call and passes all numbers."
        found.append(Finding(text, Level.WARNING))
    else:
        void = certified > VOID * lipschitz
        text = (
            f"Certified for every input within its declared range, from any state in the bands: at most {certified:.3g}. "
            + ("That is true and says little: the bound grows from call to call." if void else
               "The gap to what is measured is the price of a bound by size.")
        )  # fmt: skip
        found.append(Finding(text, Level.NOTE if void else Level.GOOD))
    if abscissa < 0.0:
        found.append(
            Finding(
                "It contracts: for every input within its declared range, from any state in the bands, differences die out "
                f"(abscissa {abscissa:.3g}).",
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
    doc="Shows how strongly the outputs answer small changes of the inputs: measured along the data, bounded for every "
    "input within its declared range, and beside what the law of robustness asks of a function with so many parameters.",
    holds="LTC neurons in both forms, CT-RNN and neural ODE neurons, with chemical synapses, weights, currents and gap junctions, "
    "computed by fused steps as a cell of ncps is. Static neurons take no step and are refused. A neural ODE neuron never "
    "forgets: where one is, the constant is measured, but nothing is certified.",
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
    parts=(Part(beside, follows=always), Part(_measured)),
    twin="epsilon",
)  # fmt: skip
