"""What the inspector shows when nothing is selected: the circuit as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import duration, number, parse, sentence
from circuitsim.app.document.solver_numbers import number_in_force, take_number
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import WIDE, FactRow, Prose, Section
from circuitsim.circuit.edits import Replace, SetSettings
from circuitsim.spec.precision import HINT, PRECISIONS
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids
    from circuitsim.spec.parameter import Parameter


class CircuitPage(Page):
    """Title, counts, notes, time constants, and how it is simulated."""

    def pieces(self) -> Iterator[None]:
        """What it is, then how it is simulated."""
        document = self.document
        self.add(Section("Circuit"))
        title = self.add_text("title", lambda: document.circuit.document.title, self._take_title)
        title.field.setFixedWidth(WIDE)
        self._fact("units", lambda: document.circuit.unit_system.id)
        self._fact("neurons", lambda: str(len(document.circuit.neurons)))
        self._fact("synapses", lambda: str(len(document.circuit.synapses)))
        self._fact("inputs", lambda: str(len(document.circuit.inputs)))
        self._fact("outputs", lambda: str(len(document.circuit.outputs)))
        for place in range(len(document.circuit.notes)):
            self._add_note(place)
        yield
        self._add_times()
        self._add_simulation()
        self.box.addStretch(1)

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:  # noqa: ARG004  (of all pages)
        """Each note has a section, and each solver numbers of its own."""
        return document.proposal().solver, len(document.circuit.notes)

    def _fact(self, title: str, get: Callable[[], str]) -> None:
        widget = FactRow(title)
        self.add(widget, lambda: widget.value.setText(get()))

    def _add_times(self) -> None:
        doc = self.document

        def text(value: float) -> str:
            return " ".join(duration(value, doc.circuit.unit_system))

        self.add(Section("Time constants", "from theorem 1"))
        self._fact("fastest", lambda: text(doc.proposal().tau_fastest))
        self._fact("slowest", lambda: text(doc.proposal().tau_slowest))

    def _add_note(self, place: int) -> None:
        """A note in full, since on the canvas it may be too small to read."""
        head, text = Section(""), Prose()

        def sync() -> None:
            notes = self.document.circuit.notes
            if place < len(notes):  # otherwise another page is about to be shown
                head.set_title(notes[place].title or "Note")
                text.setText(notes[place].text)

        self.add(head)
        self.add(text, sync)

    def _add_simulation(self) -> None:
        doc = self.document
        solvers = doc.circuit.kinds.solvers
        self.add(Section("Simulation"))
        options: list[tuple[object, str]] = [
            (None, "as proposed"),
            *((s.id, s.title) for s in solvers.values()),
        ]
        self.add_choice(
            "solver", options, lambda: doc.circuit.document.settings.solver, lambda v: self._set(solver=v)
        )
        for parameter in solvers[doc.proposal().solver].parameters:
            self._add_number_of_solver(parameter)
        precision = self.add_choice(
            "precision",
            list(PRECISIONS.items()),
            lambda: doc.circuit.document.settings.precision,
            lambda v: self._set(precision=v),
        )
        precision.setToolTip(HINT)
        self._add_time("step", lambda: doc.proposal().dt, "dt")
        self._add_time("duration", lambda: doc.proposal().duration, "duration")
        self.add_text(
            "seed", lambda: str(doc.circuit.document.settings.seed), self._take_seed, "", pinless=True
        )

    def _add_number_of_solver(self, parameter: Parameter) -> None:
        doc = self.document
        unit = doc.circuit.unit_system.unit(parameter.dimension)
        widget = self.add_text(
            parameter.title,
            lambda: number_in_force(doc, parameter),
            lambda text: take_number(doc, parameter, text),
            unit,
            pinless=True,
        )
        widget.setToolTip(parameter.doc)

    def _add_time(self, title: str, get: Callable[[], float], name: str) -> None:
        unit = self.document.circuit.unit_system.unit(Dimension.TIME)
        self.add_text(
            title, lambda: number(get(), 6), lambda text: self._take_time(name, text), unit, pinless=True
        )

    def _set(self, **values: object) -> bool:
        settings = replace(self.document.circuit.document.settings, **values)  # type: ignore[arg-type]
        return self.document.push(SetSettings(settings, f"Set {next(iter(values))}"))

    def _take_time(self, name: str, text: str) -> str | None:
        """A time; an empty text goes back to the proposal."""
        if not text.strip():
            self._set(**{name: None})
            return None
        try:
            value = parse(text, Dimension.TIME, self.document.circuit.unit_system)
        except ValueError as error:
            return sentence(error)
        return None if self._set(**{name: value}) else "Use a time above 0."

    def _take_seed(self, text: str) -> str | None:
        if not text.strip().isdigit():
            return "Use a whole number from 0."
        return None if self._set(seed=int(text)) else "Use a smaller number."

    def _take_title(self, text: str) -> str | None:
        changed = replace(self.document.circuit.document, title=text.strip())
        self.document.push(Replace((changed,), "Change title"))
        return None
