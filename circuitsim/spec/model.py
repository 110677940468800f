"""The model of another program that a solver reproduces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """What a solver reproduces that is no differential equation.

    Attributes:
        name: Of whose model it is.
        neurons: Kinds of neurons that it has.
        synapses: Kinds of synapses that it has.
    """

    name: str
    neurons: frozenset[str]
    synapses: frozenset[str]
