"""Bounds: make a ring shrink by input, within its band."""

from __future__ import annotations

from circuitsim.app.window.tour import Step, Tour, Watch, told

SHRUNK = 0.15  # s: as short as the time constant of liquid gets while pour is held
WIDE = 1.5  # factor by which a band has moved


def _seen(watch: Watch) -> bool:
    return watch.found("bounds", "neurons") is not None


def _shrunk(watch: Watch) -> bool:
    low = watch.number("bounds", "seen_tau_low", "liquid")
    return low is not None and low < SHRUNK and (watch.given("pour") or 0.0) > 0


def _slow_end(watch: Watch) -> float | None:
    return watch.number("bounds", "tau_high", "liquid")


def _moved(watch: Watch) -> bool:
    end = _slow_end(watch)
    return end is not None and end > WIDE * 10.0


def _reading(watch: Watch) -> str:
    low, high = (
        watch.number("bounds", "seen_tau_low", "liquid"),
        watch.number("bounds", "seen_tau_high", "liquid"),
    )
    return "" if low is None or high is None else f"τ of liquid so far  {told(low)} s to {told(high)} s"


TOUR = Tour(
    id="bounds",
    title="Bounds",
    example="liquid",
    steps=(
        Step(
            "Open the laboratory",
            "Click the tab Bounds below the canvas, or press Alt+1. A bar is the band that the time constant of a neuron can "
            "never leave, its filled part what the run has visited.",
            (_seen,),
        ),
        Step(
            "Make a ring shrink by input",
            "Hold P: up and down conduct, and the time constant of liquid falls to the fast end of its band, but not below it.",
            (_shrunk,),
            ("liquid", "pour"),
            _reading,
        ),
        Step(
            "Find who does it",
            "The column fastest by names the synapse that shortens τ most: rest on it, and it lights up; a click selects it. Then "
            "click the name liquid in the first column and look at all that leads there.",
            (lambda watch: watch.chosen("liquid"),),
            ("liquid",),
        ),
        Step(
            "Move the band",
            "Drag the pinned slider of the capacitance of liquid to 2 s or more: both ends of its band move, since the capacitance "
            "multiplies them.",
            (_moved,),
            ("liquid",),
            lambda watch: f"slow end  {told(_slow_end(watch))} s",
        ),
    ),
    end="So a theorem is read on a circuit: nothing that the inputs do can lead out of these bars.",
)
