"""What the list of the canvas offers: every kind, by its name and by its id."""

from __future__ import annotations

import pytest

from circuitsim.app.canvas.offers import everything
from circuitsim.app.document.tools import Tool
from circuitsim.circuit.circuit import Circuit

CIRCUIT = Circuit("empty")
KINDS = [*CIRCUIT.kinds.neurons.values(), *CIRCUIT.kinds.stimuli.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.id)
def test_every_kind_is_found_by_typing(kind):
    for typed in (kind.title, kind.title.lower()[:5], kind.id):
        found = [row for row in everything(CIRCUIT, None) if row.rank(typed) is not None]
        assert kind.id in {row.value.kind for row in found if isinstance(row.value, Tool)}
