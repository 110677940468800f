"""Numbers that carry a tiny imaginary part through a kernel, so that it differentiates itself.

Kernels are written for real numbers: they compare, take the magnitude and call `math`, which complex
numbers of Python refuse. `Step` does what the real part would do and lets the imaginary part follow.
"""

from __future__ import annotations

import cmath
import inspect
import math
from types import SimpleNamespace
from typing import TYPE_CHECKING

from circuitsim.dynamics import functions
from circuitsim.spec.catalogue import kinds

if TYPE_CHECKING:
    import pytest

H = 1e-30  # no difference is taken, so nothing cancels


class Step:
    """A complex number that is compared by its real part."""

    __slots__ = ("z",)

    def __init__(self, z: complex) -> None:
        self.z = complex(z)

    @property
    def slope(self) -> float:
        return self.z.imag / H

    def __add__(self, other):
        return Step(self.z + _plain(other))

    def __sub__(self, other):
        return Step(self.z - _plain(other))

    def __rsub__(self, other):
        return Step(_plain(other) - self.z)

    def __mul__(self, other):
        return Step(self.z * _plain(other))

    def __truediv__(self, other):
        return Step(self.z / _plain(other))

    def __rtruediv__(self, other):
        return Step(_plain(other) / self.z)

    def __pow__(self, other):
        return Step(self.z ** _plain(other))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Step(-self.z)

    def __abs__(self):
        return -self if self.z.real < 0.0 else self

    def __float__(self):
        raise AssertionError("a kernel turned a number into a float and lost its derivative")

    def __int__(self):
        return int(self.z.real)

    def __lt__(self, other):
        return self.z.real < _plain(other).real

    def __le__(self, other):
        return self.z.real <= _plain(other).real

    def __gt__(self, other):
        return self.z.real > _plain(other).real

    def __ge__(self, other):
        return self.z.real >= _plain(other).real


def _plain(value: Step | float) -> complex:
    return value.z if isinstance(value, Step) else complex(value)


def _either(real, of_complex):
    return lambda value: Step(of_complex(value.z)) if isinstance(value, Step) else real(value)


MATH = SimpleNamespace(**{
    **vars(math),
    **{name: _either(getattr(math, name), getattr(cmath, name)) for name in ("exp", "log", "sqrt", "sin", "cos", "tanh")},
    "floor": lambda value: math.floor(_plain(value).real),
})  # fmt: skip


def let_kernels_take_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every kernel a `math` that knows `Step`."""
    everything = (*kinds().neurons.values(), *kinds().synapses.values())
    for module in {functions, *(inspect.getmodule(kind.pack) for kind in everything)}:
        if hasattr(module, "math"):
            monkeypatch.setattr(module, "math", MATH)
