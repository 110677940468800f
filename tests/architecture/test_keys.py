"""Keys that Qt has no name for are numbers: to make a `Qt.Key` of one fails in some versions of the binding."""

from __future__ import annotations

from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "circuitsim" / "app"


def test_no_key_is_made_of_the_number_of_an_event() -> None:
    sources = sorted(APP.rglob("*.py"))
    assert sources
    assert not [path.name for path in sources if "Qt.Key(" in path.read_text(encoding="utf-8")]
