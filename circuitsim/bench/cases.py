"""The sizes of the workload; nothing heavy is loaded for their names."""

from __future__ import annotations

from dataclasses import dataclass

TIGHT = 1e-12  # tolerance of a reference unless said


@dataclass(frozen=True)
class Case:
    """A size of the workload.

    Attributes:
        id: What it is called.
        neurons: How many.
        synapses: How many; shared out evenly, the first neurons have one more.
        tolerance: Of the reference, relative; the absolute one is a hundredth.
    """

    id: str
    neurons: int
    synapses: int
    tolerance: float = TIGHT


CASES = {
    case.id: case
    for case in (
        Case("N19", 19, 253),
        Case("N64d", 64, 64 * 64),
        Case("N302", 302, 302 * 16),
        Case("N10k", 10_000, 160_000),
        Case("N100k", 100_000, 1_600_000, tolerance=1e-9),  # 1e-12 takes 2.3 times as long
    )
}
