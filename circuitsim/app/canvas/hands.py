"""What the hand does to inputs: buttons that are held, sliders that were moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.sizes import is_button
from circuitsim.app.canvas.strength import Switches

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.canvas.ports import Document


class Hands:
    """Several hands may hold the same button: the mouse and a key."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._holders: dict[int, set[str]] = {}
        self._slid: dict[int, tuple[float, int]] = {}
        self._switches = Switches(document)

    @property
    def held(self) -> frozenset[int]:
        """Ids of the buttons that are down."""
        return frozenset(self._holders)

    def hold(self, button: int, holder: str) -> None:
        """Press a button."""
        first = button not in self._holders
        self._holders.setdefault(button, set()).add(holder)
        if first:
            self._document.hand(button, 1.0)

    def let_go(self, button: int, holder: str) -> None:
        """Take one hand away; the last one releases the button."""
        holders = self._holders.get(button)
        if holders is None or holder not in holders:
            return
        holders.discard(holder)
        if not holders:
            del self._holders[button]
            if button in self._document.circuit.elements:
                self._document.hand(button, 0.0)

    def let_all_go(self) -> None:
        """Release every button."""
        for button, holders in tuple(self._holders.items()):
            for holder in tuple(holders):
                self.let_go(button, holder)

    def press(self, key: str) -> bool:
        """Press the buttons of a key letter and switch its waveforms; False if there is none."""
        switched = self._switches.press(key)
        return self._by_key(key, self.hold) or switched

    def release(self, key: str) -> bool:
        """Release the buttons of a key letter; False if there is none."""
        return self._by_key(key, self.let_go)

    def _by_key(self, key: str, act: Callable[[int, str], None]) -> bool:
        found = [
            e.id
            for e in self._document.circuit.inputs
            if is_button(e) and e.key and e.key.lower() == key.lower()
        ]
        for i in found:
            act(i, f"key {key.lower()}")
        return bool(found)

    def slide(self, slider: int, value: float, serial: int) -> None:
        """Move a slider while the run is at a serial number."""
        self._slid[slider] = (value, serial)
        self._document.hand(slider, value)

    def slid(self, serial: int) -> dict[int, float]:
        """Values that the run has not taken over yet: it is still where it was when they were set."""
        self._slid = {i: (value, at) for i, (value, at) in self._slid.items() if at == serial}
        return {i: value for i, (value, _) in self._slid.items()}
