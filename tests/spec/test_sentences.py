"""Titles inside sentences, and what is said of knots that do not rise."""

from __future__ import annotations

import pytest

from circuitsim.spec.catalogue import kinds
from circuitsim.spec.curve import Knots
from circuitsim.spec.words import a, inside


@pytest.mark.parametrize(
    ("title", "said"),
    [("Static neuron", "a static neuron"), ("LTC neuron", "an LTC neuron"), ("CT-RNN neuron", "a CT-RNN neuron")],
)  # fmt: skip
def test_a_title_inside_a_sentence_keeps_its_abbreviations(title, said):
    assert a(inside(title)) == said


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ((0.0, 1e-7), "at least 1e-06 apart: 0 and 1e-07 are too close"),
        ((1.0, 0.5), "1 and 0.5 are in the wrong order"),
        ((0.5, 0.5), "0.5 and 0.5 are the same"),
    ],
)
def test_knots_that_do_not_rise_are_told_why(x, said):
    curve = kinds().synapses["spline_drive"].curve
    assert said in (curve.check(Knots(x, (0.0, 1.0))) or "")
