"""The voltage clamp against closed forms and scipy: membrane, holding current, bands, files, live edits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import circuitsim as cs
from circuitsim.circuit.elements import Synapse
from circuitsim.engine.bands import bands
from circuitsim.engine.recording import Recording
from circuitsim.engine.session import Session

C, LEAK, REST, SERIES = 50.0, 2.0, -60.0, 100.0  # pF, nS, mV, nS
FROM, TO, ONSET = -60.0, -20.0, 5.0


def clamped(**extra: float) -> cs.Circuit:
    """A leaky membrane whose command potential steps."""
    circuit = cs.Circuit("clamp", "physiological")
    circuit.add_neuron("a", leak_conductance=LEAK, leak_potential=REST, capacitance=C)
    circuit.add_input("command", "step", before=FROM, after=TO, onset=ONSET)
    circuit.connect("command", "a", "clamp", series_conductance=SERIES, **extra)
    return circuit


def exact(t: np.ndarray) -> np.ndarray:
    """The membrane potential: it settles exponentially with c / (g_l + g_s)."""
    target = (LEAK * REST + SERIES * TO) / (LEAK + SERIES)
    tau = C / (LEAK + SERIES)
    return np.where(t < ONSET, REST, target + (REST - target) * np.exp(-np.maximum(t - ONSET, 0.0) / tau))


@pytest.mark.parametrize(
    ("solver", "dt", "error"),
    [
        ("rk4", 0.02, 1e-5),
        ("dormand_prince", 0.1, 1e-3),
        ("rosenbrock", 0.02, 1e-3),
        ("exponential_euler", 0.1, 1e-10),
        ("fused", 1e-3, 0.05),
        ("euler", 1e-3, 0.05),
    ],
)
def test_membrane_and_holding_current_settle_as_the_closed_form_says(solver, dt, error):
    found = cs.simulate(clamped(), 25.0, dt=dt, solver=solver)
    v = exact(found.t)
    np.testing.assert_allclose(found["a"].v, v, rtol=0, atol=error)
    command = np.where(found.t < ONSET, FROM, TO)
    np.testing.assert_allclose(found["a"].clamp, SERIES * (command - v), rtol=0, atol=SERIES * error)
    steady = LEAK * (found["a"].v[-1] - REST)
    assert found["a"].clamp[-1] == pytest.approx(steady, abs=SERIES * error)


def test_the_closer_the_clamp_the_nearer_the_command():
    """In the steady state the potential misses the command by the voltage drop over the series resistance."""
    for series in (10.0, 100.0, 1000.0):
        circuit = clamped()
        clamp = replace(circuit.synapses[0], parameters={"series_conductance": series})
        session = Session(circuit, "rosenbrock", 0.01)
        session.edit({clamp.id: clamp})
        session.advance(10**6, 200.0)
        row = session.present()
        assert TO - row.v[0, 0] == pytest.approx(row.clamp[0, 0] / series, rel=1e-9)
        assert TO - row.v[0, 0] == pytest.approx((TO - REST) * LEAK / (LEAK + series), rel=1e-6)


def test_with_synapses_it_follows_an_independent_integration():
    """The holding current takes up what the synapses pass: leak and synaptic current, but for the capacitive part."""
    circuit = clamped()
    circuit.add_neuron("pre", leak_conductance=1.0, leak_potential=-50.0, capacitance=20.0, start=-70.0)
    circuit.connect("pre", "a", conductance=5.0, slope=0.2, midpoint=-55.0, reversal_potential=0.0)
    circuit.connect("a", "pre", conductance=3.0, slope=0.1, midpoint=-40.0, reversal_potential=-80.0)
    found = cs.simulate(circuit, 30.0, dt=0.01, solver="rk4", every=0.5)

    def opening(v, slope, midpoint):
        return 1.0 / (1.0 + np.exp(-slope * (v - midpoint)))

    def slopes(t, x):
        a, pre = x
        command = FROM if t < ONSET else TO
        onto_a = 5.0 * opening(pre, 0.2, -55.0) * (0.0 - a)
        onto_pre = 3.0 * opening(a, 0.1, -40.0) * (-80.0 - pre)
        da = (LEAK * (REST - a) + onto_a + SERIES * (command - a)) / C
        return [da, (-50.0 - pre + onto_pre) / 20.0]

    before = solve_ivp(
        slopes, (0, ONSET), [REST, -70.0], method="DOP853", rtol=1e-11, atol=1e-11, dense_output=True
    )
    after = solve_ivp(
        slopes, (ONSET, 30), before.y[:, -1], method="DOP853", rtol=1e-11, atol=1e-11, dense_output=True
    )
    late = found.t > ONSET
    np.testing.assert_allclose(found["a"].v[late], after.sol(found.t[late])[0], rtol=0, atol=1e-5)
    a, pre = found["a"].v, found["pre"].v
    synaptic = 5.0 * opening(pre, 0.2, -55.0) * (0.0 - a)
    at_end = LEAK * (a[-1] - REST) - synaptic[-1]
    charging = C * (a[-1] - a[-2]) / (found.t[-1] - found.t[-2])
    assert found["a"].clamp[-1] == pytest.approx(at_end, abs=abs(charging) + 1e-3)
    assert "clamp" not in [n for n in found.samples.neuron_names if n == "pre"]
    with pytest.raises(cs.InputError, match="only clamped neurons have a holding current"):
        _ = found["pre"].clamp


def test_two_electrodes_in_a_neuron_pass_their_currents_together():
    circuit = clamped()
    circuit.add_input("second", "constant", value=-40.0)
    circuit.connect("second", "a", "clamp", series_conductance=10.0)
    found = cs.simulate(circuit, 20.0, solver="rosenbrock", dt=0.02)
    v, u = found["a"].v, found["command"].value
    np.testing.assert_allclose(found["a"].clamp, SERIES * (u - v) + 10.0 * (-40.0 - v), rtol=1e-12, atol=1e-9)
    assert found["a"].clamp.shape == found.t.shape


def test_the_clamp_makes_the_state_band_narrow_and_the_time_constant_short():
    found = bands(clamped())
    target = (LEAK * REST + SERIES * TO) / (LEAK + SERIES)
    assert (found.state_low[0], found.state_high[0]) == pytest.approx((REST, target))
    assert (found.tau_low[0], found.tau_high[0]) == pytest.approx((C / (LEAK + SERIES),) * 2)


def test_holding_currents_are_written_to_csv_and_npz(tmp_path):
    found = cs.simulate(clamped(), 8.0)
    found.save(tmp_path / "x.csv", record="v,clamp")
    table = np.genfromtxt(tmp_path / "x.csv", delimiter=",", names=True)
    assert table.dtype.names == ("t", "v_a", "clamp_a")
    np.testing.assert_array_equal(table["clamp_a"], found["a"].clamp)
    found.save(tmp_path / "x.npz")
    with np.load(tmp_path / "x.npz") as arrays:
        np.testing.assert_array_equal(arrays["clamp"][:, 0], found["a"].clamp)
    assert found.stamp.units["clamp"] == "pA"
    assert found.part(neurons=[]).samples.clamp.shape[1] == 0


def test_a_live_run_records_what_flows_through_every_edit():
    """A muted electrode passes nothing; an added one has its own column from then on."""
    session = Session(clamped(), "rosenbrock", 0.02)
    recording = Recording()

    def go(until):
        recording.append(
            session.advance(10**6, until),
            session.neuron_ids,
            session.input_ids,
            session.clamped_ids,
        )

    go(8.0)
    clamp = session.circuit.synapses[0]
    a = session.circuit["a"].id
    session.edit({clamp.id: None})
    assert session.clamped_ids == ()
    go(9.0)
    session.edit({clamp.id: replace(clamp, parameters={"series_conductance": 20.0})})
    go(12.0)
    t, flow = recording.read("clamp", a, 0.0, 12.0)
    v = recording.read("v", a, 0.0, 12.0)[1]
    assert np.isnan(flow[(t > 8.0) & (t <= 9.0)]).all()
    late = t > 9.0
    np.testing.assert_allclose(flow[late], 20.0 * (TO - v[late]), rtol=1e-12)
    assert recording.at(11.0).clamped_ids == (a,)


def test_it_begins_at_an_input_and_ends_at_a_membrane():
    circuit = clamped()
    circuit.add_neuron("paper", "ltc_paper")
    with pytest.raises(cs.InputError, match="begins at an input, not at a neuron"):
        circuit.connect("a", "a", "clamp")
    with pytest.raises(cs.InputError, match="cannot receive a voltage clamp"):
        circuit.connect("command", "paper", "clamp")
    assert isinstance(circuit.synapses[0], Synapse)
