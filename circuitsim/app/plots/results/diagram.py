"""Lines over a common axis, which can be zoomed and moved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from circuitsim.app import theme
from circuitsim.app.document.quantity import number, typeset
from circuitsim.app.plots.results.view import PieceView
from circuitsim.app.plots.scale import log_ticks
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.widgets.boxes import column
from circuitsim.spec.result import Diagram, Ink, Style

if TYPE_CHECKING:
    from PySide6.QtGui import QPen, QShowEvent

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.result import Course, Piece

WIDTH, FINE = 1.8, 1.2  # px of the main line and of the others
DASH = (5.0, 3.0)
DOT = 6.0  # px
LEAST = 200  # px across: two of them and a table of costs stand side by side in the smallest window
FLAT = 1e-4  # of its size: what changes less is seen to stand still, and its ticks need not ten digits
SHADE = 0.16  # opacity of a band


class _Axis(pg.AxisItem):  # type: ignore[misc]  # the library has no types
    """An axis whose logarithmic ticks never run into each other."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)  # noqa: FBT003  (its only argument; once a label is seen, it would scale by what is drawn)
        self._room = 44.0 if orientation == "bottom" else 24.0  # px of a number

    def logTickValues(self, low: float, high: float, size: float, *_: object) -> list[tuple[float, Any]]:
        """Round numbers, as many as have room."""
        found = log_ticks(10.0**low, 10.0**high, max(2, int(size / self._room)))
        return [(1.0, [math.log10(value) for value in found])]

    def logTickStrings(self, values: list[float], *_: object) -> list[str]:
        """They as numbers."""
        return [number(10.0**value, 4) for value in values]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Numbers with true minus signs."""
        return [typeset(text) for text in super().tickStrings(values, scale, spacing)]


class DiagramView(PieceView):
    """Title with a legend above a plot."""

    def __init__(self, piece: Diagram) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._title.setFont(theme.named("label"))
        self._legend = QLabel()
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setFont(theme.named("label"))
        self._legend.setWordWrap(True)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        axes = {side: _Axis(side) for side in ("bottom", "left")}
        self._plot: Any = pg.PlotWidget(axisItems=axes)
        self._plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._plot.setAntialiasing(True)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._piece: Diagram | None = None
        self._worn: Theme | None = None
        self._lines: list[Any] = []
        self._bands: list[tuple[Any, Any, Any]] = []
        lines = column(self._title, 2, self._legend, self._plot, margins=(4, 3, 4, 0))
        lines.setStretchFactor(self._plot, 1)
        self.setLayout(lines)
        self.setMinimumSize(LEAST, 110)
        self.show_piece(piece)
        theme.changed.connect(self._redress)

    def sizeHint(self) -> QSize:
        """Wide enough for a course in time."""
        return QSize(400, 200)

    def show_piece(self, piece: Piece) -> None:
        """Show a diagram; one of the same lines only moves them."""
        assert isinstance(piece, Diagram)  # noqa: S101  (its views are made for diagrams)
        same = self._piece is not None and _shape(piece) == _shape(self._piece)
        self._piece = piece
        self.setAccessibleName(piece.title)
        self.setAccessibleDescription(piece.doc)
        if not same:
            self._build(piece)
        self._fill(piece)

    def event(self, event: QEvent) -> bool:
        """On a screen with other pixels, lines are drawn anew."""
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._piece is not None:
            self._dress(self._piece)
        return super().event(event)

    def _redress(self) -> None:
        """Take other colours, at once only where somebody sees them."""
        self._worn = None
        if self.isVisible():
            self._wear()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the colours that came meanwhile."""
        self._wear()
        super().showEvent(event)

    def _wear(self) -> None:
        if self._piece is not None and self._worn is not theme.current():
            self._dress(self._piece)

    def _build(self, piece: Diagram) -> None:
        """Lines and bands without their numbers."""
        plot = self._plot
        plot.clear()
        plot.setLogMode(x=piece.log_x, y=piece.log_y)
        plot.showGrid(x=True, y=True, alpha=0.12)
        self._bands = [self._band() for _ in piece.bands]
        self._lines = [self._line(course.style) for course in piece.courses]
        self._title.setToolTip(piece.doc)
        self._legend.setToolTip("\n".join(course.name for course in piece.courses))
        self._dress(piece)

    def _dress(self, piece: Diagram) -> None:
        """Colours, and the words that have one; the stretch in sight stays."""
        t, plot = theme.current(), self._plot
        self._worn = t
        plot.setBackground(colour(t.lane))
        for side, title, unit in (
            ("bottom", piece.x_title, piece.x_unit),
            ("left", piece.y_title, piece.y_unit),
        ):
            axis = plot.getAxis(side)
            edge = pen(t.border_strong, 1)
            edge.setCosmetic(True)
            axis.setPen(edge)
            axis.setTextPen(colour(t.text3))
            axis.setTickFont(theme.named("micro"))
            axis.setLabel(f"{title} ({unit})" if unit else title, **{"color": t.text3, "font-size": "10px"})
        for (_, _, fill), band in zip(self._bands, piece.bands, strict=True):
            fill.setBrush(colour(_ink(band.ink, t), SHADE))
        for line, course in zip(self._lines, piece.courses, strict=True):
            if course.style is Style.DOTS:
                line.setSymbolBrush(colour(_ink(course.ink, t)))
            else:
                line.setPen(self._stroke(course, t))
        names = "&nbsp;&nbsp;&nbsp; ".join(
            f"<span style='color:{_ink(each.ink, t)}'>{'●' if each.style is Style.DOTS else '━'}&nbsp;{each.name.replace(' ', '&nbsp;')}</span>"
            for each in piece.courses
        )
        self._title.setText(f"<b style='color:{t.text2}'>{piece.title}</b>")
        self._legend.setText(names)

    def _line(self, style: Style) -> Any:
        if style is Style.DOTS:
            line = pg.PlotDataItem(pen=None, symbol="o", symbolSize=DOT, symbolPen=None)
        else:
            line = pg.PlotDataItem(antialias=True)
        self._plot.addItem(line)
        return line

    def _stroke(self, course: Course, t: Theme) -> QPen:
        dash = DASH if course.style is Style.DASHED else ()
        width = WIDTH if course.ink is Ink.MAIN else FINE
        ratio = self.devicePixelRatioF()  # a cosmetic pen is told in pixels of the device
        stroke = pen(_ink(course.ink, t), width * ratio, round_cap=False, dash=dash)
        stroke.setCosmetic(True)
        return stroke

    def _band(self) -> tuple[Any, Any, Any]:
        unseen = pg.mkPen(None)  # of no pen at all, the library keeps no curve to fill between
        low, high = pg.PlotDataItem(pen=unseen), pg.PlotDataItem(pen=unseen)
        fill = pg.FillBetweenItem(low, high)
        for item in (low, high, fill):
            self._plot.addItem(item)
        return low, high, fill

    def _fill(self, piece: Diagram) -> None:
        """The numbers."""
        for line, course in zip(self._lines, piece.courses, strict=True):
            x, y = _drawable(course.x, log=piece.log_x), _drawable(course.y, log=piece.log_y)
            there = np.isfinite(x) & np.isfinite(y)
            kept = there if course.style is Style.DOTS or not there.any() else np.isfinite(x)
            line.setData(x[kept], y[kept])
        self._plot.getViewBox().setLimits(minYRange=None if piece.log_y else FLAT * _size(piece) or None)
        if piece.view is not None:
            self._plot.setYRange(*piece.view)
        for (low, high, _), band in zip(self._bands, piece.bands, strict=True):
            low.setData(band.x, band.low)
            high.setData(band.x, band.high)

    def for_paper(self, scale: float) -> None:
        """Make it ready for a painter that draws vectors: nothing beyond the axes, no pictures, lines as wide as on the screen.

        Args:
            scale: Pixels of what is painted on for each of the figure.
        """
        view = None if self._piece is None else self._piece.view
        for line in self._lines:
            x, y = line.getOriginalDataset()
            if x is not None and view is not None:
                line.setData(*within(x, y, *view))
            line.curve.setSegmentedLineMode("off")  # one path, not one for each of its pieces
            line.opts["useCache"] = False
            line.updateItems()
            if line.opts["pen"] is not None:
                wide = pg.mkPen(line.opts["pen"])
                wide.setWidthF(wide.widthF() * scale)
                line.setPen(wide)


def within(x: Floats, y: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """A line between two heights: NaN where it is beyond, and points where it comes and goes."""
    inside = (y >= low) & (y <= high)
    at = np.flatnonzero(inside[:-1] != inside[1:])
    beyond = np.where(inside[at], y[at + 1], y[at])
    height = np.where(beyond > high, high, low)
    with np.errstate(divide="ignore", invalid="ignore"):
        place = x[at] + (height - y[at]) / (y[at + 1] - y[at]) * (x[at + 1] - x[at])
    kept = np.where(inside, y, np.nan)
    return np.insert(x, at + 1, place), np.insert(kept, at + 1, np.where(np.isfinite(place), height, np.nan))


def _size(piece: Diagram) -> float:
    """The largest finite number of all courses, without its sign."""
    return max((float(np.abs(c.y[np.isfinite(c.y)]).max(initial=0.0)) for c in piece.courses), default=0.0)


def _shape(piece: Diagram) -> tuple[object, ...]:
    """What a diagram is, apart from its numbers."""
    return (
        piece.title, piece.doc, piece.x_title, piece.y_title, piece.x_unit, piece.y_unit, piece.log_x, piece.log_y,
        tuple((c.name, c.ink, c.style) for c in piece.courses), tuple((b.name, b.ink) for b in piece.bands),
    )  # fmt: skip


def _drawable(y: Any, *, log: bool) -> Any:
    """Numbers that have a place on the axis; the others interrupt the line."""
    return np.where(y > 0.0, y, np.nan) if log else y


def _ink(ink: Ink, t: Theme) -> str:
    return {
        Ink.MAIN: t.accent, Ink.OTHER: t.exc, Ink.THIRD: t.inh, Ink.FOURTH: t.ok, Ink.ERROR: t.error, Ink.QUIET: t.text3,
    }[ink]  # fmt: skip
