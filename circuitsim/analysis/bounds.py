"""Bounds of time constants and states: the theorems of liquid networks on the circuit as it is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._declare import Analysis, Part, Question, always
from circuitsim.analysis._origin import Cause, Origins, origins
from circuitsim.circuit.edits import Delete
from circuitsim.circuit.edits.alter import SetStart
from circuitsim.engine.bands import bands, reaches
from circuitsim.engine.monitor import Monitor
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.result import Column, Finding, Interval, Level, Result, Table
from circuitsim.spec.size import part
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.samples import Samples
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.result import Value

LIQUID = 1.02  # from this factor on a time constant is said to change
SAME = 1e-9  # ends that are no further apart, as a part of the interval, are the same
BY = (3, 6, 7)  # columns that say what sets the fast end of τ and the two ends of the state


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """Extremes of a run and its last row, each float64[n]."""

    v: tuple[Floats, Floats, Floats]
    tau: tuple[Floats, Floats, Floats]


def _run(question: Question) -> Result:
    circuit = question.circuit
    if not circuit.neurons:
        raise InputError(Issue("bounds", "the circuit has no neuron", "draw one"))
    trace = _trace(question)
    start = dict(zip((n.id for n in circuit.neurons), trace.v[0].tolist(), strict=True))
    found = bands(circuit, start)
    seen = _Seen(_extremes(trace.v), _extremes(trace.tau))
    source = origins(circuit, found, start)
    without = _without(circuit, found, start)
    still = _still(found)
    units = {unit for cell in circuit.cells for unit in cell.units}
    rows: list[tuple[Value, ...]] = []
    links: dict[tuple[int, int], tuple[int, ...]] = {}
    names = [n.name for n in circuit.neurons]
    for k, name in enumerate(names):
        tau = Interval(found.tau_low[k], found.tau_high[k], *(s[k] for s in seen.tau))
        state = Interval(found.state_low[k], found.state_high[k], *(s[k] for s in seen.v))
        visited = (_percent(visited_part(tau, log=True)), _percent(visited_part(state, log=False)))
        by = _causes(source, k, still=bool(still[k]), unit=found.ids[k] in units)
        fast, *ends = by.values()
        rows.append((name, tau, visited[0], fast.name, state, visited[1], *(end.name for end in ends)))
        links |= {(k, at): (cause.synapse,) for at, cause in by.items() if cause.synapse is not None}
    table = Table("Bands and what the run visits of them", _columns(circuit), tuple(rows), found.ids, links)
    return Result(
        (*_alarms(circuit, found, trace), *_shifts(names, found, without), *_summary(found, seen, names)),
        (table,),
        _values(names, found, seen, source)
        | {"without": {what: _ends(other) for what, other in without.items()}},
    )


def _trace(question: Question) -> Samples:
    """The run that is looked at: the recorded one, or one from the present states on."""
    duration = question.number("duration")
    if question.seen is not None or question.states is None:
        return question.course(duration)
    twin = question.circuit.copy()
    twin.apply(SetStart(question.states))
    return question.course_of(twin, duration, question.t)


def _causes(source: Origins, k: int, *, still: bool, unit: bool) -> dict[int, Cause]:
    """What sets the ends of neuron k, by the columns that say so; what the output of a network is comes from its weights."""
    fast = Cause("–") if still else source.tau[k]
    ends = (Cause("network"),) * 2 if unit else (source.low[k], source.high[k])
    return dict(zip(BY, (fast, *ends), strict=True))


def visited_part(band: Interval, *, log: bool) -> float:
    """Which part of an interval a run visits, from 0 to 1; NaN if it has no width or no end."""
    ends = np.array([band.low, band.high, band.seen_low, band.seen_high])
    if log:
        if not np.all(ends > 0.0):
            return math.nan
        ends = np.log(ends)
    if not np.all(np.isfinite(ends)):
        return math.nan
    width = ends[1] - ends[0]
    if width <= SAME * max(1.0, abs(ends[0])):
        return math.nan
    return float(np.clip((ends[3] - ends[2]) / width, 0.0, 1.0))


def _still(found: Bands) -> NDArray[np.bool_]:
    """bool[n], whether the time constant of a neuron cannot change, as where there is none."""
    low, high = found.tau_low, found.tau_high
    with np.errstate(invalid="ignore"):  # infinity less infinity
        return np.asarray((low == high) | (high - low <= SAME * low))


def _extremes(values: Floats) -> tuple[Floats, Floats, Floats]:
    return values.min(axis=0), values.max(axis=0), values[-1]


def _percent(part_: float) -> str:
    return "–" if math.isnan(part_) else f"{100.0 * part_:.0f} %"


def _columns(circuit: Circuit) -> tuple[Column, ...]:
    time = circuit.unit_system.unit(Dimension.TIME)
    potential = circuit.unit_system.unit(Dimension.POTENTIAL)
    return (
        Column("neuron"),
        Column(
            "τ", time, "Band of the effective time constant (theorem 1), and what the run visits.", log=True
        ),
        Column("visited", "", "Part of the band that the run visits, on a logarithmic axis."),
        Column("fastest by", "", "The synapse that shortens the time constant most when it is open."),
        Column(
            "state", potential, "Interval that the state never leaves (theorem 2), and what the run visits."
        ),
        Column("visited", "", "Part of the interval that the run visits."),
        Column("low end by", "", "What pulls hardest at the lower end; click to select the synapse."),
        Column("high end by", "", "What pulls hardest at the upper end; click to select the synapse."),
    )


# alarms -----------------------------------------------------------------------------------------


def _alarms(circuit: Circuit, found: Bands, trace: Samples) -> Iterator[Finding]:
    names, ids = trace.neuron_names, found.ids
    monitor = Monitor(circuit, found, trace.stamp.solver, trace.stamp.dt)
    monitor.look(trace.v, 0.0)
    for issue in monitor.issues:
        yield Finding(issue.sentence, Level.ALARM, () if issue.element is None else (issue.element,))
    for k, name in enumerate(names):
        if found.decay_low[k] < 0.0:
            text = f"The decay of {name} can become negative, and then its state grows: theorem 1 needs a positive f."
            yield Finding(text, Level.ALARM, (ids[k],))
    endless = [k for k in range(len(ids)) if not math.isfinite(found.state_high[k] - found.state_low[k])]
    if endless:
        whose = together([names[k] for k in endless])
        text = f"No interval holds the state of {whose}: {_cause(circuit, endless, found)}."
        yield Finding(text, Level.WARNING, tuple(ids[k] for k in endless))


def _cause(circuit: Circuit, endless: list[int], found: Bands) -> str:
    """Why states have no bound."""
    free = []
    for source in circuit.inputs:
        kind = circuit.kinds.stimuli[source.stimulus]
        heard = any(found.ids.index(s.post) in endless for s in circuit.synapses if s.pre == source.id)
        if kind.clock and heard:
            free.append(source.name)
    if free:
        return f"the values of {together(free)} have no bound themselves"
    return "nothing there decays, or what it hears has no bound"


# where a circuit departs from the theorem ---------------------------------------------------------


def _without(circuit: Circuit, found: Bands, start: Mapping[int, float]) -> dict[str, Bands]:
    """The intervals without gap junctions, without injected currents, and without neurons of other kinds, where there are any."""
    kind_of = {n.id: n.kind for n in circuit.neurons}
    junctions: set[int] = set()
    currents: set[int] = set()  # but those that a clamp makes
    for group, reach in reaches(circuit, found):
        if reach.gap is not None:
            junctions.update(group.ids.tolist())
        if reach.steady is None and reach.current is not None:
            currents.update(group.ids.tolist())
    groups = {
        "gap junctions": junctions,
        "injected currents": currents,
        "neurons of another kind": {
            s.id for s in circuit.synapses if s.pre in kind_of and kind_of[s.pre] != kind_of[s.post]
        },
    }
    result = {}
    for what, synapses in groups.items():
        if synapses:
            twin = circuit.copy()
            twin.apply(Delete(frozenset(synapses)))
            result[what] = bands(twin, start)
    return result


def _shifts(names: list[str], found: Bands, without: Mapping[str, Bands]) -> Iterator[Finding]:
    """How gap junctions, currents and neurons of other kinds move the intervals of the theorem."""
    for what, other in without.items():
        state = _moved(found.state_low, found.state_high, other.state_low, other.state_high)
        tau = _moved(found.tau_low, found.tau_high, other.tau_low, other.tau_high)
        parts = []
        for title, moved in (("the state interval", state), ("the band of τ", tau)):
            whose = [name for name, there in zip(names, moved.tolist(), strict=True) if there]
            if whose:
                parts.append(f"{title} of {together(whose, len(names))}")
        if parts:
            said = f"{what[:1].upper()}{what[1:]} change {' and '.join(parts)}."
            elements = tuple(np.array(found.ids)[state | tau].tolist())
            yield Finding(f"{said}{_most(names, found, other)}", Level.NOTE, elements)


def _most(names: list[str], found: Bands, other: Bands) -> str:
    """The state interval that is moved furthest, and where it would be else; nothing if none is moved."""
    ends = ((found.state_low, other.state_low), (found.state_high, other.state_high))
    with np.errstate(invalid="ignore"):
        far = np.maximum(*(np.where(a == b, 0.0, np.abs(a - b)) for a, b in ends))
    k = int(far.argmax())
    if not far[k] > SAME:
        return ""
    now = _span(found.state_low[k], found.state_high[k])
    return f" Most at {names[k]}: {now} instead of {_span(other.state_low[k], other.state_high[k])}."


def _span(low: float, high: float) -> str:
    return f"{low:.3g} to {high:.3g}" if math.isfinite(high - low) else "no interval"


def _moved(low: Floats, high: Floats, other_low: Floats, other_high: Floats) -> NDArray[np.bool_]:
    """Where two families of intervals differ, bool[n]."""
    with np.errstate(invalid="ignore"):
        scale = SAME * np.maximum(1.0, np.maximum(np.abs(low), np.abs(high)))
        apart = [(a != b) & ~(np.abs(a - b) <= scale) for a, b in ((low, other_low), (high, other_high))]
    return np.asarray(apart[0] | apart[1])


# what the run makes of it -------------------------------------------------------------------------


def _summary(found: Bands, seen: _Seen, names: list[str]) -> Iterator[Finding]:
    alike = np.flatnonzero(_still(found)).tolist()
    still = [k for k in alike if 0.0 < found.tau_low[k] < math.inf]  # a neuron without memory has none
    if still:
        whose = together([names[k] for k in still], len(names))
        text = f"The time constant of {whose} cannot change: no conductance opens or closes there."
        yield Finding(text, Level.NOTE, tuple(found.ids[k] for k in still))
    liquid = [
        (seen.tau[1][k] / seen.tau[0][k], k)
        for k in range(len(found.ids))
        if k not in alike and 0.0 < seen.tau[0][k] < math.inf
    ]
    if liquid:
        factor, k = max(liquid)
    if liquid and factor > LIQUID:
        text = (
            f"The most liquid time constant of the run is that of {names[k]}: it changes {factor:.3g}-fold."
        )
        yield Finding(text, Level.GOOD, (found.ids[k],))


def _values(names: list[str], found: Bands, seen: _Seen, source: Origins) -> dict[str, object]:
    return {
        "neurons": names, **_ends(found),
        "seen_state_low": seen.v[0], "seen_state_high": seen.v[1],
        "seen_tau_low": seen.tau[0], "seen_tau_high": seen.tau[1],
        **_named(source),
    }  # fmt: skip


def _ends(found: Bands) -> dict[str, object]:
    return {
        "state_low": found.state_low, "state_high": found.state_high,
        "tau_low": found.tau_low, "tau_high": found.tau_high,
    }  # fmt: skip


def _named(source: Origins) -> dict[str, object]:
    """What sets the ends: how it is called, and the id of the synapse, or None where it is none."""
    ends = {"tau_low": source.tau, "state_low": source.low, "state_high": source.high}
    names: dict[str, object] = {f"{end}_by": [cause.name for cause in causes] for end, causes in ends.items()}
    return names | {f"{end}_synapse": [cause.synapse for cause in causes] for end, causes in ends.items()}


ANALYSIS = Analysis(
    id="bounds",
    title="Bounds",
    doc="Shows for every neuron the band that its time constant and the interval that its state can never leave, what a run "
    "visits of both, and which synapse sets the ends.",
    holds="Exact for LTC neurons in both forms, with currents and gap junctions; for other kinds the interval that follows from "
    "what they hear, where there is one.",
    avoid="Do not read a band as a forecast: a state may stay in a small part of it, and an input without bound (noise) leaves "
    "no interval at all.",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439, theorems 1 and 2; with currents and gap junctions by Nagumo's "
    "condition on the box of all intervals",
    options=(
        part(
            "duration", "duration", 0.0, 0.0, 1e9,
            "Length of the run that is looked at where none has been recorded; 0 takes that of the circuit, as far as that takes a moment.",
        ),
    ),
    parts=(Part(_run, follows=always),),
)  # fmt: skip
