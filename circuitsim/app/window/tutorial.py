"""The tutorial: five short steps on the liquid circuit."""

from __future__ import annotations

import math

from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.document.quantity import duration
from circuitsim.app.window.tour import Step, Tour, Watch

DRAINED = 0.35  # place of tau in its band, on a logarithmic scale, below which the ring counts as drained
SHORT = 0.3  # s, below which the time constant counts as short


def place_in_band(watch: Watch, name: str) -> float:
    """Where the time constant of a neuron stands in its band, 0 (fast) to 1 (slow), as its ring shows; 1 if unknown."""
    tau, bands = watch.tau(name), watch.document.bands()
    found = watch.document.circuit.named(name)
    if tau is None or found is None or found.id not in bands.ids:
        return 1.0
    k = bands.ids.index(found.id)
    low, high = float(bands.tau_low[k]), float(bands.tau_high[k])
    return math.log(tau / low) / math.log(high / low) if 0 < low < high < math.inf and tau > 0 else 1.0


def _tau_of_liquid(watch: Watch) -> str:
    tau = watch.tau("liquid")
    return (
        "" if tau is None else "τ of liquid  " + " ".join(duration(tau, watch.document.circuit.unit_system))
    )


def _poured_and_drained(watch: Watch) -> bool:
    return (watch.given("pour") or 0.0) > 0 and place_in_band(watch, "liquid") < DRAINED


def _read(watch: Watch) -> bool:
    tau = watch.tau("liquid")
    still = not watch.document.status().playing
    return still and watch.chosen("liquid") and tau is not None and tau < SHORT


def _inhibited(watch: Watch) -> bool:
    circuit = watch.document.circuit
    if not (watch.has("still") and watch.has("liquid")):
        return False
    ends = circuit["still"].id, circuit["liquid"].id
    return any((s.pre, s.post) == ends and sign_of(circuit, s) is Sign.INHIBITORY for s in circuit.synapses)


TUTORIAL = Tour(
    id="tutorial",
    title="Tutorial",
    example="liquid",
    steps=(
        Step(
            "Make a ring drain",
            "The ring around a neuron is its time constant τ: a long ring is slow, a short one fast. Hold P, or the "
            "button pour on the canvas, and watch the ring of liquid.",
            (_poured_and_drained,),
            ("liquid", "pour"),
            _tau_of_liquid,
        ),
        Step(
            "Read τ",
            f"Click liquid: the panel on the right shows its numbers. Stop the run with Space while τ is below "
            f"{SHORT:g} s. The shaded band is the range it can never leave.",
            (_read,),
            ("liquid",),
            _tau_of_liquid,
        ),
        Step(
            "Draw an inhibitory synapse",
            "Play again with Space. Drag from the rim of still to liquid with Shift held: blue pulls down. The run goes "
            "on while you draw.",
            (_inhibited,),
            ("liquid", "still"),
        ),
        Step(
            "Break it and mend it",
            "Click up and press Delete: the ripple no longer reaches liquid. Then take it back with Ctrl+Z; the "
            "circuit is whole again and time has gone on.",
            (lambda watch: not watch.has("up"), lambda watch: watch.has("up")),
        ),
        Step(
            "Take it away",
            "Export the traces with Ctrl+E: a table that opens in NumPy, pandas or a spreadsheet, with every tap and "
            "every change computed again at full resolution.",
            (lambda watch: watch.exported,),
        ),
    ),
    end="That is all it takes. The examples are next, or an empty canvas: Ctrl+N.",
)
