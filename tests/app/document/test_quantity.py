"""Numbers as people write them are read as they are meant, and shown so that they can be read again."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from circuitsim.app.document.quantity import (
    changed,
    clock,
    duration,
    from_fraction,
    number,
    parse,
    quantity,
    read,
    round_step,
    steady,
    to_fraction,
)
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.parameter import Range
from circuitsim.spec.unit import LIQUID, PHYSIOLOGICAL, Dimension


@pytest.mark.parametrize(
    ("text", "dimension", "system", "value"),
    [
        ("20", Dimension.TIME, LIQUID, 20.0),
        ("20 ms", Dimension.TIME, LIQUID, 0.02),
        ("20ms", Dimension.TIME, PHYSIOLOGICAL, 20.0),
        ("0.02 s", Dimension.TIME, PHYSIOLOGICAL, 20.0),
        (" −65 ", Dimension.POTENTIAL, PHYSIOLOGICAL, -65.0),
        ("-0.065 V", Dimension.POTENTIAL, PHYSIOLOGICAL, -65.0),
        ("0,4", Dimension.CONDUCTANCE, LIQUID, 0.4),
        ("1e-3 µS", Dimension.CONDUCTANCE, PHYSIOLOGICAL, 1.0),
        ("2 kHz", Dimension.FREQUENCY, PHYSIOLOGICAL, 2.0),
    ],
)
def test_units_are_understood(text, dimension, system, value):
    assert parse(text, dimension, system) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "dimension", "system", "said"),
    [
        ("fast", Dimension.TIME, LIQUID, "not a number"),
        ("", Dimension.TIME, LIQUID, "no number"),
        ("1e400", Dimension.TIME, LIQUID, "too large"),
        ("-1e999 s", Dimension.TIME, LIQUID, "too large"),
        ("5 mV", Dimension.POTENTIAL, LIQUID, "has no unit"),
        ("5 mV", Dimension.TIME, PHYSIOLOGICAL, "use ms"),
        ("1 2", Dimension.TIME, LIQUID, "does not fit"),
        ("nan", Dimension.TIME, LIQUID, "not a number"),
    ],
)
def test_what_cannot_be_read_is_named(text, dimension, system, said):
    with pytest.raises(ValueError, match=said):
        parse(text, dimension, system)


def test_what_is_not_allowed_is_refused():
    parameter = kinds().neurons["ltc"].parameter("capacitance")
    assert parameter is not None
    with pytest.raises(ValueError, match="at least"):
        read("-1", parameter, LIQUID)


@given(st.floats(-1e8, 1e8))
def test_what_is_shown_can_be_read_again(value):
    assert parse(number(value, 17), Dimension.NONE, LIQUID) == value


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_live_numbers_are_short(value):
    assert len(steady(value)) <= 11
    assert len(" ".join(duration(value, LIQUID))) <= 14


@pytest.mark.parametrize("system", ["liquid", "physiological"])
def test_sliders_of_every_parameter_reach_their_ends_and_return(system):
    table = kinds()
    declared = [*table.neurons.values(), *table.synapses.values(), *table.stimuli.values()]
    for parameter in (p for kind in declared for p in kind.parameters if not p.choices):
        ends = parameter.range(system)
        assert from_fraction(0.0, ends, parameter.log) == pytest.approx(ends.slider_low, rel=5e-3)
        assert from_fraction(1.0, ends, parameter.log) == pytest.approx(ends.slider_high, rel=5e-3)
        for fraction in (0.1, 0.5, 0.9):
            value = from_fraction(fraction, ends, parameter.log)
            assert parameter.check(value) is None
            assert to_fraction(value, ends, parameter.log) == pytest.approx(fraction, abs=0.01)


@pytest.mark.parametrize(
    ("value", "direction", "coarse", "after"),
    [
        (1.0, 1, False, 2.0), (2.0, 1, False, 5.0), (5.0, 1, False, 10.0), (0.07, 1, False, 0.1),
        (0.07, -1, False, 0.05), (1.0, -1, False, 0.5), (3.0, 1, True, 30.0), (0.0, 1, False, 0.01),
        (0.0, -1, False, 0.0), (9.99, 1, False, 10.0),
    ],
)  # fmt: skip
def test_logarithmic_steps_go_through_one_two_five(value, direction, coarse, after):
    ends = Range(1.0, 0.01, 10.0)
    assert round_step(value, direction, ends, log=True, coarse=coarse) == pytest.approx(after)


@pytest.mark.parametrize(
    ("low", "high", "step"), [(-1.0, 1.0, 0.02), (-100.0, 20.0, 1.0), (0.0, 1.0, 0.01), (0.0, 0.7, 0.005)]
)
def test_other_steps_are_about_a_hundredth_of_the_slider(low, high, step):
    ends = Range(0.0, low, high)
    assert round_step(0.1, 1, ends, log=False) == pytest.approx(0.1 + step)
    assert round_step(0.1, -1, ends, log=False, coarse=True) == pytest.approx(0.1 - 10 * step)


def test_times_get_a_unit_that_fits():
    assert duration(0.037, LIQUID) == ("37", "ms")
    assert duration(37.0, PHYSIOLOGICAL) == ("37", "ms")
    assert duration(2500.0, PHYSIOLOGICAL) == ("2.5", "s")
    assert duration(2e-5, LIQUID) == ("20", "µs")
    assert duration(math.inf, LIQUID)[0] == "∞"
    assert clock(1.23456, LIQUID) == "1.235"
    assert clock(1234.56, PHYSIOLOGICAL) == "1234.6"


@given(st.data())
def test_many_numbers_are_changed_as_each_is_read_alone(data):
    kind = data.draw(st.sampled_from([*kinds().neurons.values(), *kinds().synapses.values()]))
    parameter = data.draw(st.sampled_from(kind.parameters))
    system = data.draw(st.sampled_from([LIQUID, PHYSIOLOGICAL]))
    values = data.draw(st.lists(st.floats(-100.0, 100.0), min_size=1, max_size=5))
    sign = data.draw(st.sampled_from("*/+-"))
    rest = data.draw(
        st.sampled_from(["1.1", "-2", "0", "3 mV", "2*pi", "x", "5 ms", "1e400", "(", "2,5", "0.1 nS"])
    )

    def alone(value):
        return read(
            f"x {sign} ({rest})",
            parameter,
            system,
            {"x": quantity(value, parameter.dimension, system)}.get,
        )

    found = changed(values, sign, rest, parameter, system)
    if found is not None:
        assert found == [alone(value) for value in values]


def test_a_factor_is_found_for_all_at_once():
    conductance = kinds().synapses["chemical"].parameter("conductance")
    assert changed([0.1, 0.2], "*", "3", conductance, PHYSIOLOGICAL) == [0.3, 0.6]
    assert changed([0.1, 0.2], "+", "1 nS", conductance, PHYSIOLOGICAL) == [1.1, 1.2]
    assert changed([0.1, 0.2], "*", "x", conductance, PHYSIOLOGICAL) is None
    assert changed([0.1, 0.2], "/", "0", conductance, PHYSIOLOGICAL) is None
