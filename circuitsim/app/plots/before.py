"""What the lanes read: the recording, and beside it what would be without the lesions, from the twin of the run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app import theme
from circuitsim.app.plots.lane import Stroke
from circuitsim.app.plots.traces import Trace, read_all, stretch_of
from circuitsim.circuit.elements import Output
from circuitsim.engine.readouts import readout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.traces import Window
    from circuitsim.engine.readouts import Readout
    from circuitsim.engine.stretch import Stretch
    from circuitsim.spec.bounds import Floats

    Course = tuple[Floats, Floats]

GHOSTLY = ("v", "output")  # variables whose lanes show what would be


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """What is recorded of a window.

    Attributes:
        rows: Of the run.
        without: Of its twin without lesions; None while nothing is muted.
        begun: When the two parted.
    """

    rows: Stretch
    without: Stretch | None
    begun: float


def recorded(document: Document, window: Window) -> Recorded:
    """Take what is recorded of a window now."""
    simulator = document.simulator
    twin = simulator.twin
    rows = stretch_of(simulator.recording, window)
    if twin is None:
        return Recorded(rows, None, math.inf)
    return Recorded(rows, stretch_of(twin.recording, window), twin.begun)


def edition_of(document: Document) -> tuple[int, float | None]:
    """Changes whenever what is recorded of an instant may be something else: the run began anew, or its twin did."""
    twin = document.simulator.twin
    return document.simulator.recording.edition, None if twin is None else twin.begun


def ghosts(document: Document, variable: str, elements: Sequence[int], known: Recorded) -> list[Stroke]:
    """The traces of some elements as they would be without lesions, pale; none while nothing is muted."""
    if known.without is None or variable not in GHOSTLY:
        return []
    ink = theme.current().text3
    return [Stroke(trace, ink, faint=True) for trace in traces(document, known.without, elements)]


def courses(document: Document, elements: Sequence[int]) -> list[tuple[Course, Course]]:
    """Times and values of outputs and states since the first lesion: without lesions and with them."""
    twin, now = document.simulator.twin, document.status().t
    if twin is None:
        return []
    recordings = (twin.recording, document.simulator.recording)
    pairs = (traces(document, r.stretch(twin.begun, max(now, twin.begun)), elements) for r in recordings)
    return [((a.times, a.values), (b.times, b.values)) for a, b in zip(*pairs, strict=True)]


def differences(document: Document, elements: Sequence[int], known: Recorded) -> list[Trace]:
    """What lesions do to outputs or states: with them minus without them; NaN before the first one.

    The twin may be behind the run by a slice; its traces, and the differences, end there.
    """
    now = traces(document, known.rows, elements)
    if known.without is None:
        return [Trace(trace.element, trace.times, np.full(trace.times.size, np.nan)) for trace in now]
    would = traces(document, known.without, elements)
    return [_difference(here, there, known.begun) for here, there in zip(now, would, strict=True)]


def _difference(here: Trace, there: Trace, begun: float) -> Trace:
    """Both are sampled at the same instants but for a few, between which the other one is straight."""
    count = int(here.times.searchsorted(there.times[-1], side="right")) if there.times.size else 0
    times, values = here.times[:count], here.values[:count]
    if not count:
        return Trace(here.element, times, values)
    difference = values - np.interp(times, there.times, there.values)
    return Trace(here.element, times, np.where(times >= begun, difference, np.nan))


def traces(document: Document, rows: Stretch, elements: Sequence[int]) -> list[Trace]:
    """Outputs, and states of neurons; extremes between the rows of an output of several units are not known."""
    found = {i: document.circuit.elements[i] for i in elements}
    reads = {i: readout(document.circuit, e) for i, e in found.items() if isinstance(e, Output)}
    needed = sorted({n for i in elements for n in (reads[i].neurons if i in reads else (i,))})
    states = dict(zip(needed, read_all(rows, "v", needed), strict=True))
    return [_read_out(i, reads[i], states) if i in reads else states[i] for i in elements]


def _read_out(output: int, read: Readout, states: Mapping[int, Trace]) -> Trace:
    first = states[read.neurons[0]]
    if len(read.neurons) == 1:
        return first.scaled(output, float(read.weights[0]), read.offset)
    values = read.of(np.stack([states[i].values for i in read.neurons], axis=1))
    return Trace(output, first.times, values)
