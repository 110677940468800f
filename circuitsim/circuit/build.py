"""Build circuits in Python: complete elements from names and a few numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Input, Neuron, Note, Output, Role, Synapse, Table
from circuitsim.spec.curve import Knots
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import a, inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Point
    from circuitsim.spec.kind import Declaration


def new_neuron(
    circuit: Circuit,
    name: str,
    kind: str = "ltc",
    *,
    role: Role | str = Role.INTER,
    start: float | None = None,
    position: Point = (0.0, 0.0),
    label: str = "",
    **parameters: float | str,
) -> Neuron:
    """A neuron with a fresh id and the defaults of its kind where no number is given.

    Raises:
        InputError: If the kind, the role or a parameter does not exist.
    """
    where = f"neuron {name}"
    numbers = filled(where, circuit.kinds.all_neurons, kind, circuit.document.unit_system, parameters)
    if start is None:
        start = numbers.get("leak_potential", 0.0)
    if role not in list(Role):
        raise InputError(Issue(where, f"there is no role {role!r}", f"use one of: {', '.join(Role)}"))
    return Neuron(
        id=circuit.new_id(), name=name, label=label, kind=kind, role=Role(role), parameters=numbers,
        start=_number(where, "start state", start), position=position,
    )  # fmt: skip


def new_synapse(
    circuit: Circuit,
    pre: int,
    post: int,
    kind: str = "chemical",
    *,
    label: str = "",
    knots: Knots | tuple[Iterable[float], Iterable[float]] | None = None,
    **parameters: float | str,
) -> Synapse:
    """A synapse with a fresh id and the defaults of its kind where no number is given.

    Raises:
        InputError: If the kind or a parameter does not exist.
    """
    system = circuit.document.unit_system
    numbers = filled("synapse", circuit.kinds.synapses, kind, system, parameters)
    curve = circuit.kinds.synapses[kind].curve
    if knots is None and curve is not None:
        knots = curve.default(system)
    given = knots if knots is None or isinstance(knots, Knots) else _knots(knots)
    return Synapse(
        id=circuit.new_id(), kind=kind, pre=pre, post=post, parameters=numbers, label=label, knots=given
    )


def new_input(
    circuit: Circuit,
    name: str,
    stimulus: str = "constant",
    *,
    table: Table | None = None,
    gain: float = 1.0,
    offset: float | None = None,
    key: str = "",
    position: Point = (0.0, 0.0),
    label: str = "",
    **parameters: float | str,
) -> Input:
    """An input with a fresh id and the defaults of its stimulus where no number is given.

    A stimulus that has an offset of its own, as a sine has, takes the one that is given.

    Raises:
        InputError: If the stimulus or a parameter does not exist.
    """
    where = f"input {name}"
    kind = circuit.kinds.stimuli.get(stimulus)
    if offset is not None and kind is not None and kind.parameter("offset"):
        parameters, offset = {**parameters, "offset": offset}, None
    numbers = filled(where, circuit.kinds.stimuli, stimulus, circuit.document.unit_system, parameters)
    return Input(
        id=circuit.new_id(), name=name, label=label, stimulus=stimulus, parameters=numbers, table=table,
        gain=_number(where, "gain", gain), offset=_number(where, "offset", offset or 0.0), key=key, position=position,
    )  # fmt: skip


def new_output(
    circuit: Circuit,
    name: str,
    source: int,
    gain: float = 1.0,
    offset: float = 0.0,
    position: Point = (0.0, 0.0),
    row: int = 0,
) -> Output:
    """An output with a fresh id."""
    return Output(
        id=circuit.new_id(), name=name, source=source, row=row, gain=gain, offset=offset, position=position
    )


def new_note(circuit: Circuit, title: str, text: str, position: Point, size: Point = (256.0, 96.0)) -> Note:
    """A note with a fresh id."""
    return Note(id=circuit.new_id(), title=title, text=text, position=position, size=size)


def filled(
    where: str,
    table: Mapping[str, Declaration],
    kind: str,
    unit_system: str,
    given: Mapping[str, float | str],
) -> dict[str, float]:
    """Every parameter of a kind: what is given, and defaults.

    Raises:
        InputError: If the kind or a parameter does not exist.
    """
    declaration = table.get(kind)
    if declaration is None:
        raise InputError(Issue(where, f"there is no kind {kind!r}", f"use one of: {', '.join(table)}"))
    result = declaration.defaults(unit_system)
    for name, value in given.items():
        parameter = declaration.parameter(name)
        if parameter is None:
            known = ", ".join(result) or "none"
            raise InputError(
                Issue(
                    where, f"{a(inside(declaration.title))} has no parameter {name!r}", f"use one of: {known}"
                )
            )
        if isinstance(value, str) and parameter.choices:
            if value not in parameter.choices:
                raise InputError(
                    Issue(
                        where,
                        f"{parameter.title} cannot be {value!r}",
                        f"use one of: {', '.join(parameter.choices)}",
                    )
                )
            result[name] = float(parameter.choices.index(value))
        else:
            result[name] = _number(where, parameter.title, value)
    return result


def _knots(given: object) -> Knots:
    try:
        x, y = (tuple(map(float, side)) for side in given)  # type: ignore[attr-defined]  # what is no pair is refused
        return Knots(x, y)
    except (TypeError, ValueError):
        problem = f"{type(given).__name__} is not a pair of x and y of knots"
        raise InputError(Issue("synapse", problem, "give two lists of numbers")) from None


def _number(where: str, title: str, value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]  # what is no number is refused
    except (TypeError, ValueError):
        raise InputError(Issue(where, f"{title} cannot be {value!r}", "give a number")) from None
