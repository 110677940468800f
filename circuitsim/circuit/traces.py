"""Which neurons the scope shows, and under which numbers: a trace that goes frees its number, the others keep theirs."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.circuit.elements import Document


def with_traces(document: Document, neurons: Iterable[int]) -> Document:
    """The document with traces of exactly these neurons; new ones take the lowest free numbers, in the order given."""
    wanted = tuple(neurons)
    known = document.trace_numbers
    kept = {known[i] for i in wanted if i in known}
    free = (number for number in count(1) if number not in kept)
    pairs = sorted((known[i] if i in known else next(free), i) for i in wanted)
    numbers = tuple(number for number, _ in pairs)
    gapless = numbers == tuple(range(1, len(pairs) + 1))
    return replace(document, traced=tuple(i for _, i in pairs), numbers=() if gapless else numbers)
