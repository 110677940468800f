"""Fonts: Inter where it is installed, the default of the platform elsewhere; a face with serifs for equations."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

FAMILY = "Inter"
MATHEMATICAL = (
    "STIX Two Text", "STIXGeneral", "STIX", "XITS", "TeX Gyre Termes", "Cambria", "Times New Roman", "Liberation Serif",
    "Tinos", "FreeSerif", "DejaVu Serif",
)  # fmt: skip  # the first one that is installed

# name -> (size in px, weight)
SCALE = {
    "clock": (16, 500),
    "display": (15, 600),
    "value": (13, 600),
    "title": (12, 600),
    "field": (12, 500),
    "body": (12, 400),
    "head": (11, 600),
    "label": (11, 500),
    "micro": (10, 500),
}


def named(name: str) -> QFont:
    """A font of the scale: clock, display, value, title, field, body, head, label or micro.

    Raises:
        KeyError: If the scale has no such name.
    """
    size, weight = SCALE[name]
    return font(size, weight)


@lru_cache(maxsize=256)
def font(pixels: float, weight: int = 400) -> QFont:
    """A font of a size in px and a weight from 100 to 900, with figures of equal width.

    The font is shared: callers do not alter it.
    """
    result = QFont(family()) if family() else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    result.setPixelSize(max(1, round(pixels)))
    result.setWeight(QFont.Weight(weight))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if hasattr(result, "setFeature"):  # Qt 6.7 and later
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


@lru_cache(maxsize=64)
def mathematical(pixels: float, *, italic: bool = False) -> QFont:
    """A face with serifs for equations, upright or italic; shared, so that callers do not alter it."""
    result = QFont()
    there = mathematical_family()
    if there:
        result.setFamily(there)
    result.setStyleHint(QFont.StyleHint.Serif)
    result.setPixelSize(max(1, round(pixels)))
    result.setItalic(italic)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


@lru_cache(maxsize=1)
def mathematical_family() -> str:
    """The family of equations; empty for what the platform has for serifs."""
    there = set(QFontDatabase.families())
    return next((name for name in MATHEMATICAL if name in there), "")


def shortened(text: str, face: QFont, most: float) -> str:
    """A line of text, cut short if it is wider than so many px."""
    return QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, most)


@lru_cache(maxsize=1)
def family() -> str:
    """The family in use; empty for the default of the platform."""
    return FAMILY if FAMILY in QFontDatabase.families() else ""
