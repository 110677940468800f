"""What an analysis is asked, and the shape of its declaration."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from circuitsim.engine.run import run
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.size import Size
from circuitsim.spec.words import a, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input, Neuron, Output
    from circuitsim.engine.samples import Samples
    from circuitsim.spec.result import Result

    Values = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Which:
    """An element that is chosen by name.

    Attributes:
        name: Identifier in Python and on the command line.
        title: Name for people.
        doc: Meaning, in one sentence.
        among: ``neuron``, ``input`` or ``output``.
        every: What no name means, such as ``all neurons``.
    """

    name: str
    title: str
    doc: str
    among: str
    every: str

    def names(self, circuit: Circuit) -> tuple[str, ...]:
        """What can be chosen."""
        groups: Mapping[str, Sequence[Neuron | Input | Output]] = {
            "neuron": circuit.neurons, "input": circuit.inputs, "output": circuit.outputs,
        }  # fmt: skip
        return tuple(element.name for element in groups[self.among])


Option = Size | Which


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What an analysis looks at.

    Attributes:
        circuit: The circuit; it is not changed.
        values: The options by name, all of them: numbers, or names of elements (empty for every one).
        states: Present states by neuron id; None for the start states.
        t: The present instant.
        inputs: Present values of inputs by id; None for what they are at that instant.
        seen: A run of this circuit that has been recorded; None lets `course` run it.
        report: Called with the fraction done; returns False to cancel.
    """

    circuit: Circuit
    values: Values
    states: Mapping[int, float] | None = None
    t: float = 0.0
    inputs: Mapping[int, float] | None = None
    seen: Samples | None = None
    report: Callable[[float], bool] = field(default=lambda _fraction: True)

    def number(self, name: str) -> float:
        """The option of a name, as a number."""
        value = self.values[name]
        assert isinstance(value, float)  # noqa: S101  (declared as one)
        return value

    def text(self, name: str) -> str:
        """The option of a name, as the name of an element."""
        value = self.values[name]
        assert isinstance(value, str)  # noqa: S101  (declared as one)
        return value

    def course(self, duration: float | None = None) -> Samples:
        """The recorded run, or else one from the start.

        Args:
            duration: Length of the run if it must be run; None or 0 takes that of the circuit.

        Raises:
            RunError: If it diverges, or it is cancelled.
        """
        if self.seen is not None:
            return self.seen
        return run(self.circuit, duration=duration or None, progress=self.report)


@dataclass(frozen=True, slots=True)
class Analysis:
    """One laboratory.

    Attributes:
        id: Name in Python and on the command line.
        title: Name for people.
        doc: What it shows, in one sentence.
        holds: For which kinds it holds, in one sentence.
        avoid: When not to believe it, in one sentence.
        reference: Source of its equations.
        options: What can be chosen.
        run: (question) -> result.
        live: True if it is cheap enough to follow a run.
    """

    id: str
    title: str
    doc: str
    holds: str
    avoid: str
    reference: str
    options: tuple[Option, ...]
    run: Callable[[Question], Result]
    live: bool = False

    def values(self, circuit: Circuit, given: Mapping[str, object]) -> dict[str, float | str]:
        """Every option by name: what is given, and defaults.

        Raises:
            InputError: If something is given that does not exist or makes no sense.
        """
        known = {option.name: option for option in self.options}
        for name in given:
            if name not in known:
                close = get_close_matches(name, known, n=1)
                able = f"use one of: {', '.join(known)}" if known else "leave it out"
                raise InputError(
                    Issue(
                        self.id, f"it has no option {name!r}", f"did you mean {close[0]}" if close else able
                    )
                )
        return {name: _value(option, circuit, given.get(name)) for name, option in known.items()}


def _value(option: Option, circuit: Circuit, given: object) -> float | str:
    if isinstance(option, Size):
        return option.default if given is None else option.number(given)
    if given is None or given == "":
        return ""
    names = option.names(circuit)
    if given not in names:
        remedy = f"use one of: {listed(names)}" if names else f"add {a(option.among)} first"
        raise InputError(Issue(option.name, f"there is no {option.among} {given!r}", remedy))
    return str(given)
