"""Liquid or standard: the same weights, and what a long path is worth."""

from __future__ import annotations

from circuitsim.app.window.tour import Step, Tour, Watch


def _lengths(watch: Watch) -> str:
    length, shape = watch.found("compare", "length"), watch.found("compare", "length_over_diameter")
    if not length or not shape:
        return ""
    return f"LTC over CT-RNN  length {length['ltc'] / length['ctrnn']:.3g}, by its own size {shape['ltc'] / shape['ctrnn']:.3g}"


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
