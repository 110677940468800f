"""Every kernel there is, compiled before anybody waits for one."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TYPE_CHECKING

from circuitsim.dynamics import build
from circuitsim.dynamics import derivatives as _derivatives
from circuitsim.dynamics import field as _field
from circuitsim.dynamics import sharing as _sharing
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import ContinuousKind, MemorylessKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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


def compile_ahead(wanted: Sequence[int], processes: int, told: Callable[[float], object]) -> None:
    """Compile some of them and keep them on disk.

    Args:
        wanted: Their places in `every`.
        processes: How many may work at once.
        told: Is told which part is done.
    """
    if processes == 1 or len(wanted) < 2:
        for done, k in enumerate(wanted, 1):
            _compile(k)
            told(done / len(wanted))
        return
    with ProcessPoolExecutor(min(processes, len(wanted)), mp_context=get_context("spawn")) as pool:
        for done, one in enumerate(as_completed([pool.submit(_compile, k) for k in wanted]), 1):
            one.result()
            told(done / len(wanted))


def _compile(k: int) -> None:
    build.kernel(*every()[k])
