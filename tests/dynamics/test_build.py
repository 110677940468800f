"""What is compiled can be told apart in the cache."""

from __future__ import annotations

from circuitsim.dynamics import build
from circuitsim.spec.catalogue import kinds


def test_no_two_solvers_share_the_name_of_their_step():
    """Methods that are tables of one function would; loaded from the cache, the first then stood in for all."""
    compiled = [build._compiled(kind.step, "STEP") for kind in kinds().solvers.values()]
    names = [(k.py_func.__module__, k.py_func.__qualname__) for k in compiled]
    assert len(set(names)) == len(names)
