"""Every resource is found by the one function that knows where resources lie."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from circuitsim.spec.paths import resource, resources

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(path.relative_to(resources()) for path in resources().rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=str)
def test_resource_opens(path: Path) -> None:
    text = resource(*path.parts).read_text(encoding="utf-8")
    assert text.strip()
    if path.suffix == ".svg":
        assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own file
    if path.suffix == ".json":
        json.loads(text)


def test_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/no-such\.svg is missing"):
        resource("icons", "no-such.svg")
