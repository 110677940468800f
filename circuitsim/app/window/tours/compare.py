"""Liquid or standard: the same weights, and what a long path is worth."""

from __future__ import annotations

from circuitsim.app.window.tour import Step, Tour, Watch, told


def _lengths(watch: Watch) -> str:
    length, shape = _ratio(watch, "length"), _ratio(watch, "length_over_diameter")
    if length is None and shape is None:
        return ""
    return f"LTC over CT-RNN  length {told(length)}, by its own size {told(shape)}"


def _ratio(watch: Watch, name: str) -> float | None:
    """A number of the LTC over that of the CT-RNN; None where one of them runs away or does not move."""
    ltc, ctrnn = (watch.number("compare", name, model) for model in ("ltc", "ctrnn"))
    return ltc / ctrnn if ltc is not None and ctrnn else None


TOUR = Tour(
    id="compare",
    title="Liquid or standard",
    example="two-clocks",
    steps=(
        Step(
            "Open the laboratory",
            "Click the tab Liquid or standard, or press Alt+4: the weights that are drawn, as LTC, as CT-RNN and as neural ODE.",
            (lambda watch: watch.found("compare", "length") is not None,),
            reading=_lengths,
        ),
        Step(
            "Look at one neuron",
            "Set neuron to go_A: with its conductances turned into currents it no longer keeps between its reversal potentials.",
            (
                lambda watch: (
                    watch.option("compare", "neuron") == "go_A" and watch.found("compare", "t") is not None
                ),
            ),
            ("go_A",),
            _lengths,
        ),
        Step(
            "Ask the paper",
            "Set network to random: the paper's networks of random weights. Compare length with length over diameter, and the scale "
            "of the code with that of the text. It takes some seconds.",
            (lambda watch: watch.found("compare", "length_code_mean") is not None,),
        ),
    ),
    end="Length grows with amplitude. What is liquid shows in the courses, not in the length alone.",
)
