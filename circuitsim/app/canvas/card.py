"""What a peek card holds: texts and small courses, made in `facts` and `map_facts`, painted in `peek`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.app.canvas.paint.synapse import Sign
    from circuitsim.spec.bounds import Floats

UNKNOWN = "–"


@dataclass(frozen=True)
class Reading:
    """One number with its course; symbol, value and unit as texts, the course as float64[k]."""

    symbol: str
    value: str
    unit: str
    course: Floats = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class Line:
    """One thing that acts or is acted on: what it does (None: it is read), its name, and how much."""

    sign: Sign | None
    name: str
    value: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything on a card: title and what stands across from it, numbers, a remark, lines."""

    title: str
    kind: str
    readings: tuple[Reading, ...]
    remark: str = ""
    lines: tuple[Line, ...] = ()
