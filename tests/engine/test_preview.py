"""Previews: as long as asked for, with every button pressed in its turn."""

from __future__ import annotations

import numpy as np
import pytest

from circuitsim.api import load
from circuitsim.engine.preview import SECONDS, preview
from circuitsim.engine.run import Cancelled


def test_a_preview_has_a_row_for_every_frame(example):
    circuit = load(example("direction-detector"))
    found = preview(circuit, 10.0)
    assert found.frames >= SECONDS * 10.0
    times = np.array([found.snapshot(k).t for k in range(found.frames)])
    assert times[-1] == pytest.approx(SECONDS * circuit.document.settings.speed)
    assert np.unique(np.round(np.diff(times), 9)).size <= 2


def test_buttons_are_pressed_one_after_the_other(example):
    circuit = load(example("direction-detector"))
    found = preview(circuit, 10.0)
    pressed = np.array([found.snapshot(k).inputs for k in range(found.frames)]) == 1.0
    assert pressed.any(axis=0).all()
    assert not pressed.all(axis=1).any()
    assert [i.stimulus for i in circuit.inputs] == ["button", "button"]


def test_a_preview_can_be_stopped(example):
    with pytest.raises(Cancelled):
        preview(load(example("lamprey")), 10.0, lambda _share: False)
