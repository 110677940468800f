"""The same run without its lesions, beside it: what was before and what is after can be seen at once.

The twin branches off where the first lesion is made. It hears the same inputs and hands and takes over every other
edit, by the same method and on the same grid, so that whatever differs comes from the lesions.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.circuit.edits import SetMuted
from circuitsim.circuit.lesions import Mutable, lesions, muted
from circuitsim.engine.clamps import Clamps
from circuitsim.engine.recording import Recording
from circuitsim.engine.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element
    from circuitsim.engine.rows import Rows

MOST = 1 << 40  # steps of a slice: the instant at which it ends is what counts


def healed(circuit: Circuit) -> Circuit:
    """A copy of a circuit in which nothing is muted."""
    result = circuit.copy()
    result.apply(SetMuted(lesions(result), muted=False))
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

    Attributes:
        begun: When the two parted.
        recording: What the twin does.
    """

    def __init__(self, session: Session) -> None:
        """Begin beside a run, which goes on as it is; a lesion that it has already is healed in the twin."""
        self._session = Branch(session)
        self._session.edit({i: _acting(e) for i, e in session.circuit.elements.items() if muted(e)})
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
        """Take over an edit of the other run, but for lesions."""
        self._session.edit({i: _acting(e) for i, e in after.items()})
        self._session.use(session.solver, session.dt)
        self._keep(self._session.present())

    def hand(self, input_id: int, value: float) -> None:
        """Take over a move of the hand."""
        self._session.move_hand(input_id, value)
        self._keep(self._session.present())

    def _keep(self, rows: Rows) -> None:
        run = self._session
        self.recording.append(rows, run.neuron_ids, run.input_ids, run.clamped_ids, run.unit_ids)


def _acting(element: Element | None) -> Element | None:
    return replace(element, muted=False) if isinstance(element, Mutable) else element
