"""The scale of colours for maps: from the surface of a lane over blue to the strongest ink, in even steps."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.theme.tokens import rgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.app.theme.tokens import Theme

    Floats = NDArray[np.float64]

STEPS = 255
START = 0.12  # of the way: the least value still stands out from an empty lane
_FINE = 2000
_TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929],
     [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
_TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468],
     [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip


def to_oklab(colours: Floats) -> Floats:
    """OKLab coordinates, float64[n, 3], of sRGB colours from 0 to 1, float64[n, 3]."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    result: Floats = np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T
    return result


def from_oklab(lab: Floats) -> Floats:
    """SRGB colours from 0 to 1, float64[n, 3], of OKLab coordinates, float64[n, 3]."""
    linear = ((lab @ np.linalg.inv(_TO_LAB).T) ** 3) @ np.linalg.inv(_TO_LMS).T
    linear = np.clip(linear, 0.0, 1.0)
    result: Floats = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return result


def ramp_colours(theme: Theme) -> Floats:
    """Colours of the scale, float64[255, 3] from 0 to 1; each step looks equally large.

    Only lightness and the blue-yellow axis change, which all colour visions see.
    """
    anchors = to_oklab(np.array([rgb(theme.lane), rgb(theme.inh), rgb(theme.ring_fast)]))
    way = np.linspace(0.0, 2.0, _FINE)
    path = np.column_stack([np.interp(way, np.arange(3.0), anchors[:, k]) for k in range(3)])
    length = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))))
    even = np.linspace(START * length[-1], length[-1], STEPS)
    return from_oklab(np.column_stack([np.interp(even, length, path[:, k]) for k in range(3)]))


@lru_cache(maxsize=4)
def ramp(theme: Theme) -> tuple[int, ...]:
    """The colour table of an indexed image: 0 is nothing, 1 to 255 are the scale."""
    parts = np.rint(255 * ramp_colours(theme)).astype(int)
    return (0, *(0xFF000000 | int(r) << 16 | int(g) << 8 | int(b) for r, g, b in parts))
