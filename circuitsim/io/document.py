"""What stands in a circuit file, as structures; the JSON Schema is made from them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from circuitsim.circuit.elements import USUAL_LANES
from circuitsim.circuit.validate import LARGEST
from circuitsim.spec.curve import LEAST, MOST

# Limits in `extra_json_schema` are for the schema alone: `circuit.validate` holds them, with sentences of its own.
Quantity = Annotated[float, Meta(extra_json_schema={"minimum": -LARGEST, "maximum": LARGEST})]
Positive = Annotated[float, Meta(extra_json_schema={"exclusiveMinimum": 0, "maximum": LARGEST})]

Id = Annotated[int, Meta(ge=1, lt=2**53, description="Number that never changes; unique in the circuit.")]
Name = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z_][A-Za-z0-9_]*$",
        description="Identifier; unique among neurons, inputs and outputs.",
    ),
]
Label = Annotated[str, Meta(description="Free text for people; empty means the name.")]
Pair = Annotated[tuple[Quantity, Quantity], Meta(description="x and y on the canvas, y downwards.")]
Parameters = Annotated[
    dict[str, float | str],
    Meta(description="Every parameter of the kind, by name; a choice is written as its name."),
]


class FileSettings(Struct, forbid_unknown_fields=True, kw_only=True):
    """How the circuit is simulated; null means: as proposed for this circuit."""

    solver: str | None = None
    dt: Positive | None = None
    duration: Positive | None = None
    seed: Annotated[int, Meta(ge=0, extra_json_schema={"maximum": 2**63 - 1})] = 0
    speed: Positive | None = None
    parameters: Annotated[
        dict[str, float] | UnsetType,
        Meta(description="Numbers of solvers by name. Left out where all have their defaults."),
    ] = UNSET
    precision: Annotated[
        str | UnsetType,
        Meta(description="Of the sums of chemical synapses; left out for double precision."),
    ] = UNSET


class FileNeuron(Struct, forbid_unknown_fields=True, kw_only=True):
    """A neuron."""

    id: Id
    name: Name
    label: Label = ""
    kind: Annotated[str, Meta(description="Id of the neuron kind.")]
    role: Literal["sensory", "inter", "command", "motor"] = "inter"
    start: Annotated[Quantity, Meta(description="State at time 0.")] = 0.0
    position: Pair = (0.0, 0.0)
    parameters: Parameters
    muted: Annotated[
        bool | UnsetType,
        Meta(description="Whether it is lesioned: it neither sends nor receives; left out if not."),
    ] = UNSET


class FileKnots(Struct, forbid_unknown_fields=True, kw_only=True):
    """Points through which a curve goes."""

    x: Annotated[
        list[Quantity],
        Meta(description="Increasing.", extra_json_schema={"minItems": LEAST, "maxItems": MOST}),
    ]
    y: Annotated[
        list[Quantity],
        Meta(description="One per x.", extra_json_schema={"minItems": LEAST, "maxItems": MOST}),
    ]


class FileSynapse(Struct, forbid_unknown_fields=True, kw_only=True):
    """A synapse from a neuron or an input to a neuron."""

    id: Id
    kind: Annotated[str, Meta(description="Id of the synapse kind.")]
    pre: Annotated[str, Meta(description="Name of the presynaptic neuron or input.")] = field(name="from")
    post: Annotated[str, Meta(description="Name of the postsynaptic neuron.")] = field(name="to")
    label: str = ""
    parameters: Parameters
    knots: Annotated[
        FileKnots | UnsetType, Meta(description="What draws its curve, if its kind has one; else left out.")
    ] = UNSET
    muted: Annotated[
        bool | UnsetType,
        Meta(description="Whether it is lesioned: nothing passes through it; left out if not."),
    ] = UNSET


class FileTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """Values at times."""

    times: Annotated[list[Quantity], Meta(description="Increasing.", extra_json_schema={"minItems": 1})]
    values: Annotated[list[Quantity], Meta(description="One per time.", extra_json_schema={"minItems": 1})]


class FileInput(Struct, forbid_unknown_fields=True, kw_only=True):
    """A source of stimulation."""

    id: Id
    name: Name
    label: Label = ""
    stimulus: Annotated[str, Meta(description="Id of the stimulus kind.")]
    gain: Annotated[
        Quantity | UnsetType,
        Meta(
            description="Synapses and networks are sent gain times its value plus an offset. Left out if 1."
        ),
    ] = UNSET
    offset: Annotated[Quantity | UnsetType, Meta(description="Added to what is sent. Left out if 0.")] = UNSET
    key: Annotated[
        str, Meta(description="Key that presses, steps or switches it in the window; empty for none.")
    ] = ""
    position: Pair = (0.0, 0.0)
    parameters: Parameters
    table: FileTable | None = None


class FileReading(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a network reads in one column: gain times a value plus an offset."""

    source: Annotated[
        str, Meta(description="Name of the input or neuron that is read; empty for nothing, which is 0.")
    ] = field(name="from", default="")
    gain: Quantity = 1.0
    offset: Quantity = 0.0


TYPES = {"float32": "<f4", "float64": "<f8"}  # of the numbers of an array


class FileArray(Struct, forbid_unknown_fields=True, kw_only=True):
    """Numbers as they stand in memory."""

    shape: Annotated[
        list[Annotated[int, Meta(ge=1)]],
        Meta(description="Rows and columns, or the length of a vector."),
    ]
    dtype: Annotated[
        Literal["float32", "float64"], Meta(description="IEEE 754 numbers of 4 or 8 bytes, little end first.")
    ]
    data: Annotated[str, Meta(description="The numbers row after row, in Base64 (RFC 4648).")]


class FileCell(Struct, forbid_unknown_fields=True, kw_only=True):
    """A discrete network with memory; its units stand among the neurons, with the kind unit."""

    id: Id
    name: Name
    label: Label = ""
    kind: Annotated[str, Meta(description="Id of the kind of network.")]
    position: Pair = (0.0, 0.0)
    parameters: Parameters
    reads: Annotated[list[FileReading], Meta(description="What its columns read, in their order.")]
    units: Annotated[list[str], Meta(description="Names of its units, in the order of the states.")]
    memory: Annotated[
        list[Quantity], Meta(description="Memory at time 0, if it has mixed memory; empty for zeros.")
    ] = field(default_factory=list)
    arrays: Annotated[
        dict[str, FileArray | list[float | list[float]]],
        Meta(description="Weights by their names in ncps: as numbers, row by row, or in Base64."),
    ]


class FileOutput(Struct, forbid_unknown_fields=True, kw_only=True):
    """A read-out: gain times the state of a neuron, or times a row of the projection of a network, plus an offset."""

    id: Id
    name: Name
    label: Label = ""
    source: Annotated[str, Meta(description="Name of the neuron or network that is read.")] = field(
        name="from"
    )
    row: Annotated[
        Annotated[int, Meta(ge=0, lt=2**31)] | UnsetType,
        Meta(description="Row of the projection of a network, from 0. Left out for a neuron."),
    ] = UNSET
    gain: Quantity = 1.0
    offset: Quantity = 0.0
    position: Pair = (0.0, 0.0)


class FileNote(Struct, forbid_unknown_fields=True, kw_only=True):
    """A text on the canvas."""

    id: Id
    title: str = ""
    text: str = ""
    position: Pair = (0.0, 0.0)
    size: Annotated[tuple[Positive, Positive], Meta(description="Width and height.")] = (256.0, 96.0)


class FileLane(Struct, forbid_unknown_fields=True, kw_only=True):
    """A lane of the scope."""

    variable: Annotated[str, Meta(description="What it shows.")]
    elements: Annotated[
        list[str],
        Meta(description="Names of what it shows; empty for every traced neuron, input or output."),
    ] = field(default_factory=list)


class FilePin(Struct, forbid_unknown_fields=True, kw_only=True):
    """A parameter with a slider on the canvas."""

    element: Annotated[int, Meta(ge=1, description="Id of the neuron, synapse or input.")]
    parameter: Annotated[str, Meta(description="Name of its parameter.")]


def _usual_lanes() -> list[FileLane]:
    return [FileLane(variable=lane.variable) for lane in USUAL_LANES]


class FileDocument(Struct, forbid_unknown_fields=True, kw_only=True):
    """A circuit of circuitsim."""

    format: Literal["circuitsim"]
    version: Annotated[int, Meta(ge=1, description="Version of this format.")]
    title: str = ""
    unit_system: Literal["liquid", "physiological"] = "liquid"
    units: Annotated[
        dict[str, str] | None,
        Meta(description="Unit of each dimension, for the reader; must be that of the unit system."),
    ] = None
    settings: FileSettings = field(default_factory=FileSettings)
    traced: Annotated[
        list[str],
        Meta(
            description="Names of the neurons that the scope shows.",
            extra_json_schema={"uniqueItems": True},
        ),
    ] = field(default_factory=list)
    trace_numbers: Annotated[
        list[Annotated[int, Meta(ge=1, lt=2**31)]] | UnsetType,
        Meta(
            description="Number of each trace, which chooses its colour; increasing. Left out if they count from 1.",
            extra_json_schema={"uniqueItems": True},
        ),
    ] = UNSET
    lanes: Annotated[list[FileLane], Meta(description="Lanes of the scope, from top to bottom.")] = field(
        default_factory=_usual_lanes
    )
    pins: Annotated[list[FilePin], Meta(description="Sliders on the canvas.")] = field(default_factory=list)
    neurons: list[FileNeuron] = field(default_factory=list)
    synapses: list[FileSynapse] = field(default_factory=list)
    inputs: list[FileInput] = field(default_factory=list)
    networks: Annotated[
        list[FileCell] | UnsetType,
        Meta(description="Discrete networks with memory. Left out if there are none."),
    ] = UNSET
    outputs: list[FileOutput] = field(default_factory=list)
    notes: list[FileNote] = field(default_factory=list)
