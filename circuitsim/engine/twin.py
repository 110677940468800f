"""A run of the same circuit with one thing changed, beside it: what is and what would be can be seen at once.

The twin branches off where it is asked for: where the first lesion is made, it is the run without lesions; where a small
change of the inputs is looked at, the run whose inputs are higher by that. It hears the same inputs and hands and takes
over every edit, by the same method and on the same grid, so that whatever differs comes from what was changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.circuit.edits import Replace, SetMuted
from circuitsim.circuit.elements import Input
from circuitsim.circuit.lesions import Mutable, lesions, muted
from circuitsim.engine.clamps import Clamps
from circuitsim.engine.recording import Recording
from circuitsim.engine.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element
    from circuitsim.engine.rows import Rows

    Change = Callable[[Element], Element]

MOST = 1 << 40  # steps of a slice: the instant at which it ends is what counts


def healed(circuit: Circuit) -> Circuit:
    """A copy of a circuit in which nothing is muted."""
    result = circuit.copy()
    result.apply(SetMuted(lesions(result), muted=False))
    return result


def acting(element: Element) -> Element:
    """An element without its lesion."""
    return replace(element, muted=False) if isinstance(element, Mutable) and muted(element) else element


def raised(epsilon: float) -> Change:
    """What makes every input higher by epsilon, in its own unit."""

    def change(element: Element) -> Element:
        if isinstance(element, Input):
            return replace(element, offset=element.offset + element.gain * epsilon)
        return element

    return change


def with_inputs_raised(circuit: Circuit, epsilon: float) -> Circuit:
    """A copy of a circuit whose inputs are higher by epsilon."""
    result = circuit.copy()
    result.apply(Replace(tuple(map(raised(epsilon), circuit.inputs)), "Raise inputs"))
    return result


class Branch(Session):
    """A run that begins where another one is, with the same hands, and goes its own way from there."""

    def __init__(self, session: Session) -> None:
        self.__dict__.update(vars(session))
        self.circuit, self.hands, self.condition = session.circuit.copy(), dict(session.hands), None
        self._swap()  # makes all anew that the two would share
        self._clamps = Clamps(self.circuit, self._program)

    def use(self, solver: str, dt: float) -> None:
        """Go on by another solver or with another step, if they are others."""
        if (solver, dt) != (self.solver, self.dt):
            self._set_method(solver, dt)


class Twin:
    """A run beside another one.

    Args:
        session: The run, which goes on as it is.
        change: What is different in the twin, element by element; without lesions if nothing is said.

    Attributes:
        begun: When the two parted.
        recording: What the twin does.
    """

    def __init__(self, session: Session, change: Change = acting) -> None:
        self._session, self._change = Branch(session), change
        self._session.edit(
            {i: new for i, e in session.circuit.elements.items() if (new := change(e)) is not e}
        )
        for i, value in session.hands.items():
            self._session.move_hand(i, value)
        self.begun = session.t
        self.recording = Recording()
        self._keep(self._session.present())

    @property
    def exploded(self) -> bool:
        """Whether its state has exploded; it then stands still."""
        return self._session.explosion is not None

    def follow(self, session: Session) -> None:
        """Come to where the other run is."""
        if not self.exploded:
            self._session.every = session.every
            self._keep(self._session.advance(MOST, session.t))

    def edit(self, after: Mapping[int, Element | None], session: Session) -> None:
        """Take over an edit of the other run, with the change."""
        self._session.edit({i: None if e is None else self._change(e) for i, e in after.items()})
        self._session.use(session.solver, session.dt)
        self._keep(self._session.present())

    def hand(self, input_id: int, value: float) -> None:
        """Take over a move of the hand."""
        self._session.move_hand(input_id, value)
        self._keep(self._session.present())

    def _keep(self, rows: Rows) -> None:
        run = self._session
        self.recording.append(rows, run.neuron_ids, run.input_ids, run.clamped_ids, run.unit_ids)
