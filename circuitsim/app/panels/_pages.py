"""What the inspector shows for each kind of selection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from circuitsim.app.document.names import lookup
from circuitsim.app.document.quantity import number, parse
from circuitsim.app.panels._connections import ConnectionList, entries
from circuitsim.app.panels._live import LiveState
from circuitsim.app.panels._parameter import ParameterRow
from circuitsim.app.panels._rows import ChoiceRow, Section, TextRow
from circuitsim.circuit.edits import Rename, Replace, SetKind, SetParameter, SetStart
from circuitsim.circuit.elements import Input, Neuron, Note, Output, Role, Synapse
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.edits import Edit
    from circuitsim.spec.kind import Declaration


class Page(QWidget):
    """Sections below each other.

    `sync` shows what the circuit holds after an edit; `refresh` shows the newest state of the run.
    """

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(12, 0, 12, 12)
        self.box.setSpacing(0)
        self._syncs: list[Callable[[], None]] = []

    def add(self, widget: QWidget, sync: Callable[[], None] | None = None) -> None:
        """Add a row, and what brings it up to date."""
        self.box.addWidget(widget)
        if sync is not None:
            sync()
            self._syncs.append(sync)

    def sync(self) -> None:
        """Show what the circuit holds now."""
        for sync in self._syncs:
            sync()

    def refresh(self) -> None:
        """Show the newest state of the run."""

    def add_parameters(
        self, ids: tuple[int, ...], kind: Declaration, skip: frozenset[str] = frozenset()
    ) -> None:
        """One row per declared parameter, and a link that resets them all."""
        shown = [p for p in kind.parameters if p.name not in skip]
        if not shown:
            return
        system = self.document.circuit.document.unit_system

        def reset() -> None:
            edits = tuple(SetParameter(ids, p.name, p.range(system).default) for p in shown)
            self.document.push(_each(ids, edits, self.document))

        self.add(Section("Parameters", "reset all", reset))
        for parameter in shown:
            widget = ParameterRow(self.document, ids, parameter)
            self.add(widget, widget.sync)

    def add_text(
        self,
        title: str,
        get: Callable[[], str],
        take: Callable[[str], str | None],
        unit: str | None = None,
        behind: QWidget | None = None,
    ) -> TextRow:
        """A row with a text field; a unit, even an empty one, makes it a field for a number."""
        widget = TextRow(title, take, unit, behind)
        self.add(widget, lambda: widget.field.show_text(get()))
        return widget

    def add_choice(
        self,
        title: str,
        options: list[tuple[object, str]],
        get: Callable[[], object],
        take: Callable[[object], object],
    ) -> None:
        """A row with a choice."""
        widget = ChoiceRow(title, options, get(), take)
        self.add(widget, lambda: widget.choice.show_value(get()))

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
                return f"{error}."
            return None if self.document.push(edit(value)) else "The circuit does not allow this value."

        self.add_text(title, lambda: number(get(), 6), take, system.unit(dimension), behind)

    def add_names(self, element: int) -> None:
        """Name and label of a neuron, input or output."""
        doc = self.document

        def named() -> Neuron | Input | Output:
            found = doc.circuit.elements[element]
            assert isinstance(found, Neuron | Input | Output)  # noqa: S101  (only these have names)
            return found

        def rename(text: str) -> str | None:
            taken = "This name is taken or is not an identifier: letters, digits and _."
            return None if doc.push(Rename(element, text.strip())) else taken

        def relabel(text: str) -> str | None:
            doc.push(Rename(element, named().name, text.strip()))
            return None

        self.add_text("name", lambda: named().name, rename)
        self.add_text("label", lambda: named().label, relabel)


def _each(ids: tuple[int, ...], edits: tuple[SetParameter, ...], document: Document) -> Edit:
    """All parameters of all elements in one edit: parts of a compound see the circuit before the first."""
    changed = []
    for i in ids:
        element = document.circuit.elements[i]
        assert isinstance(element, Neuron | Synapse | Input)  # noqa: S101  (only these have parameters)
        values = {**element.parameters, **{e.name: e.value for e in edits}}
        changed.append(replace(element, parameters=values))
    return Replace(tuple(changed), "Reset parameters")


class NeuronPage(Page):
    """Live state, parameters, synapses, identity."""

    def __init__(self, document: Document, neuron: int) -> None:
        super().__init__(document)

        def get() -> Neuron:
            return document.circuit.get(neuron, Neuron)

        kinds = document.circuit.kinds.neurons
        self._live = LiveState(document, neuron)
        self.add(self._live)
        self.add_parameters((neuron,), kinds[get().kind])
        self.add_number(
            "start state", Dimension.POTENTIAL, lambda: get().start, lambda v: SetStart({neuron: v})
        )
        for title, incoming in (("Incoming", True), ("Outgoing", False)):
            self._add_connections(neuron, title, incoming=incoming)
        self.add(Section("Identity"))
        self.add_names(neuron)
        roles: list[tuple[object, str]] = [(role, role.value) for role in Role]
        self.add_choice("role", roles, lambda: get().role, lambda v: document.push(_with_role(get(), v)))
        options: list[tuple[object, str]] = [(k.id, k.title) for k in kinds.values()]
        take = lambda v: document.push(SetKind(neuron, str(v)))  # noqa: E731
        self.add_choice("kind", options, lambda: get().kind, take)
        self.box.addStretch(1)

    def _add_connections(self, neuron: int, title: str, *, incoming: bool) -> None:
        doc = self.document
        head = Section(title)
        rows = ConnectionList(doc, [], incoming=incoming)

        def sync() -> None:
            found = entries(doc, neuron, incoming=incoming)
            head.set_note("1 synapse" if len(found) == 1 else f"{len(found)} synapses")
            rows.show_entries(found)

        self.add(head)
        self.add(rows, sync)

    def refresh(self) -> None:
        """The live state."""
        self._live.refresh()


def _with_role(neuron: Neuron, role: object) -> Edit:

    return Replace((replace(neuron, role=Role(str(role))),), f"Make {neuron.name} {role}")


class SynapsePage(Page):
    """Parameters, ends, kind."""

    def __init__(self, document: Document, synapse: int) -> None:
        super().__init__(document)
        circuit = document.circuit

        def get() -> Synapse:
            return circuit.get(synapse, Synapse)

        kinds = circuit.kinds
        self.add_parameters((synapse,), kinds.synapses[get().kind])
        pre, post = circuit.elements[get().pre], circuit.get(get().post, Neuron)
        source = pre.kind if isinstance(pre, Neuron) else "input"
        legal: list[tuple[object, str]] = [
            (k.id, k.title)
            for k in kinds.synapses.values()
            if kinds.synapse_refusal(k.id, source, post.kind) is None
        ]
        self.add(Section("Identity"))
        take = lambda v: document.push(SetKind(synapse, str(v)))  # noqa: E731
        self.add_choice("kind", legal, lambda: get().kind, take)
        self.add_text("label", lambda: get().label, lambda text: _relabel(document, get(), text))
        self.box.addStretch(1)


def _relabel(document: Document, element: Synapse, text: str) -> str | None:

    document.push(Replace((replace(element, label=text.strip()),), "Change label"))
    return None


class InputPage(Page):
    """Stimulus, its parameters, and how the hand moves it."""

    def __init__(self, document: Document, source: int) -> None:
        super().__init__(document)

        def get() -> Input:
            return document.circuit.get(source, Input)

        stimuli = document.circuit.kinds.stimuli
        kind = stimuli[get().stimulus]
        by_hand = frozenset({kind.by_hand}) if kind.id == "button" else frozenset[str]()
        self.add_parameters((source,), kind, by_hand)
        self.add(Section("Identity"))
        self.add_names(source)
        options: list[tuple[object, str]] = [(k.id, k.title) for k in stimuli.values()]
        take = lambda v: document.push(SetKind(source, str(v)))  # noqa: E731
        self.add_choice("stimulus", options, lambda: get().stimulus, take)
        self.add_text("key", lambda: get().key, lambda text: self._take_key(get(), text))
        self.box.addStretch(1)

    def _take_key(self, element: Input, text: str) -> str | None:

        key = text.strip().upper()
        if len(key) > 1:
            return "Use one letter or digit."
        self.document.push(Replace((replace(element, key=key),), "Change key"))
        return None


class OutputPage(Page):
    """Gain and offset of a read-out."""

    def __init__(self, document: Document, output: int) -> None:
        super().__init__(document)

        def get() -> Output:
            return document.circuit.get(output, Output)

        self.add(Section("Read-out"))
        none = Dimension.NONE
        gain = lambda v: Replace((replace(get(), gain=v),), "Set gain")  # noqa: E731
        offset = lambda v: Replace((replace(get(), offset=v),), "Set offset")  # noqa: E731
        self.add_number("gain", none, lambda: get().gain, gain)
        self.add_number("offset", none, lambda: get().offset, offset)
        self.add(Section("Identity"))
        self.add_names(output)
        self.box.addStretch(1)


class NotePage(Page):
    """Title and text of a note."""

    def __init__(self, document: Document, note: int) -> None:
        super().__init__(document)

        def get() -> Note:
            return document.circuit.get(note, Note)

        def take(field: str, text: str) -> str | None:
            changed = replace(get(), title=text) if field == "title" else replace(get(), text=text)
            document.push(Replace((changed,), f"Change {field}"))
            return None

        self.add(Section("Note"))
        self.add_text("title", lambda: get().title, lambda text: take("title", text))
        self.add_text("text", lambda: get().text, lambda text: take("text", text))
        self.box.addStretch(1)


class SeveralPage(Page):
    """The parameters that all selected elements share."""

    def __init__(self, document: Document, ids: tuple[int, ...]) -> None:
        super().__init__(document)
        kinds = document.circuit.kinds
        declared: set[tuple[str, str]] = set()
        for i in ids:
            element = document.circuit.elements[i]
            kind = element.kind if isinstance(element, Neuron | Synapse) else getattr(element, "stimulus", "")
            declared.add((type(element).__name__, kind))
        if len(declared) == 1:
            family, kind = declared.pop()
            table = {"Neuron": kinds.neurons, "Synapse": kinds.synapses, "Input": kinds.stimuli}.get(
                family, {}
            )
            if kind in table:
                self.add_parameters(ids, table[kind])
        self.box.addStretch(1)
