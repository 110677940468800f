"""Dimensions of parameters and the two unit systems.

Kernels see numbers only; units live in declarations and at the border.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Dimension(StrEnum):
    """What a number measures."""

    NONE = "none"
    TIME = "time"
    POTENTIAL = "potential"
    CONDUCTANCE = "conductance"
    CAPACITANCE = "capacitance"
    CURRENT = "current"
    SLOPE = "slope"
    FREQUENCY = "frequency"


@dataclass(frozen=True, slots=True)
class UnitSystem:
    """A coherent set of units; the equations hold in it without conversion factors.

    Attributes:
        id: Name in files.
        title: Name for people.
        units: Unit of each dimension; an empty text stands for a pure number.
        si: Size of each unit in SI, for the test that multiplies them out.
    """

    id: str
    title: str
    units: Mapping[Dimension, str]
    si: Mapping[Dimension, float]

    def unit(self, dimension: Dimension) -> str:
        """Unit of a dimension, empty for pure numbers."""
        return self.units[dimension]


_D = Dimension

LIQUID = UnitSystem(
    "liquid",
    "Liquid (pure numbers, s)",
    {
        _D.NONE: "", _D.TIME: "s", _D.POTENTIAL: "", _D.CONDUCTANCE: "", _D.CAPACITANCE: "s",
        _D.CURRENT: "", _D.SLOPE: "", _D.FREQUENCY: "Hz",
    },
    dict.fromkeys(_D, 1.0),
)  # fmt: skip

PHYSIOLOGICAL = UnitSystem(
    "physiological",
    "Physiological (mV, ms, nS)",
    {
        _D.NONE: "", _D.TIME: "ms", _D.POTENTIAL: "mV", _D.CONDUCTANCE: "nS", _D.CAPACITANCE: "pF",
        _D.CURRENT: "pA", _D.SLOPE: "1/mV", _D.FREQUENCY: "1/ms",
    },
    {
        _D.NONE: 1.0, _D.TIME: 1e-3, _D.POTENTIAL: 1e-3, _D.CONDUCTANCE: 1e-9, _D.CAPACITANCE: 1e-12,
        _D.CURRENT: 1e-12, _D.SLOPE: 1e3, _D.FREQUENCY: 1e3,
    },
)  # fmt: skip

UNIT_SYSTEMS: Mapping[str, UnitSystem] = {s.id: s for s in (LIQUID, PHYSIOLOGICAL)}
