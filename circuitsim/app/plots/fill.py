"""What the lanes show: traces read from the recording, scales that follow them, marks and bands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.app import theme
from circuitsim.app.document.quantity import duration
from circuitsim.app.plots.before import differences, edition_of, ghosts
from circuitsim.app.plots.before import traces as outputs_and_states
from circuitsim.app.plots.heat import Source
from circuitsim.app.plots.lane import Stroke
from circuitsim.app.plots.scale import log_ticks, round_step, tick_text, ticks
from circuitsim.app.plots.traces import read_all
from circuitsim.app.plots.variables import shown_in
from circuitsim.circuit.elements import Input, Output
from circuitsim.engine.readouts import readout
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.before import Recorded
    from circuitsim.app.plots.lane import Lane
    from circuitsim.app.plots.traces import Trace, Window

MARK = 14.0  # px that a number in the gutter needs
ROOM = 1.15  # factor that a logarithmic lane keeps free beyond its band


def fill(lane: Lane, document: Document, window: Window, known: Recorded, hidden: Container[int]) -> None:
    """Read what a lane shows from what is recorded of a window, and let its scale follow."""
    elements = tuple(i for i in shown_in(lane.spec, document.circuit) if i not in hidden)
    lane.band = lane.heat = None
    if lane.is_map(len(elements)):
        traces = _fill_map(lane, document, elements, window, known)
    else:
        traces = read(lane, document, elements, known)
    lane.strokes = _strokes(lane, document, traces)
    lane.ghosts = ghosts(document, lane.spec.variable, [trace.element for trace in traces], known)
    system = document.circuit.unit_system
    lane.unit = "log" if lane.log else system.unit(lane.variable.dimension)
    if lane.variable.of_neurons and lane.heat is None:
        lane.band = _band(lane, document)
    _follow(lane)
    lane.marks = _marks(lane, document)


def read(lane: Lane, document: Document, elements: tuple[int, ...], known: Recorded) -> list[Trace]:
    """Traces of elements; outputs are computed from the states they read."""
    variable = lane.spec.variable
    if variable == "difference":
        return differences(document, elements, known)
    if variable == "output":
        return outputs_and_states(document, known.rows, elements)
    return read_all(known.rows, variable, elements)


def _fill_map(
    lane: Lane, document: Document, elements: tuple[int, ...], window: Window, known: Recorded
) -> list[Trace]:
    """Read a lane as a map; returns the traces that are drawn above it."""
    look = lane.spec, edition_of(document), lane.log
    source = Source(known.rows, lane.spec.variable, elements)
    lane.heat = lane.columns.map(source, window, lane.to_scale, look)
    focus = document.focus
    return [lane.heat.trace(elements.index(focus))] if focus in elements else []


# how traces are drawn ---------------------------------------------------------------------------


def _strokes(lane: Lane, document: Document, traces: list[Trace]) -> list[Stroke]:
    if lane.spec.variable == "input":
        return [_input_stroke(document, trace, k) for k, trace in enumerate(traces)]
    if lane.spec.variable in ("output", "difference"):
        return [_output_stroke(document, trace) for trace in traces]
    focus, numbers = document.focus, document.circuit.document.trace_numbers
    return [_neuron_stroke(lane, trace, numbers, focus) for trace in traces]


def ink_of(numbers: Mapping[int, int], neuron: int) -> tuple[str, bool]:
    """Colour of a neuron's trace, and whether it is dashed because colours repeat.

    Args:
        numbers: Of the traces of the document.
        neuron: Id of the neuron.
    """
    t = theme.current()
    number = numbers.get(neuron)
    return (t.text3, False) if number is None else (t.trace(number), number > len(t.data))


def _neuron_stroke(lane: Lane, trace: Trace, numbers: Mapping[int, int], focus: int | None) -> Stroke:
    ink, dashed = ink_of(numbers, trace.element)
    focused = trace.element == focus
    faint = lane.spec.variable == "tau" and not focused
    return Stroke(trace, ink, focused=focused, faint=faint, dashed=dashed)


def _input_stroke(document: Document, trace: Trace, number: int) -> Stroke:
    t = theme.current()
    button = document.circuit.get(trace.element, Input).stimulus == "button"
    return Stroke(trace, t.exc if button else t.ele, filled=button, dashed=not button and number > 1)


def _output_stroke(document: Document, trace: Trace) -> Stroke:
    output, numbers = document.circuit.elements[trace.element], document.circuit.document.trace_numbers
    if not isinstance(output, Output):
        ink, dashed = ink_of(numbers, trace.element)
        return Stroke(trace, ink, focused=trace.element == document.focus, dashed=dashed)
    ink, dashed = ink_of(numbers, output.source)
    read = readout(document.circuit, output)
    law = (float(read.weights.sum()), read.offset)
    return Stroke(trace, ink, focused=output.source == document.focus, dashed=dashed, law=law)


# scales and marks -------------------------------------------------------------------------------


def _follow(lane: Lane) -> None:
    """Let the scale take in the traces, and the band of a time constant."""
    spans = [tuple(map(lane.on_scale, s.trace.span)) for s in (*lane.ghosts, *lane.strokes)]
    if lane.heat is not None:
        spans.append(lane.heat.span)
    low = min((low for low, _ in spans if math.isfinite(low)), default=math.inf)
    high = max((high for _, high in spans if math.isfinite(high)), default=-math.inf)
    if lane.band is not None and lane.spec.variable == "tau":
        low = min(low, lane.on_scale(lane.band[0] / ROOM))
        high = max(high, lane.on_scale(lane.band[1] * ROOM))
    if lane.spec.variable in ("input", "clamp", "difference") and lane.strokes:
        low, high = min(low, 0.0), max(high, 0.0)
        if low == high:  # silent, or nothing is recorded yet: the lane waits for an input of 1
            high = 1.0
    if lane.spec.variable == "gate" and lane.strokes:
        low, high = 0.0, 1.0
    lane.scale.follow(low, high)


def _band(lane: Lane, document: Document) -> tuple[float, float] | None:
    """What theory allows for the focused neuron; that of a state only where all of it is in sight."""
    bands, focus = document.bands(), document.focus
    if focus is None or focus not in bands.ids or all(s.trace.element != focus for s in lane.strokes):
        return None
    at = bands.ids.index(focus)
    if lane.spec.variable == "tau":
        low, high = float(bands.tau_low[at]), float(bands.tau_high[at])
        return (low, high) if 0 < low <= high < math.inf else None
    if lane.spec.variable in {"clamp", "gate"}:
        return None
    low, high = float(bands.state_low[at]), float(bands.state_high[at])
    return (low, high) if lane.scale.known and lane.shows(low) and lane.shows(high) else None


def _marks(lane: Lane, document: Document) -> list[tuple[float, str]]:
    """Round values of the scale; in the lane of the time constant the ends of the band come first."""
    scale, system = lane.scale, document.circuit.unit_system
    if not scale.known or not (lane.strokes or lane.heat):
        return []
    count = max(2, int(lane.box.height() / MARK))
    if not lane.log and len(ticks(scale.low, scale.high, count)) < 2:
        count *= 2  # of several more, those that have room are printed
    values: list[float] = []
    if lane.spec.variable == "tau":
        values += [value for value in lane.band or () if lane.shows(value)]
    limits = (math.exp(scale.low), math.exp(scale.high)) if lane.log else (scale.low, scale.high)
    round_values = log_ticks(*limits, count) if lane.log else ticks(*limits, count)
    values += (*round_values[-1:], *round_values[:-1])  # where there is room for one, it is the greatest
    if lane.variable.dimension is Dimension.TIME:
        return [(value, " ".join(duration(value, system))) for value in values]
    step = round_step(scale.high - scale.low, count)
    return [(value, tick_text(value, step)) for value in values]
