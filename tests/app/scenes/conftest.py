"""Scenes are compared where there is the font they were drawn in."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase

FONT = "Inter"


@pytest.fixture(autouse=True)
def _font(qapp: object) -> None:  # noqa: ARG001  (fonts are known to an application)
    if FONT not in QFontDatabase.families():
        pytest.skip(f"the font {FONT} is not installed, see packaging/setup.sh")
