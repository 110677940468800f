"""One lane of the scope, and the lanes of a document from top to bottom."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

from circuitsim.app.plots.heat import FROM, Columns
from circuitsim.app.plots.scale import Scale
from circuitsim.app.plots.variables import VARIABLES, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from numpy.typing import NDArray

    from circuitsim.app.plots.heat import HeatMap
    from circuitsim.app.plots.traces import Trace
    from circuitsim.circuit.elements import ScopeLane

    Floats = NDArray[np.float64]

SPACE = 4.0  # px between lanes
INSET = 3.0  # px that stay free above and below the traces
LEAST = 14.0  # px that a lane needs to be read
LABEL = 13.0  # px, height of a number in the gutter
FAR = 5.0  # px beyond the limits at which heights are cut off: just outside the lane


@dataclass(frozen=True)
class Stroke:
    """How one trace is drawn.

    Attributes:
        trace: What is drawn.
        ink: Its colour.
        focused: Thicker, above the others.
        faint: Paler.
        dashed: Because its colour is another trace's too.
        filled: Down to zero.
        law: Gain and offset that its values were computed with.
    """

    trace: Trace
    ink: str
    focused: bool = False
    faint: bool = False
    dashed: bool = False
    filled: bool = False
    law: tuple[float, float] = (1.0, 0.0)

    @property
    def look(self) -> tuple[object, ...]:
        """All but the trace's data; what was drawn with another look must be drawn again."""
        return self.trace.element, self.ink, self.focused, self.faint, self.dashed, self.filled, self.law


@dataclass
class Lane:
    """One lane: what it shows, its scale, and what is in it now.

    Attributes:
        spec: What the document says about it.
        share: Its height, relative to the other lanes.
        log: True if its scale is logarithmic; the scale then holds logarithms.
        unit: Printed under the name.
        marks: Values printed in the gutter, with their texts, the most important first.
        ghosts: The same traces as they would be without lesions, behind them.
        band: Least and greatest value allowed by theory, shaded.
        as_map: Whether somebody wants its traces as a map; None leaves it to their number.
        heat: All traces as a map; strokes then hold the focused one alone.
        columns: What stays of the map from frame to frame.
        hovered: True while the pointer is over it; its lock is shown then.
        box: Where it is drawn.
    """

    spec: ScopeLane
    share: float
    log: bool
    unit: str = ""
    scale: Scale = field(default_factory=Scale)
    strokes: Sequence[Stroke] = ()
    ghosts: Sequence[Stroke] = ()
    marks: Sequence[tuple[float, str]] = ()
    band: tuple[float, float] | None = None
    as_map: bool | None = None
    heat: HeatMap | None = None
    columns: Columns = field(default_factory=Columns)
    hovered: bool = False
    box: QRectF = field(default_factory=QRectF)

    @property
    def variable(self) -> Variable:
        """What it shows."""
        return VARIABLES[self.spec.variable]

    @property
    def may_be_log(self) -> bool:
        """Whether a logarithmic scale makes sense: its values are positive."""
        return self.variable.log

    @property
    def may_be_map(self) -> bool:
        """Whether its traces can be rows of a map: they share a scale from low to high."""
        return self.variable.of_neurons

    def is_map(self, traces: int) -> bool:
        """Whether so many traces are drawn as a map."""
        wanted = traces > FROM if self.as_map is None else self.as_map
        return self.may_be_map and wanted and traces > 0

    def flip_map(self) -> None:
        """Draw the traces as a map, or as lines again."""
        self.as_map = self.heat is None

    def flip_log(self) -> None:
        """Change between a linear and a logarithmic scale."""
        self.log = not self.log
        self.scale.forget()

    def nearest(self, t: float, y: float, reach: float) -> int | None:
        """Id of the element whose trace is nearest to a place, within some px; in a map, of its row."""
        if self.heat is not None:
            return self.heat.row_at(self.box, y)
        found = [
            (abs(self.height(value) - y), stroke.trace.element)
            for stroke in self.strokes
            if (value := stroke.trace.at(t)) is not None
        ]
        distance, element = min(found, default=(math.inf, 0))
        return element if distance <= reach else None

    @property
    def placed_marks(self) -> list[tuple[float, str]]:
        """Upper edges in px and texts of the marks; one that would touch a more important one is left out."""
        placed: list[tuple[float, str]] = []
        top, bottom = self.box.top() - 2, self.box.bottom() - LABEL + 2
        for value, text in self.marks:
            y = min(max(self.height(value) - LABEL / 2, top), max(top, bottom))
            if all(abs(y - other) >= LABEL - 1 for other, _ in placed):
                placed.append((y, text))
        return placed

    def drawn(self, wanted: Container[int], plain: str) -> list[tuple[Trace, str]]:
        """Traces that are drawn as lines with their colours; of a map, those that are wanted in a plain colour."""
        lines = [(stroke.trace, stroke.ink) for stroke in self.strokes]
        if self.heat is None:
            return lines
        known = {trace.element for trace, _ in lines}
        rows = [k for k, i in enumerate(self.heat.source.elements) if i in wanted and i not in known]
        return lines + [(self.heat.trace(k), plain) for k in rows]

    def to_scale(self, values: Floats) -> Floats:
        """Float64[k] values as the scale holds them: logarithms if it is logarithmic."""
        if not self.log:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(values)

    def on_scale(self, value: float) -> float:
        """One value as the scale holds it; without arrays, since every frame asks for dozens."""
        if not self.log:
            return value
        return math.log(value) if value > 0.0 else -math.inf if value == 0.0 else math.nan

    def heights(self, values: Floats) -> Floats:
        """Heights in px of float64[k] values."""
        top, bottom = self._limits()
        result = self.scale.place(self.to_scale(values), top, bottom)
        return np.clip(result, top - FAR, bottom + FAR, out=result)

    def height(self, value: float) -> float:
        """Height in px of one value."""
        top, bottom = self._limits()
        return min(max(self.scale.height(self.on_scale(value), top, bottom), top - FAR), bottom + FAR)

    def shows(self, value: float) -> bool:
        """Whether a value lies within the limits."""
        top, bottom = self._limits()
        return top <= self.height(value) <= bottom

    def _limits(self) -> tuple[float, float]:
        return self.box.top() + INSET, self.box.bottom() - INSET


class Lanes:
    """The lanes of a document; what a person has done to one stays with it while lanes come, go and move."""

    def __init__(self) -> None:
        self._lanes: list[Lane] = []

    def __iter__(self) -> Iterator[Lane]:
        return iter(self._lanes)

    def __len__(self) -> int:
        return len(self._lanes)

    def __getitem__(self, place: int) -> Lane:
        return self._lanes[place]

    def taken(self) -> Lanes:
        """Lanes that stay as these are now."""
        result = Lanes()
        result._lanes = [replace(lane, scale=copy(lane.scale), hovered=False) for lane in self._lanes]
        return result

    def forget(self) -> None:
        """Start anew with the next document."""
        self._lanes = []

    def adopt(self, specs: Sequence[ScopeLane]) -> None:
        """Become the lanes of a document."""
        if [lane.spec for lane in self._lanes] == list(specs):
            return
        old = list(self._lanes)
        same = [_taken(old, spec, lambda one, other: one == other) for spec in specs]
        alike = [
            lane or _taken(old, spec, lambda one, other: one.variable == other.variable)
            for lane, spec in zip(same, specs, strict=True)
        ]
        self._lanes = [lane or _new(spec) for lane, spec in zip(alike, specs, strict=True)]
        for lane, spec in zip(self._lanes, specs, strict=True):
            lane.spec = spec

    def arrange(self, area: QRectF) -> None:
        """Give every lane its part of an area, and none less than it needs to be read."""
        heights = _shared(area.height(), [lane.share for lane in self._lanes], LEAST + SPACE)
        y = area.top()
        for lane, height in zip(self._lanes, heights, strict=True):
            lane.box = QRectF(area.left(), y, area.width(), max(2.0, height - SPACE))
            y += height

    def resize(self, place: int, way: float) -> None:
        """Move the gap below a lane by so many px; the two lanes beside it share what they have."""
        upper, lower = self._lanes[place], self._lanes[place + 1]
        way = max(min(way, lower.box.height() - LEAST), LEAST - upper.box.height())
        for lane in self._lanes:
            lane.share = lane.box.height() + SPACE
        upper.share += way
        lower.share -= way

    def at(self, y: float) -> int | None:
        """Index of the lane at a height in px."""
        return next(
            (k for k, lane in enumerate(self._lanes) if lane.box.top() <= y <= lane.box.bottom()), None
        )

    def gap_at(self, y: float) -> int | None:
        """Index of the lane whose lower gap is at a height in px."""
        for k, lane in enumerate(self._lanes[:-1]):
            if lane.box.bottom() - 1 <= y <= lane.box.bottom() + SPACE + 1:
                return k
        return None


def _shared(total: float, shares: Sequence[float], least: float) -> list[float]:
    """Parts of a total in the ratio of shares; those that would be too small get the least, if there is enough."""
    least = min(least, total / max(1, len(shares)))
    small: set[int] = set()
    while True:
        free = total - least * len(small)
        whole = sum(share for k, share in enumerate(shares) if k not in small)
        parts = [least if k in small else free * share / whole for k, share in enumerate(shares)]
        more = {k for k, part in enumerate(parts) if part < least - 1e-9} - small
        if not more:
            return parts
        small |= more


def _new(spec: ScopeLane) -> Lane:
    variable = VARIABLES[spec.variable]
    return Lane(spec, variable.share, variable.log)


def _taken(lanes: list[Lane], spec: ScopeLane, fits: Callable[[ScopeLane, ScopeLane], bool]) -> Lane | None:
    """Take the first lane that fits out of a list."""
    for lane in lanes:
        if fits(lane.spec, spec):
            lanes.remove(lane)
            return lane
    return None
