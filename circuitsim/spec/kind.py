"""The shapes of declarations: neuron kind, synapse kind, stimulus kind, solver.

A kind is data plus plain functions. The functions have the signatures of `dynamics/signatures.py`
and are compiled on first use by `dynamics/build.py`, so that listing kinds never touches numba.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from circuitsim.spec.words import a, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from circuitsim.spec.curve import Curve
    from circuitsim.spec.gate import Gate
    from circuitsim.spec.model import Model
    from circuitsim.spec.parameter import Parameter
    from circuitsim.spec.precision import Single
    from circuitsim.spec.unit import Dimension

    Shape = tuple[int, ...]

    Function = Callable[..., Any]


class Channel(IntEnum):
    """What synapses and inputs add to per neuron before any neuron is asked."""

    CONDUCTANCE = 0
    WEIGHTED_REVERSAL = 1
    DRIVE = 2
    CURRENT = 3


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign of an equation stands for that is no parameter.

    Attributes:
        symbol: The sign, in the notation of equations.
        meaning: What it stands for, as a clause.
        dimension: What it measures; None if that depends or it is no quantity.
    """

    symbol: str
    meaning: str
    dimension: Dimension | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What every kind declares.

    Attributes:
        id: Name in files.
        title: Name for people.
        doc: What it is and when to use it, in a sentence or two.
        avoid: When not to use it, in one sentence.
        equation: The equation, in the notation that `spec/notation.py` describes.
        reference: Source of the equation (paper and number).
        parameters: Its numbers; row k of a kernel's parameter block is parameters[k].
        signs: What stands in its equation besides parameters and what its family shares (`dynamics/signs.py`).
        plain: Names of its parameters, in their order, if all are numbers; None if one is a choice.
    """

    id: str
    title: str
    doc: str
    avoid: str
    equation: str
    reference: str
    parameters: tuple[Parameter, ...]
    signs: tuple[Sign, ...] = field(default=(), kw_only=True)
    plain: AbstractSet[str] | None = field(init=False, repr=False, compare=False)
    _named: dict[str, Parameter] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """File the parameters by name: they are asked for once for every synapse of a circuit."""
        object.__setattr__(self, "_named", {p.name: p for p in self.parameters})
        choosing = any(p.choices for p in self.parameters)
        object.__setattr__(self, "plain", None if choosing else self._named.keys())

    @property
    def absent(self) -> dict[str, float]:
        """What files mean that do not name a number, by the names of those that may be left out."""
        return {p.name: p.absent for p in self.parameters if p.absent is not None}

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of a name, or None."""
        return self._named.get(name)

    def defaults(self, unit_system: str = "liquid") -> dict[str, float]:
        """Default of every parameter in a unit system."""
        return {p.name: p.range(unit_system).default for p in self.parameters}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuronKind(Declaration):
    """What every neuron declares; it is either a `ContinuousKind` or a `MemorylessKind`.

    Attributes:
        accepts: Synapse kinds that may end here.
        state: Name of the state for people.
        pack: numpy, (float64[P, n]) -> float64[R, n]: parameters to the rows the kernel reads.
        bounds: numpy, (Surroundings) -> Bounds: invariant interval of state and band of tau.
        approximates: What its state only approximates, in a clause that stands beside it; empty if it is exact.
        nonlinearity: (parameters by name) -> Nonlinearity: what it makes of the sum of drive and current; None if all that
            arrives acts for itself.
    """

    accepts: frozenset[str]
    pack: Function
    bounds: Function
    state: str = "membrane potential"
    approximates: str = ""
    nonlinearity: Function | None = None

    @property
    def starts(self) -> bool:
        """Whether a start state means anything to it."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuousKind(NeuronKind):
    """A neuron whose state obeys dx/dt = b - lambda x; then tau = 1/lambda and x_inf = b/lambda.

    Attributes:
        rates: Kernel RATES.
        partials: Kernel PARTIALS: the derivatives of what `rates` says.
        capacitance: Parameter that says how much charge its membrane takes; empty if it has no membrane.
    """

    rates: Function
    partials: Function
    capacitance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorylessKind(NeuronKind):
    """A neuron whose output follows at once from what arrives, and from the time of the run.

    Solvers do not see it: it is evaluated with every right-hand side, after those that it hears.

    Attributes:
        output: Kernel OUTPUT.
        gradient: Kernel GRADIENT: the derivatives of what `output` says.
        from_start: True if its equation contains the start state; that is then the last row of p, after the
            parameters. False if start states mean nothing to it.
    """

    output: Function
    gradient: Function
    from_start: bool = False

    @property
    def starts(self) -> bool:
        """Whether a start state means anything to it."""
        return self.from_start


@dataclass(frozen=True, slots=True)
class SynapseKind(Declaration):
    """A connection that adds to the channels of its postsynaptic neuron.

    Attributes:
        sources: Where it may begin: ``neuron``, ``input`` or both.
        mutual: True if it acts in both directions (gap junction).
        strength: Name of the parameter that says how strong it is.
        pack: numpy, (float64[P, s]) -> float64[Q, s]: parameters to the rows the kernel reads;
            a row of zeros must add nothing (padding). The knots of a curve are the last rows of P.
        accumulate: Kernel ACCUMULATE.
        slopes: Kernel SLOPES: the derivative of what `accumulate` adds.
        current: numpy, (float64[P, s], x_pre[s], x_post[s]) -> float64[s]: what flows into the postsynaptic neuron.
        acting: numpy, (float64[P, s], x_pre[s]) -> float64[s]: what of its strength acts now, in the same unit.
        reach: numpy, (float64[P, s], low[s], high[s]) -> Reach: the most it does for x_pre in [low, high].
        sign: Parameter whose sign tells excitatory from inhibitory; empty for neither.
        junction: True for a gap junction: it joins two different neurons, both of kinds that may receive one.
        curve: The function of the presynaptic value that its knots draw; None if it has none.
        clamp: True if it holds the membrane at the presynaptic value; its current is recorded.
        gate: What of it synapses that begin at one place may share; None if there is no such part.
        single: Its kernels in single precision; None if it is always computed in double.
    """

    sources: frozenset[str]
    mutual: bool
    strength: str
    pack: Function
    accumulate: Function
    slopes: Function
    current: Function
    acting: Function
    reach: Function
    sign: str = ""
    junction: bool = False
    curve: Curve | None = None
    clamp: bool = False
    gate: Gate | None = None
    single: Single | None = None


@dataclass(frozen=True, slots=True)
class StimulusKind(Declaration):
    """The time course of an input.

    Attributes:
        value: Kernel VALUE: the value at a time.
        next_edge: (p, t) -> float: first instant after t that no step may straddle; inf if none.
        interval: (p) -> (low, high): what the value never leaves; infinite if unbounded.
        by_hand: Parameter that a hand moves while it runs; empty if none.
        table: True if it reads times and values that follow its parameters.
        clock: Parameter that says how long a random value is held; then the numbers of `dynamics/noise.py`
            follow its parameters. Empty if nothing in it is random.
        wave: (p) -> float: the time of its shortest wave; None if it never turns between two edges.
        glimpse: (p) -> float: the time that a picture of it shows; None leaves it to edges and frequency.
    """

    value: Function
    next_edge: Function
    interval: Function
    by_hand: str = ""
    table: bool = False
    clock: str = ""
    wave: Function | None = None
    glimpse: Function | None = None


@dataclass(frozen=True, slots=True)
class CellKind(Declaration):
    """A discrete network with memory: it is called at instants and holds its output between calls.

    Its parameters begin with the period and the clock; its matrices are data of the circuit, by the names that they
    have in ncps.

    Attributes:
        short: Title that fits on a block.
        gate: What the ring of a unit shows, for people.
        wired: True if its units form several layers, the last of which is its output.
        forms: The same with the equation and the gate of each value of its parameter ``mode``; empty without one.
        sizes: (shapes by name, inputs, units) -> CellSizes: what the shapes of its arrays say.
        shapes: (CellSizes) -> shapes by name: the arrays that it must have.
        fresh: numpy, (CellSizes, random generator) -> arrays by name: weights as ncps begins with.
        pack: numpy, (parameters, arrays, CellSizes) -> (float64[...], int64[...]): what the kernel reads.
        work: (CellSizes) -> int: numbers that the kernel needs for itself.
        advance: Kernel CELL.
        bounds: numpy, (parameters, arrays, CellSizes) -> (float64[n], float64[n]): what its units never leave.
    """

    short: str
    gate: str
    sizes: Function
    shapes: Function
    fresh: Function
    pack: Function
    work: Function
    advance: Function
    bounds: Function
    wired: bool = False
    forms: tuple[CellKind, ...] = ()

    def form(self, parameters: Mapping[str, float]) -> CellKind:
        """The declaration with the equation and the gate that the mode of a network gives it."""
        return self.forms[int(parameters["mode"])] if self.forms else self


@dataclass(frozen=True, slots=True)
class SolverKind(Declaration):
    """A method of integration that knows no neuron kind.

    Its parameters stand in the first vector of its work.

    Attributes:
        order: Order of convergence.
        explicit: True if a step much larger than the smallest tau makes it explode.
        stages: Evaluations of the right-hand side in a step.
        work: Vectors of the length of the state that a step needs.
        adaptive: True if it chooses its own steps, so that dt is only the time between rows; the first vector of
            its work is then `dynamics.memory`.
        step: Kernel STEP.
        jacobian: True if its step needs the Jacobian: N more rows of work hold it.
        pole: Growth of a state within a step or substep, h times -lambda, from which its step divides by 0 or less and gives
            nonsense; None if it divides by nothing.
        reach: How large h times the slope of f may be where nothing decays, before states can swing for ever: the
            end of the region of stability, or for a stiff method, which has none, what f that saturates was found to
            allow; None if it chooses its steps.
        most: Neurons beyond which it would be too slow; None if the number does not matter.
        calls: True if a step is one call of a discrete cell: it holds inputs as they were at its beginning, and ends
            where a row of a table begins, wherever inputs have edges.
        dt: The step that is proposed, in units of time, where no tables with even rows say another; None if it
            follows from the circuit.
        model: What it reproduces to rounding; None for a method of integration.
        parts: Parameter that says into how many substeps it cuts a step; empty if it takes it whole.
    """

    order: int
    explicit: bool
    stages: int
    work: int
    step: Function
    jacobian: bool = False
    pole: float | None = None
    reach: float | None = None
    most: int | None = None
    adaptive: bool = False
    calls: bool = False
    dt: float | None = None
    model: Model | None = None
    parts: str = ""

    def substeps(self, given: Mapping[str, float]) -> float:
        """Into how many parts it cuts a step, with the parameters that are given."""
        parameter = self.parameter(self.parts)
        return 1.0 if parameter is None else given.get(parameter.name, parameter.liquid.default)

    def numbers(self, given: Mapping[str, float], unit_system: str) -> dict[str, float]:
        """Every parameter by name: what is given of it, else its default."""
        return {name: given.get(name, usual) for name, usual in self.defaults(unit_system).items()}


@dataclass(frozen=True, slots=True)
class Kinds:
    """Everything that is registered, by id.

    Attributes:
        neurons: Kinds of neurons that stand for themselves.
        synapses: Kinds of synapses.
        stimuli: Kinds of inputs.
        solvers: Methods of integration.
        cells: Kinds of networks with memory.
        units: Kinds of neurons that exist only as parts of such a network.
    """

    neurons: Mapping[str, NeuronKind]
    synapses: Mapping[str, SynapseKind]
    stimuli: Mapping[str, StimulusKind]
    solvers: Mapping[str, SolverKind] = field(default_factory=dict)
    cells: Mapping[str, CellKind] = field(default_factory=dict)
    units: Mapping[str, NeuronKind] = field(default_factory=dict)

    @property
    def solver_parameters(self) -> Mapping[str, Parameter]:
        """Parameters of all solvers, by name; those of one name mean the same."""
        return {p.name: p for kind in self.solvers.values() for p in kind.parameters}

    @property
    def all_neurons(self) -> Mapping[str, NeuronKind]:
        """Kinds of neurons, those of units too."""
        return {**self.neurons, **self.units}

    def neuron(self, kind: str) -> NeuronKind:
        """The kind of a neuron or of a unit.

        Raises:
            KeyError: If there is none.
        """
        return self.units[kind] if kind in self.units else self.neurons[kind]

    def synapse_refusal(self, synapse: str, pre: str, post: str) -> str | None:
        """Say why a synapse kind may not join two ends, as a clause, or return None if it may.

        Args:
            synapse: Id of the synapse kind.
            pre: Id of the presynaptic neuron kind, or ``input``.
            post: Id of the postsynaptic neuron kind.
        """
        kind = self.synapses[synapse]
        source = "input" if pre == "input" else "neuron"
        if source not in kind.sources:
            other = "input" if source == "neuron" else "neuron"
            return f"{a(kind.title.lower())} begins at {a(other)}, not at {a(source)}"
        target = self.neuron(post)
        if not target.accepts:
            return f"{a(inside(target.title))} receives no synapse: its network computes it"
        if synapse not in target.accepts:
            allowed = ", ".join(self.synapses[s].title.lower() for s in sorted(target.accepts))
            return f"{a(inside(target.title))} cannot receive {a(kind.title.lower())}, only: {allowed}"
        if kind.junction and synapse not in self.neuron(pre).accepts:
            why = "acts on both ends" if kind.mutual else "compares two membranes"
            return (
                f"{a(kind.title.lower())} {why}, and {a(inside(self.neuron(pre).title))} cannot receive one"
            )
        return None
