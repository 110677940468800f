"""The bilinear system dx/dt = g + J dx + sum dI_k (C_k + B_k dx), integrated like SPM's: by exponentials of matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Bilinear:
    """A circuit expanded at a point (Friston et al., NeuroImage 19 (2003) 1273, eq. 3; here with the constant term).

    Attributes:
        rate: float64[n], g at the point.
        a: float64[n, n], derivative by the states.
        b: float64[m, n, n], how that changes with each input.
        c: float64[n, m], derivative by the inputs.
    """

    rate: Floats
    a: Floats
    b: Floats
    c: Floats

    def response(self, step: Floats, t: Floats) -> Floats:
        """How far the states are from the point while the inputs stand aside from it.

        The state is taken together with a 1, as in SPM's ``spm_int``, so that one exponential of a matrix goes from a row
        to the next one; rows need not be even.

        Args:
            step: float64[m], inputs minus those of the point.
            t: float64[s], rising from 0.

        Returns:
            float64[s, n].
        """
        from scipy.linalg import expm

        n = self.rate.size
        total = np.zeros((n + 1, n + 1))
        total[1:, 0] = self.rate + self.c @ step
        total[1:, 1:] = self.a + np.tensordot(step, self.b, axes=1)
        state, rows, kept = np.zeros(n + 1), np.empty((t.size, n)), (np.nan, np.eye(n + 1))
        state[0] = 1.0
        before = 0.0
        for k, now in enumerate(t.tolist()):
            span = now - before
            if span > 0.0:
                if not np.isclose(span, kept[0], rtol=1e-12, atol=0.0):
                    kept = (span, expm(total * span))
                state = kept[1] @ state
            rows[k], before = state[1:], now
        return rows
