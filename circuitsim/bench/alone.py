"""One thread for everybody: libraries are told before they are loaded, since few of them listen later."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLES = (
    "OMP_NUM_THREADS",  # torch, and what else uses OpenMP
    "OPENBLAS_NUM_THREADS",  # the linear algebra of numpy and scipy
    "MKL_NUM_THREADS",  # the same by Intel, and torch
    "NPROC",  # XLA, below JAX: the processors it counts; its flag of Eigen's threads changes nothing any more
)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let libraries that are loaded meanwhile have one thread."""
    before = {name: os.environ.get(name) for name in VARIABLES}
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
