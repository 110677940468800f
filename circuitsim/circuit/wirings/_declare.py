"""What a wiring is, and the shape of its declaration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Role
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.spec.size import Numbers, Size

    Signs = NDArray[np.int64]

SOURCE = "Lechner et al., Nature Machine Intelligence 2 (2020) 642, methods; as drawn by ncps 1.0.1 ({name})"
MOST = 302  # neurons and inputs each: those of the worm
SEEDS = 2**32 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """Who is connected to whom, and with which sign.

    Attributes:
        adjacency: int64[N, N], from row to column: 1 excitatory, -1 inhibitory, 0 not connected.
        sensory: int64[M, N], from inputs to neurons, likewise.
        roles: The role of each neuron; the first ones are motor neurons.
        layers: Neurons of each layer, in the order in which a network over layers computes them.
        outputs: How many of the first neurons are read out.
    """

    adjacency: Signs
    sensory: Signs
    roles: tuple[Role, ...]
    layers: tuple[tuple[int, ...], ...]
    outputs: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why numbers make no wiring.

    Attributes:
        size: Name of the number that must change.
        problem: What is wrong, as a clause.
        remedy: What to do, as a clause.
    """

    size: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class WiringKind:
    """A rule that draws a wiring from a few numbers and a seed.

    Attributes:
        id: Name in Python and on the command line.
        title: Name for people, that of the class in ncps.
        doc: What it draws and when to take it, in a sentence or two.
        reference: Source of the rule.
        sizes: Its numbers.
        seed: The seed that ncps takes where none is given.
        refusals: (numbers) -> what keeps numbers from making a wiring that each for itself are fine.
        draw: (numbers, inputs, seed) -> Wiring; the same arguments always give the same one.
    """

    id: str
    title: str
    doc: str
    reference: str
    sizes: tuple[Size, ...]
    seed: int
    refusals: Callable[[Numbers], Iterator[Refusal]]
    draw: Callable[[Numbers, int, int], Wiring]

    def defaults(self) -> dict[str, float]:
        """Every number where nothing is said."""
        return {size.name: size.default for size in self.sizes}

    def require(self, numbers: Numbers) -> None:
        """Refuse numbers that make no wiring.

        Raises:
            InputError: If they make none.
        """
        issues = [Issue(r.size, r.problem, r.remedy) for r in self.refusals(numbers)]
        if issues:
            raise InputError(issues)


def flat_roles(units: int, outputs: int) -> tuple[Role, ...]:
    """Roles without command neurons: what is read out is motor, the rest is inter."""
    return (Role.MOTOR,) * outputs + (Role.INTER,) * (units - outputs)


def too_many_outputs(numbers: Numbers) -> Iterator[Refusal]:
    """Refuse more motor neurons than there are neurons."""
    units, outputs = int(numbers["units"]), int(numbers["output_dim"])
    if outputs > units:
        yield Refusal(
            "output_dim", f"{units} units cannot have {outputs} motor neurons", f"give at most {units}"
        )
