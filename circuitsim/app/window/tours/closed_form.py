"""Closed form: break it, and see what it stands for."""

from __future__ import annotations

from circuitsim.app.window.tour import Step, Tour, Watch, told
from circuitsim.circuit.elements import Neuron

SLOW = 10.0  # s: a time constant beside which the altered equation is nearly the LTC


def _from_ode(watch: Watch) -> float | None:
    """Largest distance of the closed form from the ODE, of the neuron equation."""
    return watch.number("closed-form", "from_ode", "equation")


def _reading(watch: Watch) -> str:
    off = _from_ode(watch)
    return "" if off is None else f"distance from the ODE  {told(off)}"


def _slow(watch: Watch) -> bool:
    found = watch.document.circuit.named("equation")
    return isinstance(found, Neuron) and found.parameters.get("time_constant", 0.0) >= SLOW


TOUR = Tour(
    id="closed-form",
    title="Closed form",
    example="closed-form",
    steps=(
        Step(
            "Open the laboratory",
            "Click the tab Closed form, or press Alt+3. The neuron equation is an LTC; beside its ODE stand the altered equation, the "
            "published closed form and the exponential step of a solver, on the same input.",
            (lambda watch: _from_ode(watch) is not None,),
            reading=_reading,
        ),
        Step(
            "See it miss",
            "The closed form does not begin at the start state and heads for another limit. The band of lemma 1 belongs to the "
            "altered equation. Click equation on the canvas.",
            (lambda watch: watch.chosen("equation"),),
            ("equation",),
            _reading,
        ),
        Step(
            "Make the leak slow",
            "Drag the pinned slider of τ of equation to 10 s or more: the altered equation differs from the LTC by a leak, and "
            "the slower the leak, the less it matters.",
            (_slow,),
            ("equation",),
            _reading,
        ),
    ),
    end="It is an approximation of another equation. A CfC network is trained as what it is, so it need not care.",
)
