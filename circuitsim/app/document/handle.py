"""A parameter in the hand: read, typed, slid, stepped, reset and pinned alike by every view that shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from circuitsim.app.document.names import declaration, lookup
from circuitsim.app.document.quantity import (
    changed,
    from_fraction,
    number,
    quantity,
    read,
    round_step,
    sentence,
    span,
    to_fraction,
)
from circuitsim.circuit.edits import Replace, SetParameter, SetPins
from circuitsim.circuit.elements import Input, Neuron, Pin, Tunable
from circuitsim.circuit.many import with_parameters
from circuitsim.spec.parameter import Range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.app.document.document import Document
    from circuitsim.app.document.expression import Lookup
    from circuitsim.app.document.group import Group
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.parameter import Parameter

RELATIVE = re.compile(r"\s*(?:([*/])=?|([+\-−])=)(?!\*)(.*)", re.DOTALL)
PAUSE = 0.6  # s between two turns of the wheel that are one step of undo
NOTCH = 0.01  # of the slider, per notch of the wheel
NOT_ALLOWED = "the circuit does not allow this value"


@dataclass(frozen=True, slots=True)
class Glance:
    """What a parameter of some elements comes to; found once, since there may be thousands of them.

    Attributes:
        circuit: The circuit.
        edition: Its edition.
        group: The elements.
        elements: Those that have the parameter.
        low: Least value in the circuit; None without elements.
        high: Greatest value.
        changed: Whether one of them is not at the default of its kind.
        hands: Those that a hand may move.
    """

    circuit: Circuit
    edition: int
    group: Group
    elements: tuple[Tunable, ...]
    low: float | None
    high: float | None
    changed: bool
    hands: tuple[Input, ...]


class Handle:
    """One parameter of one or several elements."""

    def __init__(self, group: Group, parameter: Parameter) -> None:
        self._document = group.document
        self._group = group
        self.parameter = parameter
        self._turned = 0.0
        self._seen: Glance | None = None

    def take_up(self, group: Group) -> None:
        """Be about other elements; turning the wheel for them is a new step of undo."""
        self._group, self._turned = group, 0.0

    @property
    def ids(self) -> tuple[int, ...]:
        """Ids of the elements."""
        return self._group.ids

    # reading ------------------------------------------------------------------------------------

    def _glance(self) -> Glance:
        circuit, seen = self._document.circuit, self._seen
        if (
            seen is None
            or seen.circuit is not circuit
            or seen.edition != circuit.edition
            or seen.group is not self._group
        ):
            seen = self._seen = self._look(circuit)
        return seen

    def _look(self, circuit: Circuit) -> Glance:
        name, mine, ends, changed = self.parameter.name, list[Tunable](), list[float](), False
        hands: list[Input] = []
        for some in self._group.of_a_kind:
            if name not in some[0].parameters:
                continue
            mine += some
            if isinstance(some[0], Input):
                hands += [e for e in some if isinstance(e, Input) and self._is_by_hand(e)]
            values = [e.parameters[name] for e in some]
            least, most = min(values), max(values)
            ends += (least, most)
            changed = changed or not least == most == self._default_of(some[0])
        low, high = min(ends, default=None), max(ends, default=None)
        return Glance(circuit, circuit.edition, self._group, tuple(mine), low, high, changed, tuple(hands))

    @property
    def _ends(self) -> tuple[float, float]:
        """Least and greatest value; of an input that a hand has moved, where the hand put it."""
        seen = self._glance()
        if seen.hands:
            values = [self._now(e) for e in seen.elements]
            return min(values), max(values)
        return (self.default if seen.low is None else seen.low), (
            self.default if seen.high is None else seen.high
        )

    def _now(self, element: Tunable) -> float:
        put = self._document.handed(element.id) if self._is_by_hand(element) else None
        return element.parameters[self.parameter.name] if put is None else put

    def _is_by_hand(self, element: Tunable) -> bool:
        stimuli = self._document.circuit.kinds.stimuli
        return isinstance(element, Input) and stimuli[element.stimulus].by_hand == self.parameter.name

    @property
    def by_hand(self) -> bool:
        """True if a hand on the canvas may move it while it runs."""
        return bool(self._glance().hands)

    @property
    def mixed(self) -> bool:
        """True if the elements differ."""
        low, high = self._ends
        return low != high

    @property
    def value(self) -> float:
        """The value they share, or the smallest."""
        return self._ends[0]

    @property
    def default(self) -> float:
        """The declared default."""
        return self.parameter.range(self._system).default

    @property
    def changed(self) -> bool:
        """True if one of them is not at the default of its kind."""
        return self._glance().changed

    def _default_of(self, element: Tunable) -> float:
        kind = declaration(self._document, element)
        own = None if kind is None else kind.parameter(self.parameter.name)
        return self.default if own is None else own.range(self._system).default

    @property
    def unit(self) -> str:
        """Unit of the circuit for it."""
        return self._document.circuit.unit_system.unit(self.parameter.dimension)

    @property
    def text(self) -> str:
        """The value in force as fields show it; a range if the elements differ."""
        if self.mixed and not self.parameter.choices:
            return span(*self._ends)
        return self.told(self.value)

    def told(self, value: float) -> str:
        """A value as a number, or the name of the choice."""
        if self.parameter.choices:
            return self.parameter.choices[int(value)]
        return number(value)

    def with_unit(self, text: str) -> str:
        """A text with the unit behind it."""
        return f"{text} {self.unit}".rstrip()

    @property
    def expression(self) -> str:
        """What may be typed in any field to mean this value; empty for synapses, which have no name."""
        only = self._document.circuit.elements.get(self.ids[0]) if len(self.ids) == 1 else None
        return f"{only.name}.{self.parameter.name}" if isinstance(only, Neuron | Input) else ""

    @property
    def _system(self) -> str:
        return self._document.circuit.document.unit_system

    @property
    def ends(self) -> Range:
        """Ends of the slider; an input that has ends of its own gives them."""
        declared = self.parameter.range(self._system)
        mine = self._glance().elements
        only = mine[0] if len(self.ids) == 1 and mine else None
        if not isinstance(only, Input) or "low" not in only.parameters or self.parameter.name != "value":
            return declared
        low, high = sorted((only.parameters["low"], only.parameters["high"]))
        return Range(declared.default, low, high) if high > low else declared

    @property
    def span(self) -> tuple[float, float]:
        """Where the smallest and the largest value stand on the slider, from 0 to 1."""
        ends, log = self.ends, self.parameter.log
        low, high = self._ends
        return to_fraction(low, ends, log), to_fraction(high, ends, log)

    # changing -----------------------------------------------------------------------------------

    def set(self, value: float) -> bool:
        """Set it for all elements; a refused value changes nothing."""
        return self._document.push(SetParameter(self.ids, self.parameter.name, value))

    def reset(self) -> None:
        """Back to the default, each to that of its kind."""
        elements = self._glance().elements
        after = with_parameters(elements, [{**e.parameters, **self.defaults(e.id)} for e in elements])
        self._document.push(Replace(tuple(after), f"Reset {self.parameter.title}"))

    def defaults(self, element: int) -> dict[str, float]:
        """The default for one element, by the name of the parameter."""
        found = self._document.circuit.elements[element]
        return {self.parameter.name: self._default_of(found)} if isinstance(found, Tunable) else {}

    def slide(self, fraction: float) -> None:
        """Set it to a place of the slider, from 0 to 1."""
        value = from_fraction(fraction, self.ends, log=self.parameter.log)
        self.set(float(round(value)) if self.parameter.choices else value)

    def take(self, text: str) -> str | None:
        """Set what was typed (a number, an expression, ``*1.1`` or ``+=0.2``), or say why not in a sentence."""
        relative = RELATIVE.match(text)
        try:
            if relative is None:
                value = read(text, self.parameter, self._document.circuit.unit_system, self._names(None))
                return None if self.set(value) else f"{NOT_ALLOWED}."
            sign, rest = (relative[1] or relative[2]).replace("−", "-"), relative[3]
            return None if self._set_each(sign, rest) else f"{NOT_ALLOWED}."
        except ValueError as error:
            return sentence(error)

    def _set_each(self, sign: str, rest: str) -> bool:
        """Change every element from where it is."""
        name, elements, system = (
            self.parameter.name,
            self._glance().elements,
            self._document.circuit.unit_system,
        )
        values = changed([self._now(e) for e in elements], sign, rest, self.parameter, system)
        if values is None:
            text = f"x {sign} ({rest})"
            values = [read(text, self.parameter, system, self._names(element)) for element in elements]
        numbers = [{**e.parameters, name: value} for e, value in zip(elements, values, strict=True)]
        after = with_parameters(elements, numbers)
        return self._document.push(Replace(tuple(after), f"Set {self.parameter.title}"))

    def _names(self, element: Tunable | None) -> Lookup:
        system, dimension = self._document.circuit.unit_system, self.parameter.dimension
        value = self.value if element is None else self._now(element)
        special = {
            "x": quantity(value, dimension, system),
            "default": quantity(self.default, dimension, system),
        }
        own = element.id if element is not None else self.ids[0] if len(self.ids) == 1 else None
        return lookup(self._document, own, special)

    def step(self, direction: int, *, coarse: bool = False, again: bool = False) -> None:
        """To the next number of 1, 2, 5, 10 … (log), or by a hundredth of the slider rounded to one of them.

        Args:
            direction: 1 for more, -1 for less.
            coarse: Ten times as far.
            again: True if the key is held: one step of undo for all.
        """
        self._document.begin_gesture(again=again)
        ends = self.ends
        self._clip(round_step(self.value, direction, ends, log=self.parameter.log, coarse=coarse))
        self._document.end_gesture()

    def turn(self, notches: float) -> None:
        """Follow the wheel: a hundredth of the slider per notch, one step of undo until it rests."""
        now = monotonic()
        self._document.begin_gesture(again=now - self._turned < PAUSE)
        self._turned = now
        self.slide(min(1.0, max(0.0, self.span[0] + NOTCH * notches)))
        self._document.end_gesture()

    def _clip(self, value: float) -> None:
        self.set(min(self.parameter.high, max(self.parameter.low, value)))

    # pins ---------------------------------------------------------------------------------------

    @property
    def _pins(self) -> tuple[Pin, ...]:
        return tuple(Pin(i, self.parameter.name) for i in self.ids)

    @property
    def pinned(self) -> bool:
        """True if every element has a slider on the canvas for it."""
        pins = self._document.circuit.document.pins
        return len(self.ids) <= len(pins) and set(self._pins) <= set(pins)

    def toggle_pin(self) -> None:
        """Put a slider on the canvas, or take it off."""
        now, mine = self._document.circuit.document.pins, self._pins
        if self.pinned:
            self._document.push(SetPins(tuple(p for p in now if p not in mine), f"Unpin {self._pin_name}"))
        else:
            added = tuple(p for p in mine if p not in now)
            self._document.push(SetPins((*now, *added), f"Pin {self._pin_name}"))

    @property
    def _pin_name(self) -> str:
        return self.parameter.title


def reset_all(document: Document, ids: tuple[int, ...], handles: Iterable[Handle]) -> None:
    """Several parameters of several elements back to their defaults, as one step of undo."""
    shown, before, numbers = tuple(handles), list[Tunable](), list[dict[str, float]]()
    for i in ids:
        element = document.circuit.elements.get(i)
        if isinstance(element, Tunable):
            values = dict(element.parameters)
            for handle in shown:
                values |= handle.defaults(i)
            before.append(element)
            numbers.append(values)
    document.push(Replace(tuple(with_parameters(before, numbers)), "Reset parameters"))
