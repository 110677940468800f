"""Plan a whole network by a few numbers: a family, a wiring where it needs one, and a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.families import families
from circuitsim.circuit.wirings import wirings
from circuitsim.circuit.wirings._declare import SEEDS
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.size import numbers_of, whole
from circuitsim.spec.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.families import Family
    from circuitsim.circuit.wirings import Wiring, WiringKind
    from circuitsim.spec.size import Numbers, Size

MOST_SYNAPSES = 30_000  # beyond which a drawing shows nothing and every edit waits
SEED = whole(
    "seed", "seed", 0, 0, SEEDS, "Of the wiring and of the numbers; the same one gives the same network."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a network is going to be, except for its numbers.

    Attributes:
        family: What its neurons are.
        wiring: Who is connected to whom; None for families without wiring.
    """

    family: Family
    wiring: WiringKind | None

    @property
    def sizes(self) -> tuple[Size, ...]:
        """All numbers that can be said, but for the seed; those of the wiring first."""
        return (*(self.wiring.sizes if self.wiring else ()), *self.family.sizes)

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.family.title}, {self.wiring.title}" if self.wiring else self.family.title

    @property
    def seed(self) -> int:
        """The seed where none is given: that of ncps for a wiring."""
        return self.wiring.seed if self.wiring else 0

    def numbers(self, given: Mapping[str, object]) -> dict[str, float]:
        """Every number by name, those that are not given as declared.

        Raises:
            InputError: If one does not exist or makes no sense.
        """
        return numbers_of(self.wiring.title if self.wiring else self.family.title, self.sizes, given)

    def drawn(self, numbers: Numbers, seed: int) -> Wiring | None:
        """The wiring.

        Raises:
            InputError: If the numbers make none, or more synapses than a drawing can hold.
        """
        if self.wiring is None:
            return None
        self.wiring.require(numbers)
        wiring = self.wiring.draw(numbers, int(numbers["inputs"]), int(SEED.number(seed)))
        synapses = int(abs(wiring.adjacency).sum() + abs(wiring.sensory).sum())
        if self.family.id == "ltc" and synapses > MOST_SYNAPSES:
            name = self.wiring.sizes[0].name
            problem = f"it would have {counted(synapses, 'synapse')}, and a circuit takes {MOST_SYNAPSES}"
            raise InputError(Issue(name, problem, "give fewer neurons or inputs, or more sparsity"))
        return wiring

    def build(self, numbers: Numbers, seed: int, unit_system: str = "liquid") -> Circuit:
        """The network as a circuit of its own, laid out in layers.

        Raises:
            InputError: If the numbers make none, or its numbers have no meaning in the unit system.
        """
        return self.built(numbers, seed, unit_system).circuit

    def built(self, numbers: Numbers, seed: int, unit_system: str = "liquid") -> Built:
        """The same with what can be told of it.

        Raises:
            InputError: As `build`.
        """
        if self.family.pure and unit_system != "liquid":
            remedy = "insert it into a circuit with liquid units"
            raise InputError(Issue("", f"numbers of {self.family.title} are pure, without mV and ms", remedy))
        wiring = self.drawn(numbers, seed)
        circuit = self.family.build(numbers, wiring, int(SEED.number(seed)), unit_system)
        return Built(circuit, self.family.count(numbers, wiring))


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A network that was built.

    Attributes:
        circuit: The network as a circuit of its own.
        trained: How many numbers training would find.
    """

    circuit: Circuit
    trained: int


def plan_of(name: str, family: str | None = None) -> Plan:
    """The plan of a wiring with a family over it, or of a family without wiring.

    Args:
        name: Id of a wiring, or of a family that needs none.
        family: Id of the family over a wiring; None for LTC neurons.

    Raises:
        InputError: If there is no such wiring or family, or the two do not fit.
    """
    wired = {i: f for i, f in families().items() if f.wired}
    dense = {i: f for i, f in families().items() if not f.wired}
    if name in dense and family in (None, name):
        return Plan(dense[name], None)
    if name not in wirings():
        known = listed([*wirings(), *dense])
        problem = f"{dense[name].title} has no family" if name in dense else f"there is no wiring {name!r}"
        raise InputError(
            Issue("the network", problem, "leave it out" if name in dense else f"use one of: {known}")
        )
    chosen = "ltc" if family is None else family
    if chosen not in wired:
        raise InputError(
            Issue(
                "the network",
                f"there is no family {chosen!r} over a wiring",
                f"use one of: {', '.join(wired)}",
            )
        )
    return Plan(wired[chosen], wirings()[name])
