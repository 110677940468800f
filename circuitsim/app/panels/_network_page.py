"""The page of a network with memory: its units, its clock, its sizes, and what its columns read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.panels._affine import AffineRow
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import FactRow, Section
from circuitsim.app.panels._units import Units
from circuitsim.circuit.edits import SetKind, SetParameter
from circuitsim.circuit.elements import NOTHING, Cell, Input, Neuron
from circuitsim.circuit.networks import kinds_like, modes_like, read_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.cell_sizes import CellSizes

LISTED = 24  # columns that have a choice of their own


class NetworkPage(Page):
    """Live units, parameters, columns, identity."""

    def pieces(self) -> Iterator[None]:
        """Each parameter, each column, and each section, by itself."""
        document = self.document
        kind = document.circuit.kinds.cells[self._cell().kind]
        self._units = Units(document, self.element)
        self.add(self._units, self._units.sync)
        yield
        yield from self.add_parameters(self.all_ids, [p for p in kind.parameters if p.name != "mode"])
        yield from self._add_columns()
        self._add_sizes()
        yield
        self.add(Section("Identity"))
        self.add_names()
        yield
        options: list[tuple[object, str]] = [
            (i, k.title) for i, k in kinds_like(document.circuit, self._cell()).items()
        ]
        take = lambda v: document.push(SetKind(self.element, str(v)))  # noqa: E731
        self.add_choice("kind", options, lambda: self._cell().kind, take)
        self._add_mode()
        self.box.addStretch(1)

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:
        """The kind gives the parameters; columns are choices among all that there is."""
        circuit = document.circuit
        cell = circuit.get(ids[0], Cell)
        names = tuple((e.id, e.label or e.name) for e in _sources(circuit, cell))
        fitting = tuple(kinds_like(circuit, cell)), tuple(modes_like(circuit, cell))
        return cell.kind, len(cell.reads), fitting, names

    def _cell(self) -> Cell:
        return self.document.circuit.get(self.element, Cell)

    def _add_mode(self) -> None:
        """How units are made: a choice among what the weights fit, a fact if they fit one mode alone."""
        modes = modes_like(self.document.circuit, self._cell())
        if len(modes) > 1:
            self.add_choice("mode", list(modes.items()), self._mode, self._take_mode)
        elif modes:
            self._add_fact(FactRow("mode"), lambda: modes.get(self._mode(), ""))

    def _mode(self) -> int:
        return int(self._cell().parameters["mode"])

    def _take_mode(self, mode: object) -> bool:
        return self.document.push(SetParameter((self.element,), "mode", float(str(mode))))

    def _add_columns(self) -> Iterator[None]:
        """What each column reads."""
        circuit, cell = self.document.circuit, self._cell()
        self.add(Section("Reads", f"{len(cell.reads)} columns" if len(cell.reads) > 1 else "1 column"))
        options: list[tuple[object, str]] = [(NOTHING, "nothing")]
        options += [(e.id, e.label or e.name) for e in _sources(circuit, cell)]
        for column in range(min(len(cell.reads), LISTED)):
            self.add_choice(f"column {column}", options, self._source(column), self._take(column))
            row = AffineRow(self.document, self.all_ids, column)
            self.add(row, row.sync)
            self._aims.append(row.revert)
            yield

    def _source(self, column: int) -> Callable[[], object]:
        return lambda: self._cell().reads[column].source

    def _take(self, column: int) -> Callable[[object], object]:
        def take(source: object) -> bool:
            now = self._cell().reads[column]
            if not isinstance(source, int) or source == now.source:
                return False
            reading = replace(now, source=source)
            title = "Disconnect" if source == NOTHING else f"Let {self._cell().name} read"
            return self.document.push(read_nothing(self._cell(), column, reading, title))

        return take

    def _add_sizes(self) -> None:
        """How large it is; these are facts, since the weights are made for them."""
        self.add(Section("Sizes"))
        facts = {
            "units": self._units_fact, "backbone": self._backbone, "memory": self._memory, "weights": self._weights,
        }  # fmt: skip
        for title, fact in facts.items():
            self._add_fact(FactRow(title), fact)

    def _add_fact(self, row: FactRow, fact: Callable[[], str]) -> None:
        self.add(row, lambda: row.value.setText(fact()))

    def _sizes(self) -> CellSizes:
        cell = self._cell()
        kind = self.document.circuit.kinds.cells[cell.kind]
        found: CellSizes = kind.sizes(cell.shapes, len(cell.reads), len(cell.units))
        return found

    def _units_fact(self) -> str:
        return " → ".join(map(str, self._sizes().layers))

    def _backbone(self) -> str:
        sizes = self._sizes()
        return f"{sizes.backbone_layers} × {sizes.backbone_units}" if sizes.backbone_layers else "none"

    def _memory(self) -> str:
        return "mixed (LSTM)" if self._sizes().mixed else "none"

    def _weights(self) -> str:
        count = sum(len(array.data) // 8 for array in self._cell().arrays.values())
        return f"{count:,}".replace(",", "\u202f")

    def aim(self, ids: Ids) -> None:
        """Show another network of the same shape."""
        self._units.aim(ids[0])
        super().aim(ids)

    def refresh(self) -> None:
        """The newest states and gates."""
        super().refresh()
        self._units.refresh()


def _sources(circuit: Circuit, cell: Cell) -> list[Input | Neuron]:
    """What a network may read: all inputs, and all neurons but its own units."""
    everything: tuple[Input | Neuron, ...] = (*circuit.inputs, *circuit.neurons)
    return [element for element in everything if element.id not in cell.units]
