"""Questions about a circuit whose run has not come to what was just added."""

from __future__ import annotations

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.analysis import analyses
from circuitsim.analysis._declare import Question
from circuitsim.analysis._point import present, values_at
from circuitsim.app.window.tours import tours
from circuitsim.io.examples import example


def opened(name: str) -> cs.Circuit:
    return cs.load(example(tours()[name].example).path)


@pytest.mark.parametrize("name", tours())
def test_what_the_run_has_not_reached_is_where_it_will_start(name):
    circuit, analysis = opened(name), analyses()[name]
    values = analysis.values(circuit, {})
    starts = {n.id: n.start for n in circuit.neurons}
    given = dict(zip([i.id for i in circuit.inputs], values_at(circuit, 0.25).tolist(), strict=True))
    whole = analysis.run(Question(circuit, values, starts, 0.25, given))
    early = analysis.run(Question(circuit, values, {}, 0.25, {}))
    assert [f.text for f in early.findings] == [f.text for f in whole.findings]
    assert whole.findings


def test_what_the_run_has_reached_stays_beside_what_it_has_not():
    circuit = opened("dcm")
    first, *others = circuit.neurons
    source, *more = circuit.inputs
    states, inputs = present(Question(circuit, {}, {first.id: 0.375}, 0.25, {source.id: 7.0}))
    assert states == {first.id: 0.375} | {n.id: n.start for n in others}
    assert inputs[0] == 7.0
    np.testing.assert_array_equal(inputs[1:], values_at(circuit, 0.25)[1:])
    assert len(inputs) == 1 + len(more)
