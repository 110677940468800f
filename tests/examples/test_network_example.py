"""What the example of a network with memory claims, against its equations iterated in plain numpy."""

from __future__ import annotations

import math

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.circuit.edits import SetParameter
from circuitsim.circuit.elements import Table
from circuitsim.io.examples import example

PRESS = Table((0.0, 4.0, 8.0), (0.0, 1.0, 0.0))
CRITICAL = (3.0 + math.log(2.0)) / 2.0  # period beyond which memory has no state but 0


def called(period: float, duration: float) -> tuple[cs.Trace, np.ndarray]:
    """A run in which tap is held from 4 to 8 s, and the memory after each call by its own equation."""
    circuit = cs.load(example("late-caller").path)
    circuit.apply(SetParameter((circuit["net"].id,), "period", period))
    trace = cs.simulate(circuit, duration=duration, inputs={"tap": PRESS})
    gate, memory = 1.0 / (1.0 + math.exp(3.0 - 2.0 * period)), [0.0]
    for k in range(1, int(duration / period + 1e-9) + 1):
        pressed = 4.0 < k * period <= 8.0  # what was read just before the call
        memory.append((1.0 - gate) * math.tanh(3.0 * memory[-1] + 4.0 * pressed))
    return trace, np.array(memory)


@pytest.mark.parametrize("period", [0.5, 1.6, 1.8, 1.9, 2.5])
def test_memory_keeps_a_press_only_while_calls_come_often(period: float) -> None:
    trace, memory = called(period, 400.0)
    rows = np.searchsorted(trace.t, np.arange(1, memory.size) * period - 1e-9)
    assert np.abs(trace["memory"].v[rows] - memory[1:]).max() < 1e-12
    assert np.isclose(trace["memory"].gate[-1], 1.0 / (1.0 + math.exp(3.0 - 2.0 * period)))
    assert trace["memory"].v.max() > 0.1
    assert (trace["memory"].v[-1] > 0.05) == (period < CRITICAL)


def test_a_press_holds_the_muscle() -> None:
    trace, _ = called(0.5, 60.0)
    start, end = trace["muscle"].v[np.searchsorted(trace.t, [3.9, 60.0])]
    assert start < 0.2
    assert end > 0.7


def test_echo_is_what_was_read_last_and_change_tells_it_from_before() -> None:
    trace, _ = called(0.5, 12.0)
    after = {
        name: trace[name].v[np.searchsorted(trace.t, [3.9, 4.6, 5.1, 7.9, 8.6, 9.1])]
        for name in ("echo", "change")
    }
    assert after["echo"].tolist() == [-1.0, 1.0, 1.0, 1.0, -1.0, -1.0]
    assert np.round(after["change"], 3).tolist() == [0.0, 0.987, 0.0, 0.0, -0.987, 0.0]


@pytest.mark.parametrize("period", [0.3, 1.5, 3.0])
def test_late_tells_how_long_ago_the_last_call_was(period: float) -> None:
    trace, _ = called(period, 12.0)
    gate = 1.0 / (1.0 + math.exp(3.0 - 2.0 * period))
    assert trace["late"].v[-1] == pytest.approx(math.tanh(4.0) * (2.0 * gate - 1.0), abs=1e-12)
