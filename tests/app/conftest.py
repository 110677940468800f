"""The real window, running."""

from __future__ import annotations

import pytest

from circuitsim.api import load
from circuitsim.app.window.start import application, build
from circuitsim.io.examples import example


@pytest.fixture
def window(qtbot):
    """The real window with the tap-withdrawal circuit, running."""
    application()
    made = build(load(example("tap-withdrawal").path), None)
    made.show()
    qtbot.waitExposed(made)
    made.frames.start()
    made.document.play()
    qtbot.waitUntil(lambda: made.document.status().t > 0.02, timeout=120_000)  # kernels may be cold
    yield made
    made.document.stack.setClean()
    made.close()
