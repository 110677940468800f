"""What lies between the cursors A and B: differences, and the time constant of the focused trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import duration, number
from circuitsim.app.plots.fit import Fit, fit_exponential
from circuitsim.app.plots.traces import Trace
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document


@dataclass(frozen=True)
class Measurement:
    """Differences from A to B.

    Attributes:
        dt: Of time.
        dv: Of the state of the focused neuron; None where it is not recorded.
        fit: The exponential closest to its state between them; None if there is too little to fit.
        focus: Id of the focused neuron; None if no neuron is traced.
    """

    dt: float
    dv: float | None = None
    fit: Fit | None = None
    focus: int | None = None

    def figures(self, document: Document) -> list[tuple[str, str]]:
        """Captions and values, as people read them."""
        system = document.circuit.unit_system
        texts = [("Δt", _difference(self.dt, system.unit(Dimension.TIME)))]
        if self.dv is not None:
            texts.append(("Δv", _difference(self.dv, system.unit(Dimension.POTENTIAL))))
        if self.fit is not None and self.fit.good:
            share = 100.0 * self.fit.residual
            rest = f"{number(share, 1)} %" if share >= 0.01 else "< 0.01 %"
            texts += [("fit τ", " ".join(duration(self.fit.tau, system))), ("residual", rest)]
        elif self.dv is not None and self.dt:
            texts.append(("fit τ", "no exponential"))
        return texts


def _difference(value: float, unit: str) -> str:
    return f"{number(value, 4)} {unit}".strip()


def measure(document: Document, a: float, b: float) -> Measurement:
    """Measure the focused neuron from one instant to another."""
    focus = document.focus
    if focus is None:
        return Measurement(b - a)
    trace = Trace(focus, *document.simulator.recording.read("v", focus, min(a, b), max(a, b)))
    ends = trace.at(a), trace.at(b)
    if ends[0] is None or ends[1] is None:
        return Measurement(b - a, focus=focus)
    inside = (trace.times >= min(a, b)) & (trace.times <= max(a, b))
    fit = fit_exponential(trace.times[inside], trace.values[inside])
    return Measurement(b - a, ends[1] - ends[0], fit, focus)
