"""A page of the inspector: sections below each other, kept in step with circuit and run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from circuitsim.app.document.group import group_of
from circuitsim.app.document.handle import NOT_ALLOWED, reset_all
from circuitsim.app.document.names import lookup
from circuitsim.app.document.quantity import number, parse, sentence, span
from circuitsim.app.document.start import TAKE, remembers, take_present
from circuitsim.app.panels._parameter import IconButton, ParameterRow, show_number
from circuitsim.app.panels._rows import ChoiceRow, Section, TextRow
from circuitsim.circuit.edits import Rename, Replace, SetStart
from circuitsim.circuit.elements import Named, Neuron
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.edits import Edit
    from circuitsim.circuit.elements import Input, Output
    from circuitsim.spec.parameter import Parameter

    Ids = tuple[int, ...]


class Page(QWidget):
    """Sections below each other.

    `sync` shows what the circuit holds after an edit; `refresh` shows the newest state of the run; `aim` shows other
    elements, which is far quicker than another page. It can only show those for which its class has the same `shape`.
    It is made in pieces, so that a page can be made ahead without holding up a frame: `go_on` makes the next one, `complete`
    all that are left.

    Attributes:
        document: What is open.
        ids: Ids of the elements that are shown.
    """

    def __init__(self, document: Document, ids: Ids) -> None:
        super().__init__()
        self.document = document
        self.ids = ids
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(12, 0, 12, 12)
        self.box.setSpacing(0)
        self._aims: list[Callable[[], None]] = []
        self._syncs: list[Callable[[], None]] = []
        self._follow: list[ParameterRow] = []
        self._left = self.pieces()

    def pieces(self) -> Iterator[None]:
        """Add the rows, and yield after each few of them."""
        yield from ()

    def go_on(self) -> bool:
        """Make the next piece; False if there is none."""
        return next(self._left, self) is None

    def complete(self) -> None:
        """Make all that is left."""
        while self.go_on():
            pass

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:  # noqa: ARG004  (pages may depend on both)
        """What the rows of a page for these elements depend on."""
        return ()

    @property
    def element(self) -> int:
        """Id of the only element that is shown."""
        return self.ids[0]

    def add(self, widget: QWidget, sync: Callable[[], None] | None = None) -> None:
        """Add a row, and what brings it up to date."""
        self.box.addWidget(widget)
        if sync is not None:
            sync()
            self._syncs.append(sync)

    def aim(self, ids: Ids) -> None:
        """Show other elements of the same shape."""
        self.ids = ids
        for aim in self._aims:
            aim()
        self.sync()
        self.refresh()

    def sync(self) -> None:
        """Show what the circuit holds now."""
        for sync in self._syncs:
            sync()

    def refresh(self) -> None:
        """Show the newest state of the run, and follow hands on the canvas."""
        for widget in self._follow:
            widget.follow()

    def all_ids(self) -> Ids:
        """Ids of the elements that are shown."""
        return self.ids

    def add_parameters(
        self, of: Callable[[], Ids], parameters: Sequence[Parameter], title: Callable[[], str] | None = None
    ) -> Iterator[None]:
        """One row per parameter that the elements share, and a link that resets them all."""
        if not parameters:
            return
        group = group_of(self.document, of())
        rows: list[ParameterRow] = []
        link = lambda: reset_all(self.document, of(), [r.handle for r in rows])  # noqa: E731
        self.add_head(title or (lambda: "Parameters"), Section("", "reset all", link))

        def aim() -> None:
            group = group_of(self.document, of())
            for widget in rows:
                widget.aim(group)

        self._aims.append(aim)
        for parameter in parameters:
            widget = ParameterRow(group, parameter)
            rows.append(widget)
            self.add(widget, widget.sync)
            if widget.handle.by_hand:
                self._follow.append(widget)
            yield

    def add_head(self, title: Callable[[], str], section: Section) -> None:
        """A section whose head depends on the elements."""
        self.add(section, lambda: section.set_title(title()))

    def add_text(
        self,
        title: str,
        get: Callable[[], str],
        take: Callable[[str], str | None],
        unit: str | None = None,
        behind: QWidget | None = None,
        *,
        pinless: bool = False,
    ) -> TextRow:
        """A row with a text field; a unit, even an empty one, makes it a field for a number."""
        widget = TextRow(title, take, unit, behind, pinless=pinless)
        self.add(widget, lambda: widget.field.show_text(get()))
        self._aims.append(widget.field.revert)
        return widget

    def add_choice(
        self,
        title: str,
        options: list[tuple[object, str]],
        get: Callable[[], object],
        take: Callable[[object], object],
    ) -> ChoiceRow:
        """A row with a choice."""
        return self.add_changing_choice(title, lambda: options, get, take)

    def add_changing_choice(
        self,
        title: str,
        options: Callable[[], list[tuple[object, str]]],
        get: Callable[[], object],
        take: Callable[[object], object],
    ) -> ChoiceRow:
        """A row with a choice among what is possible now."""
        offered = options()
        widget = ChoiceRow(title, offered, get(), take)

        def sync() -> None:
            nonlocal offered
            now = options()
            if now != offered:
                offered = now
                widget.choice.set_options(now)
            widget.choice.show_value(get())

        self.add(widget, sync)
        return widget

    def add_number(
        self,
        title: str,
        dimension: Dimension,
        get: Callable[[], float],
        edit: Callable[[float], Edit],
        behind: QWidget | None = None,
    ) -> None:
        """A row with a number that is not a parameter."""
        system = self.document.circuit.unit_system

        def take(text: str) -> str | None:
            try:
                value = parse(text, dimension, system, lookup(self.document, None, {}))
            except ValueError as error:
                return sentence(error)
            return None if self.document.push(edit(value)) else "The circuit does not allow this value."

        self.add_text(title, lambda: number(get(), 6), take, system.unit(dimension), behind)

    def add_gain_and_offset(self, get: Callable[[], Input | Output]) -> None:
        """What an output makes of what it reads, or an input of its value."""

        def gain(value: float) -> Edit:
            return Replace((replace(get(), gain=value),), "Set gain")

        def offset(value: float) -> Edit:
            return Replace((replace(get(), offset=value),), "Set offset")

        self.add_number("gain", Dimension.NONE, lambda: get().gain, gain)
        self.add_number("offset", Dimension.NONE, lambda: get().offset, offset)

    def add_names(self) -> None:
        """Name and label of a neuron, input, network or output."""
        doc = self.document

        def named() -> Named:
            found = doc.circuit.elements[self.element]
            assert isinstance(found, Named)  # noqa: S101  (only these have names)
            return found

        def rename(text: str) -> str | None:
            taken = "This name is taken or is not an identifier: letters, digits and _."
            return None if doc.push(Rename(self.element, text.strip())) else taken

        def relabel(text: str) -> str | None:
            doc.push(Rename(self.element, named().name, text.strip()))
            return None

        self.add_text("name", lambda: named().name, rename)
        self.add_text("label", lambda: named().label, relabel)

    def add_start(self, of: Callable[[], Ids]) -> None:
        """Start state of one or several neurons, with a button that takes the present state where there is one."""
        doc = self.document
        button = None
        if any(remembers(doc.circuit, i) for i in of()):
            button = IconButton("camera")
            button.setObjectName("take-present")
            button.setToolTip(TAKE)
            button.setAccessibleName(TAKE)
            button.clicked.connect(lambda: take_present(doc, of()))
        potential = Dimension.POTENTIAL

        def take(text: str) -> str | None:
            try:
                value = parse(text, potential, doc.circuit.unit_system, lookup(doc, of()[0], {}))
            except ValueError as error:
                return sentence(error)
            return None if doc.push(SetStart(dict.fromkeys(of(), value))) else f"{NOT_ALLOWED}."

        unit = doc.circuit.unit_system.unit(potential)
        row = TextRow("start state", take, unit, button)

        def show() -> None:
            starts = {doc.circuit.get(i, Neuron).start for i in of() if i in doc.circuit.elements}
            several = len(starts) > 1
            text = span(min(starts), max(starts)) if several else number(min(starts))
            show_number(row.field, text, unit, several=several)

        self.add(row, show)
        self._aims.append(row.field.revert)
