"""The things a circuit is drawn of; all are immutable and replaced as a whole by edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

from circuitsim.spec.curve import Knots
from circuitsim.spec.precision import DOUBLE

Point = tuple[float, float]
Parameters = Mapping[str, float]
Drawn = Knots | None  # what draws a curve, where there is one

DOCUMENT_ID = 0  # the element that holds what belongs to the circuit as a whole


class Role(StrEnum):
    """The place of a neuron between stimulus and action."""

    SENSORY = "sensory"
    INTER = "inter"
    COMMAND = "command"
    MOTOR = "motor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the circuit is simulated; None means: as proposed for this circuit.

    Attributes:
        solver: Id of the solver.
        dt: Solver step, in the circuit's unit of time.
        duration: Length of a headless run, in the circuit's unit of time.
        seed: Seed of everything random.
        speed: Model time per second of wall time in the window.
        parameters: Numbers of solvers, by name; those that are not named have the default of the solver.
        precision: ``double``, or ``single`` for the sums of chemical synapses in half the digits.
    """

    solver: str | None = None
    dt: float | None = None
    duration: float | None = None
    seed: int = 0
    speed: float | None = None
    parameters: Parameters = field(default_factory=dict)
    precision: str = DOUBLE


@dataclass(frozen=True, slots=True)
class Pin:
    """A parameter that has a slider on the canvas.

    Attributes:
        element: Id of the neuron, synapse or input.
        parameter: Name of its parameter.
    """

    element: int
    parameter: str


LANE_VARIABLES = ("v", "tau", "vinf", "clamp", "gate", "input", "output", "difference")


@dataclass(frozen=True, slots=True)
class ScopeLane:
    """One lane of the scope.

    Attributes:
        variable: What it shows, one of `LANE_VARIABLES`.
        elements: Ids of what it shows; empty means every traced neuron, every input or every output.
    """

    variable: str
    elements: tuple[int, ...] = ()


USUAL_LANES = (ScopeLane("v"), ScopeLane("tau"), ScopeLane("input"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What belongs to the circuit as a whole.

    Attributes:
        title: Name for people.
        unit_system: ``liquid`` or ``physiological``.
        settings: How it is simulated.
        traced: Ids of the neurons shown in the scope, in the order of the numbers of their traces.
        numbers: Those numbers, which also choose the colours; empty where they count from 1 without a gap.
        lanes: Lanes of the scope, from top to bottom.
        pins: Sliders on the canvas, from top to bottom.
    """

    id: int = DOCUMENT_ID
    title: str = ""
    unit_system: str = "liquid"
    settings: Settings = field(default_factory=Settings)
    traced: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    lanes: tuple[ScopeLane, ...] = USUAL_LANES
    pins: tuple[Pin, ...] = ()

    @property
    def trace_numbers(self) -> dict[int, int]:
        """The number of each trace, from 1, by the id of its neuron."""
        return dict(zip(self.traced, self.numbers or range(1, len(self.traced) + 1), strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Neuron:
    """A neuron: kind, parameters and start state.

    Attributes:
        id: Number that never changes.
        name: Identifier, unique among neurons, inputs and outputs.
        label: Free text for people; empty means the name.
        kind: Id of the neuron kind.
        role: Place between stimulus and action.
        parameters: Every parameter of the kind, by name.
        start: State at time 0.
        position: Centre on the canvas, in canvas units.
        muted: True if it is lesioned: it neither sends nor receives.
    """

    id: int
    name: str
    label: str = ""
    kind: str
    role: Role = Role.INTER
    parameters: Parameters
    start: float = 0.0
    position: Point = (0.0, 0.0)
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Synapse:
    """A connection from a neuron or an input to a neuron.

    Made of names and values everywhere but where very many are made: without the names that takes half as long.

    Attributes:
        id: Number that never changes; synapses of a neuron are summed in this order.
        kind: Id of the synapse kind.
        pre: Id of the presynaptic neuron or of the input.
        post: Id of the postsynaptic neuron.
        parameters: Every parameter of the kind, by name.
        label: Free text, for instance the number of contacts.
        knots: What draws its curve, if its kind has one.
        muted: True if it is lesioned: nothing passes through it.
    """

    id: int
    kind: str
    pre: int
    post: int
    parameters: Parameters
    label: str = ""
    knots: Drawn = None
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Values at times, for inputs that follow a recording.

    Attributes:
        times: Strictly increasing.
        values: One per time.
    """

    times: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A source of stimulation; synapses carry it to neurons, and networks read it.

    Both are sent gain times its value plus an offset, as ncps maps its inputs. Its own value is what is recorded and
    shown; a network applies the gain and offset of its `Reading` to what it is sent.

    Attributes:
        id: Number that never changes.
        name: Identifier, unique among neurons, inputs and outputs.
        label: Free text for people; empty means the name.
        stimulus: Id of the stimulus kind.
        parameters: Every parameter of the stimulus, by name.
        table: Times and values, for stimuli that read one.
        gain: Factor of what is sent.
        offset: Summand of what is sent.
        key: Key that presses, steps or switches it in the window; empty for none.
        position: Centre on the canvas.
    """

    id: int
    name: str
    label: str = ""
    stimulus: str
    parameters: Parameters
    table: Table | None = None
    gain: float = 1.0
    offset: float = 0.0
    key: str = ""
    position: Point = (0.0, 0.0)

    def sent(self, value: float) -> float:
        """What synapses and networks are sent when it has a value."""
        return self.gain * value + self.offset


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers in rows, kept as they stand in memory, so that two of them are compared and copied at once.

    Attributes:
        shape: Rows and columns, or the length of a vector.
        data: float64, little end first, row after row.
    """

    shape: tuple[int, ...]
    data: bytes

    @property
    def values(self) -> NDArray[np.float64]:
        """float64[shape], not to be written to."""
        import numpy as np

        result: NDArray[np.float64] = np.frombuffer(self.data, dtype="<f8").reshape(self.shape)
        return result

    @staticmethod
    def of(values: ArrayLike) -> Matrix:
        """A copy of an array."""
        import numpy as np

        array = np.ascontiguousarray(values, dtype="<f8")
        return Matrix(tuple(array.shape), array.tobytes())


NOTHING = 0  # the source of a column that reads 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network with memory reads in one column: gain times a value plus an offset.

    The value is the state of a neuron, or what an input sends.

    Attributes:
        source: Id of an input or neuron; `NOTHING` reads 0.
        gain: Factor.
        offset: Summand.
    """

    source: int = NOTHING
    gain: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A discrete network with memory; its units are neurons of the kind ``unit``, whose start states are its own.

    Attributes:
        id: Number that never changes.
        name: Identifier, unique among neurons, inputs, outputs and networks.
        label: Free text for people; empty means the name.
        kind: Id of the kind of network.
        parameters: Every parameter of the kind, by name.
        reads: What its columns read, in their order.
        units: Ids of its units, in the order of the states.
        arrays: Its weights, by the names that they have in ncps.
        memory: Memory of a network with mixed memory at time 0; empty means zeros.
        position: Centre of its block on the canvas.
    """

    id: int
    name: str
    label: str = ""
    kind: str
    parameters: Parameters
    reads: tuple[Reading, ...] = ()
    units: tuple[int, ...] = ()
    arrays: Mapping[str, Matrix] = field(default_factory=dict)
    memory: tuple[float, ...] = ()
    position: Point = (0.0, 0.0)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes of its arrays, by name."""
        return {name: array.shape for name, array in self.arrays.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A read-out: gain times the state of a neuron, or times a row of the projection of a network, plus an offset.

    Attributes:
        id: Number that never changes.
        name: Identifier, unique among neurons, inputs and outputs.
        label: Free text for people; empty means the name.
        source: Id of the neuron or network it reads.
        row: Which row of the projection of a network it reads, from 0.
        gain: Factor.
        offset: Summand.
        position: Centre on the canvas.
    """

    id: int
    name: str
    label: str = ""
    source: int
    row: int = 0
    gain: float = 1.0
    offset: float = 0.0
    position: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text on the canvas.

    Attributes:
        id: Number that never changes.
        title: First line, set in bold; may be empty.
        text: The rest.
        position: Upper left corner on the canvas.
        size: Width and height, in canvas units.
    """

    id: int
    title: str = ""
    text: str = ""
    position: Point = (0.0, 0.0)
    size: Point = (256.0, 96.0)


Element = Document | Neuron | Synapse | Input | Cell | Output | Note
Named = Neuron | Input | Cell | Output
Placed = Neuron | Input | Cell | Output | Note
Tunable = Neuron | Synapse | Input | Cell  # what has parameters
