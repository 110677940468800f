"""A live run under the solver ncps: the states of ncps, whatever slices the window takes, and its log gives them again."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from ncps_circuits import Case

from circuitsim.circuit.edits import SetSettings
from circuitsim.engine.replay import replay
from circuitsim.engine.simulator import Simulator


def test_a_live_run_has_the_states_of_ncps_and_so_has_its_replay():
    case = Case("ltc_full4")
    circuit = case.circuit()
    circuit.apply(SetSettings(replace(circuit.document.settings, solver="ncps")))
    simulator = Simulator(circuit)
    simulator.log(timeout=120.0)  # kernels may have to be compiled first
    simulator.set_speed(40.0)
    simulator.run_for(20.0)
    simulator.log()
    end = time.monotonic() + 60.0
    while simulator.status().playing:
        assert time.monotonic() < end, "it did not come to its end"
        time.sleep(0.005)
    now, log = simulator.latest(), simulator.log()
    assert now is not None
    assert simulator.close()
    assert (now.t, log.dt, log.solver) == (20.0, 1.0, "ncps")
    np.testing.assert_allclose(now.v, case.arrays["hidden_f64"][19], rtol=0, atol=1e-12)
    again = replay(log)
    np.testing.assert_array_equal(again.v[-1], now.v)
    np.testing.assert_allclose(again.v[1:], case.arrays["hidden_f64"][:20], rtol=0, atol=1e-12)
