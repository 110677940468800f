"""Robustness: what a small change of the input becomes."""

from __future__ import annotations

from circuitsim.app.window.tour import Step, Tour, Watch, told


def _reading(watch: Watch) -> str:
    measured, certified = (
        watch.number("robustness", name) for name in ("lipschitz", "certified_for_all_time")
    )
    return "" if measured is None else f"measured  {told(measured)}   certified  {told(certified)}"


def _longer(watch: Watch) -> bool:
    calls = watch.option("robustness", "calls")
    return isinstance(calls, float) and calls >= 80.0 and watch.found("robustness", "d") == 80 * 4


TOUR = Tour(
    id="robustness",
    title="Robustness",
    example="liquid",
    steps=(
        Step(
            "Open the laboratory",
            "Click the tab Robustness, or press Alt+5. Beside the run goes its twin, all of whose inputs are a little higher; the first two diagrams follow both.",
            (lambda watch: watch.found("robustness", "lipschitz") is not None,),
            reading=_reading,
        ),
        Step(
            "Move the twin further",
            "Set epsilon to 0.1: the twin is seen to depart. Divided by the change, the distance stays nearly what it was, as long as the change is small.",
            (
                lambda watch: (
                    watch.option("robustness", "epsilon") == 0.1
                    and watch.found("robustness", "by_twins") is not None
                ),
            ),
            reading=_reading,
        ),
        Step(
            "Ask for longer",
            "Set calls to 80. The circuit contracts, so the bound for all time stays, however long the input.",
            (_longer,),
            reading=_reading,
        ),
    ),
    end="Measured is a lower bound, certified an upper one; the law of robustness says what to expect of a fit, not of this circuit.",
)
