"""The committed pages are those that the declarations make."""

from __future__ import annotations

from pathlib import Path

import pytest

from circuitsim.cli.verbs.docs import pages

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("name", ["circuit.schema.json", "kinds.md", "laboratories.md"])
def test_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], "run: circuitsim docs"
