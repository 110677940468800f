"""Liquid or standard: the same weights under LTC, CT-RNN, neural ODE and static right-hand sides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis import _random_networks as networks
from circuitsim.analysis._declare import Analysis, Part, Question, Which
from circuitsim.analysis._length import depth, path_of
from circuitsim.analysis._standard import MODELS, Shared
from circuitsim.engine.bands import bands
from circuitsim.engine.proposal import propose
from circuitsim.spec.issue import InputError, Issue, RunError
from circuitsim.spec.result import NOTHING, Column, Course, Diagram, Finding, Ink, Level, Result, Table
from circuitsim.spec.size import chosen, part, whole
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import a, together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.analysis._length import Path
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.result import Value

DRAWN, RANDOM = range(2)
ROWS = 1000  # of a course where no duration is given, at most
MOST = 200_000  # of any course
INKS = {"ltc": Ink.MAIN, "ctrnn": Ink.OTHER, "node": Ink.THIRD, "static": Ink.FOURTH}
TOLERANCE = 1e-6  # of the random networks
ROOM = 0.25  # above and below the two that stay together, as a part of what they span
SAME = 1e-9  # of the largest state: what is no further apart is the same
COURSES = 0.7  # of the whole work
ROUNDING = 1e-9  # of a mean; a spread below is none
HARD = Finding(
    "The lengths that the paper gives for hard tanh are those of no activation at all: in the authors' code one branch is taken for "
    "all neurons, and only where every one of them is beyond it.",
    Level.WARNING,
)
SHORT = 0.5  # of the fastest time constant, that a step is long at most
FAR = 1e6  # states beyond have run away


def _run(question: Question) -> Result:
    return _random(question) if question.number("network") == RANDOM else _drawn(question)


# the drawn circuit --------------------------------------------------------------------------------


def _drawn(question: Question) -> Result:
    circuit = question.circuit
    if circuit.cells:
        problem = f"network {circuit.cells[0].name} has no right-hand side"
        raise InputError(Issue("compare", problem, "take network=random, or another circuit"))
    if not circuit.neurons:
        raise InputError(Issue("compare", "the circuit has no neuron", "draw one, or take network=random"))
    shared, plan = Shared(circuit), propose(circuit)
    duration = question.number("duration") or min(plan.duration, ROWS * plan.dt)
    rows = max(50, round(duration / plan.dt))
    if rows > MOST:
        problem = f"a course of {duration:g} takes {rows} steps of {plan.dt:g}"
        raise InputError(Issue("compare", problem, f"choose a duration of at most {MOST * plan.dt:g}"))
    t = np.linspace(0.0, duration, rows + 1)
    parts = _parts(circuit, t)
    models = [m for m in MODELS if m != "static" or not shared.cyclic]
    courses = {m: shared.course(m, t, _share(question, k, len(models)), parts) for k, m in enumerate(models)}
    k = _which(question, shared, courses)
    lost = [m for m in models if not _tame(courses[m])]
    paths = {m: path_of(courses[m]) for m in models if m not in lost}
    depths = {m: _depth(question, shared, m, t) for m in models if m not in lost}
    return Result(
        tuple(_said(shared, courses, paths, lost, k)),
        (_courses(circuit, shared, courses, t, k), _table(models, paths, depths), _paths(paths)),
        {"neurons": shared.names, "models": tuple(models), "t": t, **courses,
         "length": {m: p.length for m, p in paths.items()}, "length_over_diameter": {m: p.shape for m, p in paths.items()},
         "depth": depths},
    )  # fmt: skip


def _parts(circuit: Circuit, t: Floats) -> int:
    """Steps from row to row that are short beside the fastest time constant, which a stiff solver or a call need not be.

    Raises:
        InputError: If there would be too many.
    """
    fast = bands(circuit).tau_low
    fastest = float(fast[fast > 0.0].min(initial=np.inf))
    apart = float(t[1] - t[0])
    parts = max(1, math.ceil(apart / (SHORT * fastest)))
    if parts * (t.size - 1) > MOST:
        problem = f"the fastest time constant, {fastest:.3g}, would take {parts * (t.size - 1)} steps"
        raise InputError(
            Issue("compare", problem, f"choose a duration of at most {MOST * SHORT * fastest:.3g}")
        )
    return parts


def _share(question: Question, k: int, count: int) -> Callable[[float], bool]:
    """Reports one of several courses as a part of the whole work, at the end of which their depths are counted."""
    return lambda done: question.report(COURSES * (k + done) / count)


def _tame(course: Floats) -> bool:
    return bool(np.isfinite(course).all() and np.abs(course).max() < FAR)


def _which(question: Question, shared: Shared, courses: dict[str, Floats]) -> int:
    """The neuron that is drawn: the chosen one, or the one that the equations tell apart most."""
    name = question.text("neuron")
    if name:
        return shared.names.index(name)
    apart = np.abs(np.nan_to_num(courses["ltc"] - courses["ctrnn"], nan=0.0, posinf=FAR, neginf=-FAR)).max(
        axis=0
    )
    return int(apart.argmax())


def _depth(question: Question, shared: Shared, model: str, t: Floats) -> float:
    """Points of the authors' solver for each of 100 samples; 0 where nothing is integrated."""
    if model == "static":
        return 0.0
    half = np.linspace(0.0, t[-1], 2 * t.size - 1)
    sent = shared.inputs(half)
    step = half[1]

    def rate(now: float, x: Floats) -> Floats:
        if question.report(COURSES + (1.0 - COURSES) * min(1.0, now / float(t[-1]))) is False:
            raise RunError(Issue("the analysis", "it was cancelled"))
        return shared.rate(model, x, sent[min(round(now / step), half.size - 1)])

    return depth(rate, shared.start, float(t[-1]))


def _courses(circuit: Circuit, shared: Shared, courses: dict[str, Floats], t: Floats, k: int) -> Diagram:
    neuron = circuit.neurons[k]
    lines = tuple(
        Course(MODELS[m], t, np.where(np.abs(c[:, k]) < FAR, c[:, k], np.nan), INKS[m], element=neuron.id)
        for m, c in reversed(courses.items())
    )
    near = np.concatenate([courses[m][:, k] for m in ("ltc", "ctrnn")])
    near = near[np.abs(near) < FAR]
    room = ROOM * (float(np.ptp(near)) if near.size else 0.0) or 1.0
    doc = f"The state of {neuron.name} with the same weights and the same input under each right-hand side."
    return Diagram(
        f"{neuron.name} under {('three', 'four')[len(courses) - 3]} equations", doc, "t", shared.names[k], lines, (),
        circuit.unit_system.unit(Dimension.TIME), circuit.unit_system.unit(Dimension.POTENTIAL),
        view=(float(near.min()) - room, float(near.max()) + room) if near.size else None,
    )  # fmt: skip


def _table(models: list[str], paths: dict[str, Path], depths: dict[str, float]) -> Table:
    columns = (
        Column("equation"),
        Column("length", "", "Length of the path of all states, in its first two principal components."),
        Column(
            "÷ diameter", "", "Length over the diameter of the path: how winding it is, whatever its scale."
        ),
        Column(
            "depth",
            "",
            "Points of an adaptive solver for each of 100 samples of the input, as the authors count.",
        ),
    )
    rows = tuple(
        (MODELS[m], paths[m].length, paths[m].shape if np.isfinite(paths[m].shape) else "–", depths[m])
        if m in paths
        else (MODELS[m], "runs away", "–", "–")
        for m in models
    )
    return Table("Expressivity", columns, rows, (NOTHING,) * len(rows))


def _paths(paths: dict[str, Path]) -> Diagram:
    """The paths in their principal components, each over its own diameter."""
    lines = tuple(
        Course(MODELS[m], p.seen[:, 0] / (p.diameter or 1.0), p.seen[:, 1] / (p.diameter or 1.0), INKS[m])
        for m, p in reversed(paths.items())
    )
    doc = "The path of all states, in the first two principal components and divided by its diameter."
    return Diagram("Paths, all of one size", doc, "first component", "second component", lines)


def _said(
    shared: Shared, courses: dict[str, Floats], paths: dict[str, Path], lost: list[str], k: int
) -> list[Finding]:
    found = [
        Finding(f"As {a(MODELS[m])} the circuit runs away: its states have no bound there.", Level.WARNING)
        for m in lost
    ]
    if "ltc" in paths and "ctrnn" in paths and min(paths[m].shape for m in ("ltc", "ctrnn")) > 0.0:
        longer, winding = (
            paths["ltc"].length / (paths["ctrnn"].length or np.nan),
            paths["ltc"].shape / paths["ctrnn"].shape,
        )
        found.append(
            Finding(
                f"The path of the LTC is {longer:.3g} times as long as that of the CT-RNN; measured by its own size it is "
                f"{winding:.3g} times as winding. Length grows with the amplitude of the states, so the second number is the "
                "fair one."
            )
        )
    if not {"ltc", "ctrnn"} & set(lost):
        far = float(np.abs(courses["ltc"][:, k] - courses["ctrnn"][:, k]).max())
        text = f"{shared.names[k]} is up to {far:.3g} apart as LTC and as CT-RNN."
        if far <= SAME * float(np.abs(courses["ltc"]).max()):
            text = "As LTC and as CT-RNN every neuron does the same: no conductance opens or closes here."
        found.append(Finding(text, Level.NOTE))
    if shared.lacking:
        text = (
            f"{together(shared.lacking)} {'has' if len(shared.lacking) == 1 else 'have'} no target or no time constant as drawn: "
            "where an equation needs one, it is 1."
        )
        found.append(Finding(text, Level.NOTE))
    if shared.cyclic:
        text = "Neurons hear each other in a circle, so a static network is not defined and is left out."
        found.append(Finding(text, Level.NOTE))
    return found


# random networks ----------------------------------------------------------------------------------


def _random(question: Question) -> Result:
    width, count = int(question.number("width")), int(question.number("seeds"))
    activation = tuple(networks.ACTIVATIONS)[int(question.number("activation"))]
    numbers: dict[tuple[int, str], list[tuple[float, float, float]]] = {}
    first: dict[str, Path] = {}
    done, all_ = 0, 2 * count * len(networks.MODELS)
    for scale in (networks.CODE, networks.PAPER):
        for seed in range(count):
            drawn = networks.network(seed, width, activation, scale)
            for model in networks.MODELS:
                path = drawn.path(model, TOLERANCE)
                if seed == 0 and scale == networks.CODE:
                    first[model] = path
                numbers.setdefault((scale, model), []).append((path.length, path.shape, drawn.depth(model)))
                done += 1
                if question.report(done / all_) is False:
                    raise RunError(Issue("the analysis", "it was cancelled"))
    means = {key: np.mean(found, axis=0) for key, found in numbers.items()}
    spreads = {
        key: np.std(found, axis=0, ddof=1) if count > 1 else np.zeros(3) for key, found in numbers.items()
    }
    published = networks.PUBLISHED.get((activation, width))
    return Result(
        tuple(_claims(means)) + ((HARD,) if published and activation == "hard_tanh" else ()),
        (_random_table(means, spreads, published), _paths(first)),
        {"models": tuple(networks.MODELS), **_by_scale(means, "mean"), **_by_scale(spreads, "spread"),
         "length_published": None if published is None else np.array([published[m] for m in networks.MODELS])},
    )  # fmt: skip


def _by_scale(found: dict[tuple[int, str], Floats], what: str) -> dict[str, object]:
    """Lengths, lengths over diameters and depths by scale, one for each model."""
    return {
        f"{name}_{scale}_{what}": np.array([found[number, m][k] for m in networks.MODELS])
        for k, name in enumerate(("length", "length_over_diameter", "depth"))
        for number, scale in ((networks.CODE, "code"), (networks.PAPER, "paper"))
    }


def _random_table(
    means: dict[tuple[int, str], Floats],
    spreads: dict[tuple[int, str], Floats],
    published: Mapping[str, float] | None,
) -> Table:
    paper = Column(
        "in the paper", "", "Length that the paper gives for one layer of this width and activation."
    )
    columns = (
        Column("equation"),
        *((paper,) if published else ()),
        Column("length, scale of the code", "", "Weights with the standard deviation 2."),
        Column("÷ diameter"), Column("depth"),
        Column("length, scale of the text", "", "Weights with the variance 2 / width."),
        Column("÷ diameter"), Column("depth"),
    )  # fmt: skip
    rows = []
    for model, title in networks.MODELS.items():
        cells: list[Value] = [] if published is None else [published[model]]
        for scale in (networks.CODE, networks.PAPER):
            pairs = zip(means[scale, model], spreads[scale, model], strict=True)
            cells += [
                f"{mean:.3g} ± {spread:.2g}" if spread > ROUNDING * mean else f"{mean:.3g}"
                for mean, spread in pairs
            ]
        rows.append((title, *cells))
    return Table("Random networks", columns, tuple(rows), (NOTHING,) * len(rows))


def _claims(means: dict[tuple[int, str], Floats]) -> list[Finding]:
    code, text = ({m: means[scale, m] for m in networks.MODELS} for scale in (networks.CODE, networks.PAPER))
    (by_ctrnn, winding, _), (by_node, _, _) = (code["ltc"] / code[m] for m in ("ctrnn", "node"))
    text_by_ctrnn, text_by_node = (text["ltc"][0] / text[m][0] for m in ("ctrnn", "node"))
    longer, longer_too = min(by_ctrnn, by_node) > 1.0, min(text_by_ctrnn, text_by_node) > 1.0
    amplitude = winding < np.sqrt(by_ctrnn)
    return [
        Finding(
            f"With the scale of the authors' code the path of the LTC is {by_ctrnn:.3g} times as long as that of the CT-RNN and "
            f"{by_node:.3g} times that of the neural ODE.",
            Level.GOOD if longer else Level.WARNING,
        ),
        Finding(
            f"Divided by its diameter it is {winding:.3g} times as winding as that of the CT-RNN"
            + (": most of the length is amplitude." if longer and amplitude else "."),
            Level.WARNING if longer and amplitude else Level.NOTE,
        ),
        Finding(
            f"With the scale that the text states (variance 2 / width) the LTC is {text_by_ctrnn:.3g} times as long as the "
            f"CT-RNN and {text_by_node:.3g} times the neural ODE"
            + (": the claim hangs on the scale." if longer and not longer_too else "."),
            Level.WARNING if longer and not longer_too else Level.NOTE,
        ),
    ]


ANALYSIS = Analysis(
    id="compare",
    title="Liquid or standard",
    doc="Shows the same weights as LTC, CT-RNN, neural ODE and static network on the same input, and how long and how winding "
    "the paths of their states are: for the drawn circuit, or for random networks as in the paper.",
    holds="LTC neurons in both forms and standard neurons, with chemical synapses, weights, currents and gap junctions; static "
    "networks only without circles.",
    avoid="Do not read a longer path as a better network: length grows with the amplitude of the states, and the published "
    "factor with the scale of the random weights.",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439, section 5, and the authors' published code",
    options=(
        chosen("network", "network", ("drawn", "random"), "The drawn circuit, or random networks as in the paper."),
        Which("neuron", "neuron", "Whose courses are drawn.", "neuron", "the one that differs most"),
        part("duration", "duration", 0.0, 0.0, 1e9, "Length of the courses; 0 takes that of the circuit, 1000 steps at most."),
        whole("width", "width", 100, 2, 400, "Neurons of a random network."),
        whole("seeds", "seeds", 4, 1, 100, "How many random networks are drawn; their seeds are 0, 1, 2, …"),
        chosen("activation", "activation", tuple(networks.ACTIVATIONS), "The activation of random networks."),
    ),
    parts=(Part(_run),),
)  # fmt: skip
