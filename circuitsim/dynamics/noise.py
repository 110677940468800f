"""Random numbers that depend on a seed, an input and a counter, and on nothing that happened before.

A stimulus whose declaration names a clock finds three numbers behind its parameters: both halves of the seed
and the id of its input. Whoever asks for sample k of it gets the same number, in whatever order.

The generator is Philox4x32-10 (Salmon et al., SC 2011). Products of 32-bit words are taken in signed 64-bit
integers; their lower and upper halves have the right bits whether the product wraps (numba) or not (Python).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats

WORD = 0xFFFFFFFF
ROUNDS = 10


def key(seed: int, element: int) -> list[float]:
    """What follows the parameters of a random stimulus: lower and upper half of the seed, id of the input."""
    return [float(seed & WORD), float(seed >> 32), float(element)]


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four random words of 32 bits from a counter of four words and a key of two."""
    for _ in range(ROUNDS):
        a, b = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = ((b >> 32) & WORD) ^ c1 ^ k0, b & WORD, ((a >> 32) & WORD) ^ c3 ^ k1, a & WORD
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


def uniforms(numbers: Floats, index: int, level: int) -> tuple[float, float]:
    """Two independent numbers, uniform on (0, 1].

    Args:
        numbers: float64[3], as `key` makes them.
        index: Which sample.
        level: Which of up to 256 independent series of an input.
    """
    element = int(numbers[2])
    a, b, c, d = philox(
        index & WORD,
        (index >> 32) & WORD,
        element & WORD,
        ((element >> 32) << 8) | level,
        int(numbers[0]),
        int(numbers[1]),
    )
    first = ((a >> 5) * 67108864.0 + (b >> 6) + 0.5) / 9007199254740992.0
    second = ((c >> 5) * 67108864.0 + (d >> 6) + 0.5) / 9007199254740992.0
    return first, second


def normal(numbers: Floats, index: int, level: int) -> float:
    """A number from the standard normal distribution (Box and Muller 1958)."""
    first, second = uniforms(numbers, index, level)
    return math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)


def sample_at(t: float, hold: float) -> float:
    """Which sample is held at a time: the last k with k hold <= t, at least 0.

    Edges are k hold by the same expression, so no rounding puts an edge and the jump on different sides of a step.
    """
    k = float(math.floor(t / hold))
    if (k + 1.0) * hold <= t:
        k += 1.0
    elif k * hold > t:
        k -= 1.0
    return max(k, 0.0)


def next_sample(t: float, hold: float) -> float:
    """The instant at which the next sample takes over."""
    return (sample_at(t, hold) + 1.0) * hold
