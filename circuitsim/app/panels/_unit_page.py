"""The page of a unit of a network: its held output, its gate, and what it drives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.document.memory import NOTHING, gate
from circuitsim.app.document.quantity import steady
from circuitsim.app.panels._connections import Connections
from circuitsim.app.panels._live import past
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._readout import Readout
from circuitsim.app.panels._rows import Section
from circuitsim.app.widgets.boxes import column

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids


class LiveUnit(QWidget):
    """Output and gate of one unit; `refresh` shows the newest ones."""

    def __init__(self, document: Document, unit: int) -> None:
        super().__init__()
        self._document, self._unit = document, unit
        self._head = Section("State")
        self.state, self.gate = Readout("h"), Readout("r")
        self.state.setToolTip("Output that is held until the next call")
        self.setLayout(column(self._head, self.state, self.gate))
        self._shown = (-1, "")
        self.refresh()

    def aim(self, unit: int) -> None:
        """Be about another unit."""
        self._unit, self._shown = unit, (-1, "")
        self.state.clear()
        self.gate.clear()

    def refresh(self) -> None:
        """Show the newest state, if there is one."""
        doc, t = self._document, theme.current()
        snapshot = doc.snapshot()
        word = "past" if doc.looking_at is not None else "live" if doc.status().playing else "paused"
        uncalled = (
            snapshot is not None and self._unit in snapshot.unit_ids and gate(snapshot, self._unit) == NOTHING
        )
        self._head.set_note(f"{word} · not called yet" if uncalled else word)
        key = (-1 if snapshot is None else snapshot.serial, t.name)
        if snapshot is None or key == self._shown or self._unit not in snapshot.unit_ids:
            return
        self._shown = key
        network = doc.circuit.network_of(self._unit)
        if network is not None:
            kind = doc.circuit.kinds.cells[network.kind].form(network.parameters)
            self.gate.setToolTip(f"{kind.gate} of the last call")
        number = doc.circuit.document.trace_numbers.get(self._unit)
        ink = t.liquid_top if number is None else t.trace(number)
        v = float(snapshot.v[snapshot.ids.index(self._unit)])
        self.state.show_value(steady(v), "", past(doc, "v", self._unit, snapshot.t), ink)
        self.gate.show_value(
            gate(snapshot, self._unit), "", past(doc, "gate", self._unit, snapshot.t), t.ring_mid
        )


class UnitPage(Page):
    """Live output and gate, start state, what it drives, names."""

    def pieces(self) -> Iterator[None]:
        """The state, then what it drives, then the names."""
        self._live = LiveUnit(self.document, self.element)
        self.add(self._live)
        self.add_start(self.all_ids)
        yield
        self._list = Connections(self, incoming=False)
        self._network = Section("Network", self._network_name(), self._select)
        self.add(self._network)
        yield
        self.add(Section("Identity"))
        self.add_names()
        self.box.addStretch(1)

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:
        """The link names the network."""
        network = document.circuit.network_of(ids[0])
        return None if network is None else network.name

    def _network_name(self) -> str:
        network = self.document.circuit.network_of(self.element)
        return "" if network is None else network.name

    def _select(self) -> None:
        network = self.document.circuit.network_of(self.element)
        if network is not None:
            self.document.select({network.id})

    def aim(self, ids: Ids) -> None:
        """Show another unit of the same network."""
        self._live.aim(ids[0])
        super().aim(ids)

    def refresh(self) -> None:
        """The newest state, and how far the synapses act."""
        super().refresh()
        self._live.refresh()
        self._list.refresh()
