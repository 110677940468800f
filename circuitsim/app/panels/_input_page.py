"""The page of an input: its value, its waveform, its table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import number
from circuitsim.app.panels._connections import Connections
from circuitsim.app.panels._live_input import LiveInput
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import FactRow, Section
from circuitsim.app.panels._table import ask_table
from circuitsim.circuit.edits import Replace, SetKind
from circuitsim.circuit.elements import Input, Table
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids


class InputPage(Page):
    """Stimulus, its parameters, and how the hand moves it."""

    def pieces(self) -> Iterator[None]:
        """Each parameter, and each section, by itself."""
        document = self.document

        def get() -> Input:
            return document.circuit.get(self.element, Input)

        stimuli = document.circuit.kinds.stimuli
        kind = stimuli[get().stimulus]
        self._live = LiveInput(document, self.element)
        self.add(self._live, self._live.sync)
        if kind.table:
            self._add_table()
        yield
        held = kind.by_hand if kind.id == "button" else ""  # where the finger is, not a number to set
        yield from self.add_parameters(self.all_ids, [p for p in kind.parameters if p.name != held])
        self.add(Section("Sent", "gain × value + offset"))
        self.add_gain_and_offset(get)
        yield
        self._list = Connections(self, incoming=False)
        self.add(Section("Identity"))
        self.add_names()
        yield
        options: list[tuple[object, str]] = [(k.id, k.title) for k in stimuli.values()]
        take = lambda v: document.push(SetKind(self.element, str(v)))  # noqa: E731
        self.add_choice("stimulus", options, lambda: get().stimulus, take)
        self.add_text("key", lambda: get().key, lambda text: self._take_key(get(), text))
        self.box.addStretch(1)

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:
        """The stimulus gives the parameters, and whether there is a waveform or a table."""
        return document.circuit.get(ids[0], Input).stimulus

    def aim(self, ids: Ids) -> None:
        """Show another input of the same stimulus."""
        self._live.aim(ids[0])
        super().aim(ids)

    def refresh(self) -> None:
        """The live value, and what it does."""
        super().refresh()
        self._live.refresh()
        self._list.refresh()

    def _add_table(self) -> None:
        """Rows and time span of the table, and a link that loads another."""
        doc = self.document
        self.add(Section("Table", "load CSV…", lambda: ask_table(doc, self.element, self)))

        def table() -> Table:
            return doc.circuit.get(self.element, Input).table or Table((0.0,), (0.0,))

        rows, span = FactRow("rows"), FactRow("time span")
        self.add(rows, lambda: rows.value.setText(f"{len(table().times):,}".replace(",", "\u202f")))
        unit = doc.circuit.unit_system.unit(Dimension.TIME)
        self.add(
            span,
            lambda: span.value.setText(f"{number(table().times[0])} to {number(table().times[-1])} {unit}"),
        )

    def _take_key(self, element: Input, text: str) -> str | None:

        key = text.strip().upper()
        if len(key) > 1:
            return "Use one letter or digit."
        self.document.push(Replace((replace(element, key=key),), "Change key"))
        return None
