"""Functions that kernels share, plain and compiled."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from circuitsim.dynamics import functions, machine


def up(_p, t):
    return functions.next_up(t)


def down(_p, t):
    return functions.next_down(t)


@cache
def compiled(function):
    from circuitsim.dynamics import compiler

    code = compiler.compiled(function, "VALUE")
    return machine.Entry(machine.load(code), code.takes, code.gives)


@pytest.mark.parametrize(("function", "towards"), [(up, math.inf), (down, -math.inf)])
@given(t=st.floats(allow_nan=False))
@example(t=0.0)
@example(t=-0.0)
@example(t=5e-324)
@example(t=-5e-324)
@example(t=1.7976931348623157e308)
def test_the_next_number_is_that_of_the_c_library(function, towards, t):
    expected = math.nextafter(t, towards)
    assert function(None, t) == expected
    assert compiled(function)(np.zeros(1), t) == expected


@pytest.mark.parametrize("function", [up, down])
def test_there_is_no_number_next_to_none(function):
    assert math.isnan(function(None, math.nan))
    assert math.isnan(compiled(function)(np.zeros(1), math.nan))
