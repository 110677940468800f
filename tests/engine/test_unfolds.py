"""The cell of ncps beside its equation."""

from __future__ import annotations

import numpy as np
import pytest
from ncps_circuits import Case

from circuitsim import InputError, unfolds
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("ltc_autoncp8_1", {1: 0.169, 6: 0.0387, 24: 0.0102}),
        ("ltc_full4", {1: 0.456, 6: 0.0687, 24: 0.0142}),
    ],
)
def test_the_gap_is_the_one_that_was_measured_with_ncps(name, due):
    case = Case(name)
    found = unfolds(case.circuit(), counts=tuple(due))
    assert found.own == 6
    assert found.counts.tolist() == sorted(due)
    np.testing.assert_allclose(
        found.state_error, list(due.values()), rtol=6e-3
    )  # three digits were written down
    ends = np.isin(found.exact.t, case.times[1:])
    np.testing.assert_allclose(found.exact.v[ends], case.arrays["ode_truth"], atol=1e-9)
    np.testing.assert_allclose(found.exact.outputs[ends], case.arrays["ode_truth_output"], atol=1e-9)
    np.testing.assert_allclose(found.called.v[1:], case.arrays["hidden_f64"], atol=1e-12)


def test_it_is_of_first_order():
    found = unfolds(Case("ltc_full4").circuit(), counts=(48, 96, 192))
    late = found.state_error[found.counts >= 48]
    np.testing.assert_allclose(late[:-1] / late[1:], 2.0, rtol=0.05)


def test_its_own_number_of_substeps_is_always_among_them():
    circuit = Case("ltc_full4").circuit()
    circuit.apply(SetSettings(Settings(solver="ncps", parameters={"unfolds": 9.0})))
    found = unfolds(circuit, duration=4.0, counts=(2, 30))
    assert (found.own, found.counts.tolist()) == (9, [2, 9, 30])
    assert found.called.t[-1] == 4.0


def test_an_input_that_does_not_exist_is_named():
    with pytest.raises(InputError, match="u9"):
        unfolds(Case("ltc_full4").circuit(), inputs={"u9": 1.0})
