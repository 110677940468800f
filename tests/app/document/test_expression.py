"""What people type into fields is worked out with its units, and never executed."""

from __future__ import annotations

import contextlib
import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from circuitsim.app.document.expression import Quantity, evaluate
from circuitsim.app.document.quantity import parse, quantity
from circuitsim.spec.unit import LIQUID, PHYSIOLOGICAL, Dimension

KNOWN = {"tau": Quantity(0.05, (1.0, 0.0, 0.0)), "liquid.capacitance": Quantity(2.0)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2*pi/3", 2 * math.pi / 3),
        ("1/0.3", 1 / 0.3),
        ("2^3^2", 512.0),
        ("-2**2", -4.0),
        ("--3", 3.0),
        ("(1 + 2) × 3", 9.0),
        ("0,5 + 1", 1.5),
        ("max(1, 2.5) - min(3,4)", -0.5),
        ("sqrt(2)*sqrt(2)", 2.0),
        ("ln(e)", 1.0),
        ("50 %", 0.5),
        ("liquid.capacitance / 4", 0.5),
    ],
)
def test_arithmetic(text, value):
    assert evaluate(text, KNOWN.get).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "dimension", "system", "value"),
    [
        ("50 ms", Dimension.TIME, LIQUID, 0.05),
        ("0.05 s", Dimension.TIME, PHYSIOLOGICAL, 50.0),
        ("1/3 ms", Dimension.TIME, PHYSIOLOGICAL, 1 / 3),
        ("1/50 ms", Dimension.FREQUENCY, LIQUID, 20.0),
        ("2*tau", Dimension.TIME, LIQUID, 0.1),
        ("2*tau", Dimension.TIME, PHYSIOLOGICAL, 100.0),
        ("10 ms * 7 nS", Dimension.CAPACITANCE, PHYSIOLOGICAL, 70.0),
        ("1/5 mV", Dimension.SLOPE, PHYSIOLOGICAL, 0.2),
        ("0.2 1/mV", Dimension.SLOPE, PHYSIOLOGICAL, 0.2),
        ("2*0.1 1/mV", Dimension.SLOPE, PHYSIOLOGICAL, 0.2),
        ("1500 pS + 1 nS", Dimension.CONDUCTANCE, PHYSIOLOGICAL, 2.5),
        ("2*pi/3", Dimension.POTENTIAL, PHYSIOLOGICAL, 2 * math.pi / 3),
        ("1 s + 5", Dimension.TIME, PHYSIOLOGICAL, 1005.0),
        ("5 - 1 s", Dimension.TIME, PHYSIOLOGICAL, -995.0),
        ("1/2 GΩ", Dimension.CONDUCTANCE, PHYSIOLOGICAL, 0.5),
    ],
)
def test_units_are_carried_through(text, dimension, system, value):
    assert parse(text, dimension, system, KNOWN.get) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no number"),
        ("1/0", "divides by zero"),
        ("0^-1", "divides by zero"),
        ("9^9^9^9", "too large"),
        ("sqrt((-1)^0.5)", "no broken power"),
        ("1e308*10", "has no value"),
        ("sqrt(-1)", "sqrt has no value"),
        ("1 +", "the end is missing"),
        ("(1", r"'\)' is missing"),
        ("1 2", "'2' does not fit"),
        ("3 ms + 1", "same unit"),
        ("exp(3 ms)", "do not fit"),
        ("min(1)", "min takes 2 numbers"),
        ("3 parsec", "the unit 'parsec' is not known"),
        ("fast", "not a number or a name"),
        ("__import__('os')", "not a number"),
        ("().__class__", "not a number"),
        ("()", "does not fit"),
        ("[1]", "not a number"),
        ("(" * 100 + "1", "too many brackets"),
        ("1+" * 150 + "1", "more than 200"),
        ("2^(1 ms)", "no unit"),
    ],
)
def test_nonsense_is_told_in_a_clause(text, said):
    with pytest.raises(ValueError, match=said):
        evaluate(text)


@given(st.text(alphabet="0123456789.,+-*/^()eEmsVnSpi xτ%", max_size=60))
def test_whatever_is_typed_is_a_number_or_a_clause(text):
    with contextlib.suppress(ValueError):
        assert math.isfinite(evaluate(text).value)


@pytest.mark.parametrize("system", [LIQUID, PHYSIOLOGICAL])
@pytest.mark.parametrize("dimension", Dimension)
def test_a_value_taken_from_the_circuit_comes_back_unchanged(system, dimension):
    known = {"x": quantity(0.07, dimension, system)}
    assert parse("x", dimension, system, known.get) == pytest.approx(0.07)
    assert parse("2*x", dimension, system, known.get) == pytest.approx(0.14)
