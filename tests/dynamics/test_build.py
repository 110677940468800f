"""What is compiled can be told apart in the cache."""

from __future__ import annotations

from circuitsim.dynamics import build
from circuitsim.spec.catalogue import kinds


def test_no_two_solvers_share_the_name_of_their_step(monkeypatch):
    """Methods that are tables of one function would; loaded from the cache, the first then stood in for all."""
    monkeypatch.setattr("numba.config.DISABLE_JIT", True)  # the name is given before anything is compiled
    named = [build._compiled.__wrapped__(kind.step, "STEP") for kind in kinds().solvers.values()]
    names = [(function.__module__, function.__qualname__) for function in named]
    assert len(set(names)) == len(names)
