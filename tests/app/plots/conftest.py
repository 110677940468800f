"""A window with a small circuit that has run for a while."""

from __future__ import annotations

import pytest
from scope_hand import held_circuit, run_for

from circuitsim.app.window.start import application, build


@pytest.fixture
def window(qtbot):
    """The real window with two neurons that have run for 6 s and stand still."""
    application()
    made = build(held_circuit(), None)
    made.show()
    qtbot.waitExposed(made)
    made.frames.start()
    run_for(made, qtbot, 6.0)
    yield made
    made.document.stack.setClean()
    made.close()
