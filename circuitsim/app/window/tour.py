"""A guided tour: a few short steps, each done when the circuit or its run has come so far, however that was reached."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.app.document.quantity import number
from circuitsim.circuit.elements import Neuron

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._laboratory import LaboratoryPanel


class Watch:
    """What the steps of a tour can see."""

    def __init__(self, document: Document, bench: Callable[[], LaboratoryPanel | None]) -> None:
        self.document, self._bench = document, bench
        self.exported = False
        document.exported.connect(self._on_exported)

    def close(self) -> None:
        """Watch no longer."""
        self.document.exported.disconnect(self._on_exported)

    def _on_exported(self) -> None:
        self.exported = True

    def has(self, name: str) -> bool:
        """Whether there is a neuron, input or output of a name."""
        return self.document.circuit.named(name) is not None

    def tau(self, name: str) -> float | None:
        """Effective time constant of a neuron now, in the circuit's unit; None if it is not there."""
        snapshot, found = self.document.snapshot(), self.document.circuit.named(name)
        if snapshot is None or not isinstance(found, Neuron) or found.id not in snapshot.ids:
            return None
        return float(snapshot.tau[snapshot.ids.index(found.id)])

    def given(self, name: str) -> float | None:
        """Value of an input now; None if it is not there."""
        snapshot, found = self.document.snapshot(), self.document.circuit.named(name)
        if snapshot is None or found is None or found.id not in snapshot.input_ids:
            return None
        return float(snapshot.inputs[snapshot.input_ids.index(found.id)])

    def found(self, laboratory: str, name: str) -> Any:
        """A number that a laboratory in front has found, by name; None if it is not in front or has not."""
        panel = self._bench()
        if panel is None or panel.analysis.id != laboratory or panel.result is None:
            return None
        return panel.result.values.get(name)

    def number(self, laboratory: str, name: str, of: str | None = None) -> float | None:
        """A number that a laboratory in front has found; None if there is none.

        Args:
            laboratory: Id of the laboratory.
            name: Name of the number, or of several.
            of: Which of several: a name among them, or that of one of the neurons that they stand for.
        """
        value = self.found(laboratory, name)
        if of is not None:
            names = self.found(laboratory, "neurons")
            several = value if isinstance(value, Mapping) else _by_name(names, value)
            value = several.get(of)
        known = isinstance(value, float) and not math.isnan(value)  # numbers of numpy are floats too
        return float(value) if known else None

    def option(self, laboratory: str, name: str) -> float | str | None:
        """What is chosen in a laboratory in front."""
        panel = self._bench()
        return (
            panel.options.values.get(name) if panel is not None and panel.analysis.id == laboratory else None
        )

    def chosen(self, name: str) -> bool:
        """Whether an element is selected."""
        found = self.document.circuit.named(name)
        return found is not None and found.id in self.document.selection


def _by_name(names: Any, values: Any) -> dict[str, Any]:
    """Values by the names that they stand for; nothing if there is not one for each."""
    if names is None or np.ndim(values) != 1 or len(values) != len(names):
        return {}
    return dict(zip(names, values, strict=True))


def told(value: float | None) -> str:
    """A number as the line of a step shows it; nothing if there is none."""
    return "–" if value is None else number(value, 3)


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        title: What happens, in a few words.
        text: What to do, and what to look at.
        phases: What must have come true, one after the other.
        needs: Names of elements without which it cannot be done.
        reading: A line with a live number, or nothing.
    """

    title: str
    text: str
    phases: tuple[Callable[[Watch], bool], ...]
    needs: tuple[str, ...] = ()
    reading: Callable[[Watch], str] | None = None


@dataclass(frozen=True)
class Tour:
    """Some steps on an example.

    Attributes:
        id: That of the laboratory it leads through, or another name.
        title: Name for people.
        example: Id of the example it is made for.
        steps: In order.
        end: What is said when all is done.
    """

    id: str
    title: str
    example: str
    steps: tuple[Step, ...]
    end: str


class Advance:
    """How far somebody is in a tour."""

    def __init__(self, tour: Tour, watch: Watch) -> None:
        self.tour, self._watch = tour, watch
        self.index = 0
        self._phase = 0

    @property
    def step(self) -> Step | None:
        """The present step; None at the end."""
        return self.tour.steps[self.index] if self.index < len(self.tour.steps) else None

    @property
    def done(self) -> bool:
        """Whether everything that the present step asks for has come true."""
        return self.step is not None and self._phase == len(self.step.phases)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of elements that the step needs and that are not there, unless its taking away is a part of it."""
        step = self.step
        if step is None or self._phase > 0:
            return ()
        return tuple(name for name in step.needs if not self._watch.has(name))

    def look(self) -> None:
        """See whether the next phase has come true."""
        step = self.step
        if step is not None and not self.done and step.phases[self._phase](self._watch):
            self._phase += 1

    def go_on(self) -> None:
        """To the next step, done or not."""
        self.index = min(self.index + 1, len(self.tour.steps))
        self._phase = 0
