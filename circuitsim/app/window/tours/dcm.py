"""Causal model: make the bilinear model fail."""

from __future__ import annotations

import numpy as np

from circuitsim.analysis._expansion import FIXED
from circuitsim.app.window.tour import Step, Tour, Watch

SMALL, LARGE = 0.15, 0.2  # shares of the response that are missed


def _missed(watch: Watch) -> float | None:
    """The largest error as a share of the largest change."""
    error, full = watch.number("dcm", "error"), watch.found("dcm", "full")
    largest = 0.0 if full is None else float(np.abs(full).max(initial=0.0))
    return error / largest if error is not None and largest > 0.0 else None


def _reading(watch: Watch) -> str:
    share = _missed(watch)
    return "" if share is None else f"missed  {100.0 * share:.2g} % of the response"


def _at_rest(watch: Watch) -> bool:
    return watch.option("dcm", "at") == FIXED and _missed(watch) is not None


def _small(watch: Watch) -> bool:
    share = _missed(watch)
    return share is not None and share < SMALL and watch.option("dcm", "input") == "pour"


def _large(watch: Watch) -> bool:
    share = _missed(watch)
    return share is not None and share > LARGE and watch.option("dcm", "input") == "pour"


TOUR = Tour(
    id="dcm",
    title="Causal model",
    example="liquid",
    steps=(
        Step(
            "Open the laboratory",
            "Click the tab Causal model, or press Alt+2. A is who acts on whom, B how an input changes that, C what inputs do by "
            "themselves. Rest on a cell: its neuron or synapse lights up.",
            (lambda watch: watch.found("dcm", "A") is not None,),
        ),
        Step(
            "Take it at rest",
            "Set taken at to fixed point: there the constant term is 0, and what is left is the answer to an input.",
            (_at_rest,),
        ),
        Step(
            "A small step",
            "Set input to pour and step to 0.05: the matrices and the full circuit answer nearly alike.",
            (_small,),
            ("pour",),
            _reading,
        ),
        Step(
            "Make it fail",
            "Set step to −0.5: the tide closes conductances, time constants change, and no matrix of the resting circuit knows that.",
            (_large,),
            ("pour",),
            _reading,
        ),
    ),
    end="The error falls with the square of the step; how far a causal model reaches is what the last diagram says.",
)
