"""The eigenvalues that decide: all of a small matrix, those with the largest real parts of a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.spec.bounds import Floats

ALL = 250  # rows up to which all are computed
FEW = 6


def rightmost(matrix: Floats) -> NDArray[np.complex128]:
    """Eigenvalues of float64[n, n]: all of them, or of a large matrix, which is mostly zeros, a few at the right.

    Arnoldi's iteration (Lehoucq, Sorensen and Yang, 1998) finds the few; where it does not come to an end, all are computed.
    """
    if matrix.shape[0] > ALL:
        from scipy.sparse import csr_array
        from scipy.sparse.linalg import ArpackNoConvergence, eigs

        begin = np.random.default_rng(0).normal(size=matrix.shape[0])
        try:
            found = eigs(
                csr_array(matrix), FEW, which="LR", v0=begin, return_eigenvectors=False, maxiter=2_000
            )
        except ArpackNoConvergence:
            pass
        else:
            return np.asarray(found, dtype=np.complex128)
    return np.linalg.eigvals(matrix).astype(np.complex128)
