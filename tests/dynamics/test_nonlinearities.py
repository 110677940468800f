"""What kinds declare of f, its kinks and its ends, against what their kernels do; and what curves declare of their slopes."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import Channel, MemorylessKind

KINDS = kinds()
STEP = 1e-6


def combinations(kind):
    """Parameters with every choice, and a bias."""
    choices = [p for p in kind.parameters if p.choices]
    for codes in itertools.product(*(range(len(p.choices)) for p in choices)):
        yield (
            kind.defaults() | {p.name: float(c) for p, c in zip(choices, codes, strict=True)} | {"bias": 0.4}
        )


def value(kind, parameters, arriving, state=0.7):
    """dx/dt at a state, or the output, for float64[k] of what arrives."""
    n = arriving.size
    rows = [np.full(n, parameters[p.name]) for p in kind.parameters]
    acc, lam, b, x = np.zeros((len(Channel), n)), np.zeros(n), np.zeros(n), np.full(n, state)
    acc[Channel.DRIVE] = 0.5 * arriving
    acc[Channel.CURRENT] = 0.5 * arriving
    if isinstance(kind, MemorylessKind):
        if kind.from_start:
            rows.append(np.full(n, -0.3))
        kind.output(kind.pack(np.array(rows)).ravel(), 0, n, 0.3, acc, x, lam, b)
        return x
    kind.rates(kind.pack(np.array(rows)).ravel(), 0, n, x, acc, lam, b)
    return b - lam * x


def jump(kind, parameters, at):
    """How far the slopes at both sides of a place are apart."""
    left, here, right = value(kind, parameters, np.array([at - STEP, at, at + STEP]))
    return abs((right - here) - (here - left)) / STEP


SUMMED = [k for k in KINDS.neurons.values() if {"weight", "current"} <= k.accepts]


@pytest.mark.parametrize("kind", SUMMED, ids=lambda k: k.id)
def test_kinks_are_where_slopes_jump_and_nowhere_else(kind):
    for parameters in combinations(kind):
        shape = kind.nonlinearity(parameters)
        assert list(shape.kinks) == sorted(shape.kinks)
        for kink in shape.kinks:
            assert jump(kind, parameters, kink) > 0.05
        smooth = [z for z in np.linspace(-2.03, 2.01, 203) if shape.nearest(z) > 2 * STEP]
        assert max(jump(kind, parameters, z) for z in smooth) < 1e-3
        assert (shape.nearest(0.3) == math.inf) is (not shape.kinks)


@pytest.mark.parametrize("kind", SUMMED, ids=lambda k: k.id)
def test_what_is_declared_bounded_is(kind):
    for parameters in combinations(kind):
        near, far = (np.abs(value(kind, parameters, np.array([-z, z]))).max() for z in (50.0, 5e6))
        assert kind.nonlinearity(parameters).bounded is bool(far < 2 * near + 2)


def test_kinds_where_all_acts_for_itself_declare_none():
    apart = [k for k in KINDS.all_neurons.values() if k not in SUMMED]
    assert apart
    assert all(k.nonlinearity is None for k in apart)


@pytest.mark.parametrize("kind", [k for k in KINDS.synapses.values() if k.curve], ids=lambda k: k.id)
def test_the_slope_of_a_curve_does_not_jump_at_its_knots_but_its_curvature_does(kind):
    from circuitsim.dynamics.splines import rows_of
    from circuitsim.spec.curve import Knots

    knots = Knots((-1.0, -0.2, 0.5, 1.3), (0.1, 0.3, 0.8, 0.9))
    column = [*(kind.defaults()[p.name] for p in kind.parameters), *rows_of(knots)]

    def acting(x):
        return kind.acting(np.array([column] * x.size).T, x)

    h = 1e-5
    for knot in knots.x[1:-1]:
        f = acting(knot + h * np.arange(-2, 3))
        left, right = (f[2] - f[1]) / h, (f[3] - f[2]) / h
        assert left == pytest.approx(right, abs=1e-3)
        assert abs((f[4] - 2 * f[3] + f[2]) - (f[2] - 2 * f[1] + f[0])) / h**2 > 0.1
