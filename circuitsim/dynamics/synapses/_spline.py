"""What the two kinds of spline share: rows of their parameters, strength before curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.splines import curves, evaluate
from circuitsim.spec.curve import MOST
from circuitsim.spec.kind import Sign

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

REFERENCE = (
    "Fritsch and Carlson, SIAM Journal on Numerical Analysis 17 (1980) 238 (monotone cubic); "
    "Liu et al., arXiv 2404.19756, eq. 2.5 (edges of a Kolmogorov-Arnold network)"
)

SIGN = Sign("φ", "curve through the knots")


def table(p: Floats, *, held: bool) -> Floats:
    """The curves of synapses, float64[ROWS, s]; their knots are the last rows of p."""
    return curves(p[-2 * MOST :], held=held)


def acting(p: Floats, x_pre: Floats, *, held: bool) -> Floats:
    """Strength, which is the first row of p, times curve."""
    found: Floats = p[0] * evaluate(table(p, held=held), x_pre)
    return found
