"""The page of several elements: what those of one family share, set for all of them at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.document.group import group_of
from circuitsim.app.document.names import declaration
from circuitsim.app.document.start import starting
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import Section
from circuitsim.circuit.edits import Compound, Replace, SetKind
from circuitsim.circuit.elements import Input, Neuron, Role, Synapse, Tunable

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids
    from circuitsim.spec.parameter import Parameter

FAMILIES: dict[type, str] = {Neuron: "neuron", Synapse: "synapse", Input: "input"}


class SeveralPage(Page):
    """Sections for the neurons, the synapses and the inputs of the selection."""

    def pieces(self) -> Iterator[None]:
        """Each parameter, and each choice, by itself."""
        self._families = families(self.document, self.ids)
        for word in self._families:
            yield from self._add_family(word, alone=len(self._families) == 1)
        self.box.addStretch(1)

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:
        """Families and, since they share other parameters, their kinds in the order in which they come."""
        found: dict[str, list[str]] = {}
        for sort, kind in group_of(document, ids).kinds:
            if sort in FAMILIES:
                found.setdefault(FAMILIES[sort], []).append(kind)
        return tuple((word, tuple(found[word])) for word in FAMILIES.values() if word in found)

    def aim(self, ids: Ids) -> None:
        """Show other elements of the same families and kinds."""
        self._families = families(self.document, ids)
        super().aim(ids)

    def _add_family(self, word: str, *, alone: bool) -> Iterator[None]:
        """What some neurons, synapses or inputs have in common."""

        def ids() -> Ids:
            return self._families[word]

        def count() -> str:
            return f"{len(ids())} {word}{'s' * (len(ids()) > 1)}"

        parameters = shared(self.document, ids())
        yield from self.add_parameters(ids, parameters, None if alone else count)
        if not parameters:
            self.add_head(count, Section("", "no parameter in common"))
        if word == "neuron":
            if starting(self.document, ids()):
                self.add_start(lambda: starting(self.document, ids()))
            self.add_choice(
                "role", [(role, role.value) for role in Role], lambda: self._one(ids(), "role"),
                lambda role: self._set_role(ids(), role),
            )  # fmt: skip
            yield
        kinds = self.document.circuit.kinds
        options = {"neuron": kinds.neurons, "input": kinds.stimuli}.get(word)
        if options is not None:
            field = "kind" if word == "neuron" else "stimulus"
            self.add_choice(
                field, [(k.id, k.title) for k in options.values()], lambda: self._one(ids(), field),
                lambda kind: self._set_kind(ids(), str(kind)),
            )  # fmt: skip
            yield

    def _one(self, ids: Ids, field: str) -> object:
        """The value that all share, or None."""
        elements = self.document.circuit.elements
        values = {getattr(elements[i], field) for i in ids if i in elements}
        return values.pop() if len(values) == 1 else None

    def _set_role(self, ids: tuple[int, ...], role: object) -> None:
        changed = tuple(replace(self.document.circuit.get(i, Neuron), role=Role(str(role))) for i in ids)
        self.document.push(Replace(changed, f"Make {len(ids)} neurons {role}"))

    def _set_kind(self, ids: tuple[int, ...], kind: str) -> None:
        self.document.push(Compound(tuple(SetKind(i, kind) for i in ids), f"Change {len(ids)} to {kind}"))


def families(document: Document, ids: Ids) -> dict[str, Ids]:
    """Ids of the neurons, of the synapses and of the inputs among some elements, by the word for them."""
    elements = document.circuit.elements
    found: dict[str, list[int]] = {word: [] for word in FAMILIES.values()}
    for i in ids:
        word = FAMILIES.get(type(elements[i]))
        if word is not None:
            found[word].append(i)
    return {word: tuple(some) for word, some in found.items() if some}


def shared(document: Document, ids: tuple[int, ...]) -> list[Parameter]:
    """Parameters that all elements have: of the same name and dimension, with the same choices."""
    elements = [document.circuit.elements[i] for i in ids]
    kinds = [declaration(document, e) for e in elements if isinstance(e, Tunable)]
    first = kinds[0]
    if first is None:
        return []
    result = []
    for parameter in first.parameters:
        others = [None if kind is None else kind.parameter(parameter.name) for kind in kinds]
        alike = [o for o in others if o is not None and _alike(o, parameter)]
        if len(alike) == len(kinds):
            result.append(parameter)
    return result


def _alike(a: Parameter, b: Parameter) -> bool:
    return (a.dimension, a.choices) == (b.dimension, b.choices)
