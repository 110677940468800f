"""What is proposed covers what the inputs do."""

from __future__ import annotations

import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.engine.proposal import propose
from circuitsim.spec.catalogue import kinds


def clamped(stimulus="step", **numbers):
    """A neuron that its electrode makes a hundred times as fast as the input that it follows."""
    circuit = Circuit()
    circuit.add_neuron("a")
    circuit.add_input("u", stimulus, **numbers)
    circuit.connect("u", "a", "clamp")
    return circuit


def test_a_step_lies_within_the_run_of_a_clamped_neuron_and_is_seen_soon():
    plan = propose(clamped(onset=1.0))
    assert 1.0 < plan.duration <= 2.0
    assert 1.0 / plan.speed <= 12.5  # seconds on the screen
    assert plan.dt < plan.tau_fastest


@pytest.mark.parametrize(
    ("stimulus", "numbers", "end"),
    [
        ("pulse", {"onset": 3.0, "width": 4.0}, 7.0),
        ("pulse_train", {"onset": 1.0, "width": 0.5, "period": 2.0}, 3.5),
        ("sine", {"frequency": 0.1}, 10.0),
    ],
)
def test_a_run_covers_width_and_period(stimulus, numbers, end):
    plan = propose(clamped(stimulus, **numbers))
    assert end <= plan.duration <= 4 * end
    assert end / plan.speed <= 12.5


@pytest.mark.parametrize("stimulus", sorted(set(kinds().stimuli) - {"table"}))
def test_defaults_change_nothing_for_a_neuron_that_is_no_faster_than_its_input(stimulus):
    alone, driven = Circuit(), Circuit()
    for circuit in (alone, driven):
        circuit.add_neuron("a", "ltc_paper")
    driven.add_input("u", stimulus)
    plan, plain = propose(driven), propose(alone)
    assert (plan.dt, plan.duration, plan.speed) == (plain.dt, plain.duration, plain.speed)
