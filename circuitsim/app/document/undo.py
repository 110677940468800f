"""One step of undo around any edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from circuitsim.circuit.circuit import Changed
from circuitsim.circuit.edits import Restore

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document

MERGING = 1
LONGEST = 60  # characters of a text; a longer one, with a long name in it, is cut short


class EditCommand(QUndoCommand):
    """What an edit changed; undo and redo put the elements before and after it back.

    `changed` is what happened, `key` what it may merge with, `chosen` what was selected before and after it, if it selects.
    The edit itself was carried out before the command is made, so the first redo does nothing. Elements that were
    legal once are so again, since all edits are undone and done again in their order.
    """

    def __init__(
        self,
        document: Document,
        text: str,
        changed: Changed,
        key: tuple[int, str] | None,
        chosen: tuple[frozenset[int], frozenset[int]] | None,
    ) -> None:
        super().__init__(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
        self._document = document
        self.changed = changed
        self.key = key
        self._chosen = chosen
        self._done = True

    def id(self) -> int:
        """Commands with a key may merge with their successor."""
        return -1 if self.key is None else MERGING

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a later command of the same gesture on the same thing."""
        if not isinstance(other, EditCommand) or other.key != self.key:
            return False
        self.changed = Changed(
            {**other.changed.before, **self.changed.before}, {**self.changed.after, **other.changed.after}
        )
        return True

    def redo(self) -> None:
        """Put the elements back as the edit made them."""
        if self._done:
            self._done = False
            return
        self._document.restore(
            Restore(self.changed.after, title=self.text()), self._chosen and self._chosen[1]
        )

    def undo(self) -> None:
        """Put the elements back as they were before."""
        self._document.restore(
            Restore(self.changed.before, title=self.text()), self._chosen and self._chosen[0]
        )
