"""The example of a trained network: it is the one that was trained, and forecasts as it does in ncps."""

from __future__ import annotations

import re

import numpy as np
import pytest
from sunspots_circuit import DATA, FILE, SCALE, built, years

import circuitsim as cs
from circuitsim.io.circuits.circuit_json import dumps

NUMBER = re.compile(r"(-?\d+\.\d+(?:e[-+]?\d+)?)")
TRAINED_TO = 1920
YEARS = np.arange(1700, 1700 + len(years()))
LATE = YEARS[1:] > TRAINED_TO


def forecasts(circuit: cs.Circuit) -> np.ndarray:
    """What the output says at the end of each year, that is of the next one."""
    return cs.simulate(circuit, every=1.0)["forecast"].value[1:]


def error(forecast: np.ndarray) -> float:
    """Root of the mean squared error over the years that were not learned, in sunspots."""
    miss = (forecast[:-1] - np.array(years())[1:])[LATE]
    return float(np.sqrt(np.mean(miss**2)))


def test_the_file_is_made_of_the_trained_weights() -> None:
    made, kept = (NUMBER.split(text.decode()) for text in (dumps(built()), FILE.read_bytes()))
    assert made[::2] == kept[::2]
    # the exponential of numpy depends on the processor in its last bit
    np.testing.assert_allclose(np.array(made[1::2], float), np.array(kept[1::2], float), rtol=1e-15)


def test_every_state_and_forecast_is_that_of_ncps() -> None:
    expected = np.genfromtxt(DATA / "expected.csv", delimiter=",", names=True)
    trace = cs.simulate(cs.load(FILE), every=1.0)
    states = np.array([trace[f"n{k}"].v[1:] - expected[f"v_n{k}"] for k in range(12)])
    assert np.abs(states).max() < 1e-12
    assert np.abs(trace["forecast"].value[1:] - SCALE * expected["output_y0"]).max() < 1e-10


def test_it_forecasts_as_well_as_in_ncps_and_better_than_that_all_stays_as_it_is() -> None:
    expected = np.genfromtxt(DATA / "expected.csv", delimiter=",", names=True)
    here = error(forecasts(cs.load(FILE)))
    assert here == pytest.approx(error(SCALE * expected["output_y0"]), abs=1e-9)
    assert here == pytest.approx(18.96, abs=0.01)
    assert error(np.array(years())) == pytest.approx(30.44, abs=0.01)


@pytest.mark.parametrize(("lesion", "least", "most"), [("n9", 100.0, 130.0), ("n1", 18.0, 19.0)])
def test_one_interneuron_is_needed_and_one_is_not(lesion: str, least: float, most: float) -> None:
    circuit = cs.load(FILE)
    circuit.mute(lesion)
    assert least < error(forecasts(circuit)) < most
