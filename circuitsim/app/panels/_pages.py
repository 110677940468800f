"""The pages of outputs and notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.panels._live_input import LiveOutput
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import Section
from circuitsim.app.widgets.area import Area
from circuitsim.circuit.edits import Replace
from circuitsim.circuit.elements import Note, Output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.app.panels._page import Ids

TEXT = 140  # px, height of the text of a note


class OutputPage(Page):
    """Gain and offset of a read-out."""

    def pieces(self) -> Iterator[None]:
        """The state and the read-out, then the names."""
        document = self.document

        def get() -> Output:
            return document.circuit.get(self.element, Output)

        self._live = LiveOutput(document, self.element)
        self.add(self._live)
        self.add(Section("Read-out"))
        self.add_gain_and_offset(get)
        yield
        self.add(Section("Identity"))
        self.add_names()
        self.box.addStretch(1)

    def aim(self, ids: Ids) -> None:
        """Show another output."""
        self._live.aim(ids[0])
        super().aim(ids)

    def refresh(self) -> None:
        """The live value."""
        super().refresh()
        self._live.refresh()


class NotePage(Page):
    """Title and text of a note."""

    def pieces(self) -> Iterator[None]:
        """All at once: it is short."""
        document = self.document

        def get() -> Note:
            return document.circuit.get(self.element, Note)

        def take(field: str, text: str) -> str | None:
            changed = replace(get(), title=text) if field == "title" else replace(get(), text=text)
            document.push(Replace((changed,), f"Change {field}"))
            return None

        self.add(Section("Note"))
        self.add_text("title", lambda: get().title, lambda text: take("title", text))
        self.area = Area()
        self.area.setAccessibleName("text")
        self.area.setFixedHeight(TEXT)
        self.area.taken.connect(lambda text: take("text", text))
        self.add(self.area, lambda: self.area.show_text(get().text))
        self.box.addStretch(1)
        yield
