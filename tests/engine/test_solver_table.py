"""docs/solvers.md says what is measured, of every kind and every solver."""

from __future__ import annotations

import pytest
import solver_table

from circuitsim.spec.catalogue import kinds


def _rows(page):
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in page.splitlines() if "`" in line[:4]]
    return {(kind, solver): tuple(map(float, numbers)) for kind, solver, *numbers in cells}


@pytest.fixture(scope="module")
def found():
    return solver_table.page()


def test_the_page_is_current(found):
    """Its words are those of the script, its numbers those of this machine but for rounding."""
    committed = solver_table.PAGE.read_text(encoding="utf-8")
    assert committed.startswith(solver_table.HEAD), "run: python tests/engine/solver_table.py"
    old, new = _rows(committed), _rows(found)
    assert list(old) == list(new), "run: python tests/engine/solver_table.py"
    for key, (declared, order, error) in new.items():
        assert old[key] == (declared, pytest.approx(order, abs=0.25), pytest.approx(error, rel=0.6)), key


def test_every_solver_has_its_order_on_every_kind(found):
    rows = _rows(found)
    assert len(rows) == len(kinds().neurons) * len(kinds().solvers)
    for key, (declared, order, _) in rows.items():
        assert order > declared - 0.5, key


def test_every_kind_of_synapse_takes_part():
    rings = [solver_table.ring(kind) for kind in kinds().neurons]
    assert {synapse.kind for ring in rings for synapse in ring.synapses} == set(kinds().synapses)
