"""The program as a person starts it, on a display."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hand import Hand
    from pytestqt.qtbot import QtBot


@pytest.fixture
def launched(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Hand]]:
    """Starts the program for a new person, with a file or without, and gives the hand at its window."""
    from hand import Hand
    from PySide6.QtTest import QTest

    from circuitsim.app.window.start import application, start
    from circuitsim.store.store import Store

    hands: list[Hand] = []

    def go(named: Path | None = None) -> Hand:
        application()
        window = start(named, Store(tmp_path / "config"))
        hands.append(Hand(window, qtbot))
        window.activateWindow()
        assert QTest.qWaitForWindowExposed(window)
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: window.document.status().t > 0.1, timeout=120_000)  # kernels may be cold
        hands[-1].move(window.mapToGlobal(window.rect().bottomRight()))
        return hands[-1]

    yield go
    for hand in hands:
        hand.window.leave_at_once()
