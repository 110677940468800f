"""Neurons that the mouse carries out of one view, and the views that take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF

MIME = "application/x-circuitsim-neurons"


class Taker(Protocol):
    """A view on which neurons may be dropped."""

    def offer(self, neurons: Sequence[int], at: QPointF) -> bool:
        """Whether it would take neurons at a place of the screen; it shows that it would."""

    def take(self, neurons: Sequence[int], at: QPointF) -> None:
        """Take neurons that were offered at a place of the screen."""

    def withdraw(self) -> None:
        """Nothing is offered any more."""


class Carry:
    """Passes what is carried on to the view below the mouse; knows no view by name."""

    def __init__(self) -> None:
        self._takers: list[Taker] = []

    def add(self, taker: Taker) -> None:
        """Let a view take neurons."""
        self._takers.append(taker)

    def over(self, neurons: Sequence[int], at: QPointF) -> bool:
        """Offer neurons at a place of the screen; False if nobody there takes them."""
        found = False
        for taker in self._takers:
            found = taker.offer(neurons, at) or found
        return found

    def drop(self, neurons: Sequence[int], at: QPointF) -> bool:
        """Let go of neurons at a place of the screen; False if nobody there takes them."""
        taker = next((t for t in self._takers if t.offer(neurons, at)), None)
        if taker is not None:
            taker.take(neurons, at)
        self.end()
        return taker is not None

    def end(self) -> None:
        """Carry nothing any more."""
        for taker in self._takers:
            taker.withdraw()


def packed(neurons: Sequence[int]) -> QMimeData:
    """Neurons as data of a drag between widgets."""
    data = QMimeData()
    data.setData(MIME, ",".join(str(i) for i in neurons).encode())
    return data


def unpacked(data: QMimeData) -> tuple[int, ...]:
    """Ids of the neurons in the data of a drag; empty if it carries something else."""
    parts = data.data(MIME).toStdString().split(",")
    return tuple(int(part) for part in parts if part.isdigit())
