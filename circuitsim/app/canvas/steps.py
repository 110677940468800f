"""Sliders by their key: each press goes a step on, and from the end back to the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.sizes import is_slider

if TYPE_CHECKING:
    from circuitsim.app.canvas.gestures import Host

STEPS = 10  # from one end of a slider to the other
NEARLY = 1e-6  # of a step, by which a slider may miss its end and still be there


def step_sliders(host: Host, key: str) -> bool:
    """Move every slider of a key letter by one step; False if there is none."""
    found = [e for e in host.document.circuit.inputs if is_slider(e) and e.key.lower() == key.lower() != ""]
    for slider in found:
        low, high = slider.parameters["low"], slider.parameters["high"]
        step = (high - low) / STEPS
        place = (host.value_of(slider.id) - low) / step + 1 if step else 0.0
        host.slide(slider.id, low if place > STEPS + NEARLY else low + step * min(place, STEPS))
    return bool(found)
