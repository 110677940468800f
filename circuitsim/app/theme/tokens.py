"""Design tokens: every colour of the program, one dataclass instance per theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as ``#RRGGBB``; see the design document for what each is for."""

    name: str
    # surfaces, back to front
    canvas: str
    grid: str
    window: str
    panel: str
    raised: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    # ink
    text: str
    text2: str
    text3: str
    on_accent: str
    # interaction, and nothing else
    accent: str
    accent_fill: str
    accent_hover: str
    # the neuron
    glass: str
    glass_wall: str
    liquid: str
    liquid_top: str
    track: str
    ring_slow: str
    ring_mid: str
    ring_fast: str
    target: str
    # synapses
    exc: str
    inh: str
    ele: str
    muted: str
    # status
    ok: str
    warn: str
    error: str
    # scope
    lane: str
    lane_grid: str
    band: str
    band_edge: str
    cursor_a: str
    cursor_b: str
    # traces, in the order in which they are given
    data: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        """True if ink is lighter than the surfaces."""
        return luminance(self.canvas) < luminance(self.text)

    def trace(self, number: int) -> str:
        """The colour of the trace with a number from 1; colours repeat beyond the last."""
        return self.data[(number - 1) % len(self.data)]


DARK = Theme(
    name="dark",
    canvas="#10151B",
    grid="#232B35",
    window="#0C1015",
    panel="#171D24",
    raised="#1F2730",
    hover="#28323D",
    pressed="#313D4A",
    border="#29323C",
    border_strong="#3C4854",
    text="#E7ECF1",
    text2="#AEB9C4",
    text3="#85919E",
    on_accent="#FFFFFF",
    accent="#9C94FA",
    accent_fill="#6458DB",
    accent_hover="#7368E6",
    glass="#19212A",
    glass_wall="#596773",
    liquid="#2F7C91",
    liquid_top="#74C3D5",
    track="#34414D",
    ring_slow="#65758A",
    ring_mid="#A3ACB2",
    ring_fast="#FFF4D6",
    target="#E7ECF1",
    exc="#EF9462",
    inh="#62A8F2",
    ele="#B4BEC8",
    muted="#5A6673",
    ok="#4FC59B",
    warn="#F0C04E",
    error="#FF6280",
    lane="#10151B",
    lane_grid="#202831",
    band="#222E39",
    band_edge="#4A5A69",
    cursor_a="#E7ECF1",
    cursor_b="#F0C04E",
    data=(
        "#7C9CF8",
        "#CC7D1C",
        "#9FEBCB",
        "#F58FA6",
        "#F7D04A",
        "#9353D3",
        "#BE404D",
        "#6FCDF0",
        "#B0A83A",
        "#6B8599",
    ),
)

LIGHT = Theme(
    name="light",
    canvas="#FBFBF9",
    grid="#DFE2E3",
    window="#E6E9EB",
    panel="#F2F4F4",
    raised="#FFFFFF",
    hover="#E6EAEC",
    pressed="#D8DEE2",
    border="#D7DCE0",
    border_strong="#B5BEC6",
    text="#1A222B",
    text2="#46525E",
    text3="#5F6B77",
    on_accent="#FFFFFF",
    accent="#5549CC",
    accent_fill="#5549CC",
    accent_hover="#463BB8",
    glass="#F0F3F3",
    glass_wall="#86929D",
    liquid="#74B3C4",
    liquid_top="#2F8095",
    track="#D3D9DD",
    ring_slow="#8592A0",
    ring_mid="#566270",
    ring_fast="#0E1720",
    target="#1A222B",
    exc="#C2571A",
    inh="#1F6DC2",
    ele="#69747F",
    muted="#9AA5AF",
    ok="#147A58",
    warn="#8F6200",
    error="#C8174B",
    lane="#FDFDFC",
    lane_grid="#E8EBEC",
    band="#E6ECEF",
    band_edge="#9AA8B3",
    cursor_a="#1A222B",
    cursor_b="#8F6200",
    data=(
        "#2877C8",
        "#DC6C1C",
        "#0D6A5D",
        "#B84398",
        "#7A4E06",
        "#5F2AAA",
        "#8C1930",
        "#2C9DB9",
        "#7B9763",
        "#30465A",
    ),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

BLACK, WHITE = "#000000", "#FFFFFF"


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of ``#RRGGBB``, from 0 to 1."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2, from 0 to 1."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(2048)
def mix(one: str, other: str, share: float) -> str:
    """A colour between two; a share of 0 gives the first, 1 the second."""
    parts = (round(255 * (a + (b - a) * share)) for a, b in zip(rgb(one), rgb(other), strict=True))
    return "#{:02X}{:02X}{:02X}".format(*parts)


def ink_on(colour: str) -> str:
    """The ink that is read better on a fill: that of the dark canvas, or white."""
    return max((DARK.canvas, WHITE), key=lambda ink: contrast(ink, colour))
