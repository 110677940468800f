"""Every kernel there is, and which of them are on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics import build
from circuitsim.dynamics import derivatives as _derivatives
from circuitsim.dynamics import field as _field
from circuitsim.dynamics import sharing as _sharing
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import ContinuousKind, MemorylessKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.dynamics.build import Kernel


def every() -> list[tuple[Kernel, str]]:
    """Each kernel once, with its shape; those that take long to compile come first."""
    return list(dict.fromkeys((*_general(), *_of_kinds())))


def common() -> tuple[tuple[Kernel, str], ...]:
    """Those that every circuit needs."""
    return (_field.evaluate, "FIELD"), (_field.advance, "ADVANCE")


def _general() -> Iterator[tuple[Kernel, str]]:
    yield from ((solver.step, "STEP") for solver in kinds().solvers.values())
    yield from common()
    yield from ((cell.advance, "CELL") for cell in kinds().cells.values())
    yield _derivatives.derivatives, "DERIVATIVES"
    yield _sharing.share, "SHARE"
    yield _sharing.assist, "ASSIST"


def _of_kinds() -> Iterator[tuple[Kernel, str]]:
    known = kinds()
    for neuron in known.all_neurons.values():
        if isinstance(neuron, ContinuousKind):
            yield from ((neuron.rates, "RATES"), (neuron.partials, "PARTIALS"))
        if isinstance(neuron, MemorylessKind):
            yield from ((neuron.output, "OUTPUT"), (neuron.gradient, "GRADIENT"))
    for synapse in known.synapses.values():
        for form in (synapse, synapse.gate, synapse.single):
            if form is not None:
                yield from ((form.accumulate, "ACCUMULATE"), (form.slopes, "SLOPES"))
    yield from ((stimulus.value, "VALUE") for stimulus in known.stimuli.values())


def missing() -> list[int]:
    """Which of them are not on disk yet."""
    return [k for k, (function, _) in enumerate(every()) if not build.kept(function)]


def complete() -> bool:
    """Whether a file is there for each of them: then no run ever waits."""
    return build.plain() or all(build.there(function) for function, _ in every())
