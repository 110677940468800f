"""What an analysis is asked, and the shape of its declaration."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from circuitsim.engine.proposal import propose
from circuitsim.engine.run import run
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.result import Result
from circuitsim.spec.size import Size
from circuitsim.spec.words import a, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input, Neuron, Output
    from circuitsim.engine.samples import Samples

    Values = Mapping[str, float | str]

T = TypeVar("T")
LEAST, MOST = 1_000, 20_000  # steps of a run that nobody said how long it should be
WORK = 40_000_000  # steps times synapses of such a run
ROWS = 5_000  # of a run, from which on not every step is a row


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
        beside: The run of a twin beside it, as `Analysis.twin` asks; None where none was recorded.
        report: Called with the fraction done; returns False to cancel.
    """

    circuit: Circuit
    values: Values
    states: Mapping[int, float] | None = None
    t: float = 0.0
    inputs: Mapping[int, float] | None = None
    seen: Samples | None = None
    beside: Samples | None = None
    report: Callable[[float], bool] = field(default=lambda _fraction: True)
    _made: dict[object, Any] = field(default_factory=dict)

    def once(self, make: Callable[[Question], T]) -> T:
        """What several parts of an analysis need: made for the first one that asks."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

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
            duration: Length of the run if it must be run; None or 0 takes that of the circuit, as far as that takes a moment.

        Raises:
            RunError: If it diverges, or it is cancelled.
        """
        return self.seen if self.seen is not None else self.course_of(self.circuit, duration)

    def course_of(self, circuit: Circuit, duration: float | None = None, begin: float = 0.0) -> Samples:
        """A run of this circuit, or of one like it, from the start, or from another instant."""
        plan = propose(circuit)
        steps = min(MOST, max(LEAST, WORK // max(1, len(circuit.synapses))))
        span = duration or min(plan.duration, steps * plan.dt)
        every = plan.dt * max(1, round(span / plan.dt / ROWS))
        return run(circuit, duration=span, dt=plan.dt, every=every, progress=self.report, begin=begin)


def never(_values: Values) -> bool:
    """What does not depend on the present instant."""
    return False


def always(_values: Values) -> bool:
    """What does, whatever is chosen."""
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """A share of what an analysis finds.

    Attributes:
        run: (question) -> result.
        follows: (options) -> whether it depends on the present instant of a run, and is taken anew as the run goes on where
            that is cheap.
        dated: (options) -> whether it is about the instant at which it was asked, and is taken anew as the run goes on only
            by a button.
    """

    run: Callable[[Question], Result]
    follows: Callable[[Values], bool] = never
    dated: Callable[[Values], bool] = never


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
        parts: What makes the result, in this order.
        twin: Name of the option that says how far the inputs of a twin beside a run are moved; none if it needs no twin.
    """

    id: str
    title: str
    doc: str
    holds: str
    avoid: str
    reference: str
    options: tuple[Option, ...]
    parts: tuple[Part, ...]
    twin: str = ""

    def run(self, question: Question) -> Result:
        """The whole result.

        Raises:
            InputError: If it cannot be applied to the circuit.
            RunError: If a state diverges, or it is cancelled.
        """
        return joined([part.run(question) for part in self.parts])

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


def joined(results: Sequence[Result]) -> Result:
    """One result of several parts."""
    return Result(
        tuple(finding for result in results for finding in result.findings),
        tuple(piece for result in results for piece in result.pieces),
        {name: value for result in results for name, value in result.values.items()},
    )


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
