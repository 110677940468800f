"""The live state of a neuron (v, v∞, τ and τ between its bounds) and of a synapse."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.document.memory import UNSTABLE, constant, target, time_constant
from circuitsim.app.document.quantity import duration, steady
from circuitsim.app.panels._readout import Readout
from circuitsim.app.panels._rows import Section
from circuitsim.app.widgets.boxes import column
from circuitsim.app.widgets.sparkline import RangeBar
from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.engine.currents import acting, current
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.app.document.document import Document

    Floats = NDArray[np.float64]

PAST = 6.0  # the sparklines show so many of the slowest time constants
POINTS = 90  # of a sparkline


class LiveState(QWidget):
    """Read-outs of one neuron; `refresh` shows the newest state.

    Attributes:
        boundless: What it says about a neuron without state band.
        approximates: What it says of a kind whose state is no exact one; neurons it is aimed at are of that kind.
    """

    def __init__(self, document: Document, neuron: int) -> None:
        super().__init__()
        self._document, self._neuron = document, neuron
        self._head = Section("State")
        self._rows = {"v": Readout("v"), "vinf": Readout("v∞"), "tau": Readout("τ")}
        self._bar = RangeBar()
        self._bar.setFont(theme.named("micro"))
        self.boundless = QLabel("no state band: nothing bounds the state")
        self.boundless.setFont(theme.named("micro"))
        self.boundless.setProperty("dim", "2")
        self.boundless.setContentsMargins(0, 0, 0, 4)
        self.boundless.hide()
        self.approximates = QLabel(_approximates(document, neuron))
        self.approximates.setFont(theme.named("micro"))
        self.approximates.setProperty("dim", "2")
        self.approximates.setWordWrap(True)
        self.approximates.setContentsMargins(0, 0, 0, 4)
        self.setLayout(column(self._head, *self._rows.values(), self._bar, self.boundless, self.approximates))
        self.approximates.setVisible(bool(self.approximates.text()))  # in its place: before, as a window
        self._shown = (-1, "", False)
        self.aim(neuron)
        self.refresh()

    def aim(self, neuron: int) -> None:
        """Be about another neuron."""
        self._neuron, self._shown = neuron, (-1, "", False)
        for row in self._rows.values():
            row.clear()
        self._bar.show_range(None, ("", "", ""), (theme.current().track, theme.current().ring_mid))

    def refresh(self) -> None:
        """Show the newest state, if there is one."""
        doc = self._document
        snapshot, status = doc.snapshot(), doc.status()
        looking = doc.looking_at is not None
        self._head.set_note("past" if looking else "live" if status.playing else "paused")
        if snapshot is None:
            return
        failed = doc.failed_neuron() == self._neuron
        key = (snapshot.serial, theme.current().name, failed)
        if key == self._shown or self._neuron not in snapshot.ids:
            return
        self._shown = key
        at = snapshot.ids.index(self._neuron)
        v, vinf, tau = float(snapshot.v[at]), float(snapshot.vinf[at]), float(snapshot.tau[at])
        system = doc.circuit.unit_system
        unit = system.unit(Dimension.POTENTIAL)
        t = theme.current()
        memory = time_constant(tau, self._tau_band()[0], system)
        number = doc.circuit.document.trace_numbers.get(self._neuron)
        ink = t.liquid_top if number is None else t.trace(number)
        shown = {
            "v": (steady(v), unit, ink),
            "vinf": (target(vinf), unit if math.isfinite(vinf) else "", t.text3),
            "tau": (*memory, ink),
        }
        for variable, (text, unit_text, colour) in shown.items():
            bad = not math.isfinite(v) or memory[0] == UNSTABLE or (failed and variable == "v")
            self._rows[variable].show_value(
                text, unit_text, past(doc, variable, self._neuron, snapshot.t), colour, bad
            )
        self._show_band(tau)
        self.boundless.setVisible(not self._is_bounded())

    def _is_bounded(self) -> bool:
        """Whether there is an interval that the state never leaves, as far as is known."""
        bands = self._document.bands()
        if self._neuron not in bands.ids:
            return True
        at = bands.ids.index(self._neuron)
        return math.isfinite(bands.state_low[at]) and math.isfinite(bands.state_high[at])

    def _tau_band(self) -> tuple[float, float]:
        """Between which bounds τ stays; NaN if that is not known yet."""
        bands = self._document.bands()
        if self._neuron not in bands.ids:
            return math.nan, math.nan
        at = bands.ids.index(self._neuron)
        return float(bands.tau_low[at]), float(bands.tau_high[at])

    def _show_band(self, tau: float) -> None:
        """Where τ stands between its bounds, on a logarithmic scale."""
        t, system = theme.current(), self._document.circuit.unit_system
        inks = (t.track, t.ring_mid)
        low, high = self._tau_band()
        if word := constant(low, high):
            self._bar.show_range(None, ("", word, ""), inks)
            return
        if tau <= 0 or not math.isfinite(tau):
            self._bar.show_range(None, ("", "unstable: the state grows away", ""), inks)
            return
        if math.isnan(low):
            return
        if not 0 < low < math.inf or not 0 < high < math.inf:
            text = " ".join(duration(low, system)) if 0 < low < math.inf else ""
            self._bar.show_range(None, (text, "no upper bound", ""), inks)
            return
        fraction = math.log(tau / low) / math.log(high / low) if high > low * (1 + 1e-9) else 1.0
        texts = (" ".join(duration(low, system)), "theorem band of τ", " ".join(duration(high, system)))
        self._bar.show_range(fraction, texts, inks)


def _approximates(document: Document, neuron: int) -> str:
    """What the state of a neuron only approximates; empty if it is exact."""
    kind = document.circuit.kinds.neuron(document.circuit.get(neuron, Neuron).kind)
    return f"{kind.approximates}." if kind.approximates else ""


class LiveSynapse(QWidget):
    """What of a synapse acts, and the current it carries; both remember the time they were shown."""

    def __init__(self, document: Document, synapse: int) -> None:
        super().__init__()
        self._document, self._synapse = document, synapse
        self._head = Section("State")
        kind = document.circuit.kinds.synapses[document.circuit.get(synapse, Synapse).kind]
        strength = kind.parameter(kind.strength)
        dimension = Dimension.NONE if strength is None else strength.dimension
        self._unit = document.circuit.unit_system.unit(dimension)
        self.strength = Readout("" if strength is None else strength.symbol)
        self.strength.setToolTip("Conductance that is open now")
        if dimension is not Dimension.CONDUCTANCE:
            self.strength.hide()  # it would repeat the current
        self.current = Readout("drive" if dimension is Dimension.NONE else "I")
        self.current.setToolTip("What flows into the postsynaptic neuron")
        self.setLayout(column(self._head, self.strength, self.current))
        self._past = (deque[float](maxlen=POINTS), deque[float](maxlen=POINTS))
        self._shown = (-1, "")
        self.refresh()

    def aim(self, synapse: int) -> None:
        """Be about another synapse of the same kind."""
        self._synapse, self._shown = synapse, (-1, "")
        for row, course in zip((self.strength, self.current), self._past, strict=True):
            row.clear()
            course.clear()

    def refresh(self) -> None:
        """Show the newest state, if there is one."""
        doc, t = self._document, theme.current()
        snapshot = doc.snapshot()
        self._head.set_note("live" if doc.status().playing else "paused")
        key = (-1 if snapshot is None else snapshot.serial, t.name)
        if snapshot is None or key == self._shown:
            return
        self._shown = key
        acts = acting(doc.circuit, snapshot, (self._synapse,))
        if not acts:
            return
        flows = current(doc.circuit, snapshot, self._synapse)
        unit = doc.circuit.unit_system.unit(Dimension.CURRENT)
        rows = ((self.strength, acts[self._synapse], self._unit), (self.current, flows, unit))
        for (row, value, unit_text), course in zip(rows, self._past, strict=True):
            course.append(value)
            row.show_value(steady(value), unit_text, np.array(course), t.text2)


def past(document: Document, variable: str, element: int, t: float) -> Floats:
    """The last stretch of a recorded variable for a sparkline, float64[k]."""
    slowest = document.proposal().tau_slowest
    length = PAST * slowest if math.isfinite(slowest) else 10.0
    times, values = document.simulator.recording.read(variable, element, t - length, t)
    if len(times) <= POINTS:
        return values
    picked: Floats = values[np.linspace(0, len(values) - 1, POINTS).astype(int)]
    return picked
