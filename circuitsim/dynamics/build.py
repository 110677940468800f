"""Compile plain kernel functions on first use; the only place that decorates them.

Edited kernels must never be served from an old cache, and numba looks only at the file of the
decorated function, not at its helpers. So the cache folder is named by a hash of all sources here.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circuitsim.dynamics import adaptive as _adaptive
from circuitsim.dynamics import dense as _dense
from circuitsim.dynamics import derivatives as _derivatives
from circuitsim.dynamics import field as _field
from circuitsim.dynamics import functions as _functions
from circuitsim.dynamics import noise as _noise
from circuitsim.dynamics import splines as _splines
from circuitsim.dynamics.cells import _kernel as _cell
from circuitsim.dynamics.cells import _ltc_kernel
from circuitsim.spec.catalogue import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from circuitsim.spec.gate import Gate
    from circuitsim.spec.kind import ContinuousKind, MemorylessKind, SynapseKind

    Kernel = Callable[..., Any]

LISTS = 256  # of function pointers that are kept
_FAST = {"contract", "nsz", "arcp"}  # what keeps the same bits for any slicing and keeps NaN visible
_SHARED = (
    _functions.sigmoid,
    _functions.activation,
    _functions.sigmoid_slope,
    _functions.activation_slope,
    _splines.piece,
    _splines.spline,
    _splines.spline_slope,
    _field.exploded,
    _field.crossed,
    _derivatives.derivatives,
    _derivatives.jacobian,
    _derivatives.slopes_in_time,
    _dense.factor,
    _dense.solve,
    _adaptive.slope,
    _adaptive.begin,
    _adaptive.stages_of,
    _adaptive.take,
    _adaptive.attempt,
    _adaptive.worst,
    _adaptive.account,
    _adaptive.between,
    _cell.squash,
    _cell.dense,
    _cell.remember,
    _cell.combine,
    _ltc_kernel.opened,
)
_RANDOM = (_noise.philox, _noise.uniforms, _noise.normal, _noise.sample_at)


def cache_folder() -> Path | None:
    """Folder of compiled kernels for these sources, this numba and this processor; None if none is writable."""
    import llvmlite.binding as llvm
    import numba
    import platformdirs

    digest = hashlib.sha256(f"{numba.__version__} {llvm.get_host_cpu_name()}".encode())
    digest.update(llvm.get_host_cpu_features().flatten().encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    base = os.environ.get("CIRCUITSIM_CACHE_DIR") or platformdirs.user_cache_dir(
        "circuitsim", appauthor=False
    )
    folder = Path(base) / "kernels" / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return folder


@cache
def _options() -> dict[str, Any]:
    """Options of every kernel; sets the cache folder before anything is compiled."""
    import numba
    from numba.extending import register_jitable

    from circuitsim.dynamics import vectors

    folder = cache_folder()
    if folder is not None:
        numba.config.CACHE_DIR = str(folder)
    for function in (*_SHARED, *_RANDOM):
        register_jitable(function)
    register_jitable(inline="always")(_field.field)
    vectors.register()
    return {"cache": folder is not None, "nogil": True, "error_model": "numpy", "fastmath": _FAST}


@cache
def _compiled(function: Kernel, signature: str) -> Kernel:
    from numba import njit

    options = _options()
    from circuitsim.dynamics import signatures

    if (
        signature == "VALUE"
    ):  # a value must jump where the edge is, whose product and sum are rounded one by one
        options = options | {"fastmath": _FAST - {"contract"}}
    if function.__closure__:  # two of one name would share one place in the cache, and one's code
        cells = pickle.dumps([cell.cell_contents for cell in function.__closure__])
        function.__qualname__ = f"{function.__module__}.{hashlib.sha256(cells).hexdigest()[:16]}"
    compiled: Kernel = njit(getattr(signatures, signature), **options)(function)
    return compiled


@cache
def advance() -> Kernel:
    """The loop over steps."""
    return _entry(_compiled(_field.advance, "ADVANCE"))


@cache
def field() -> Kernel:
    """The right-hand side as a function of its own."""
    return _entry(_compiled(_field.field, "FIELD"))


@cache
def derivatives() -> Kernel:
    """The derivatives of the right-hand side as a function of its own."""
    return _entry(_compiled(_derivatives.derivatives, "DERIVATIVES"))


def _entry(compiled: Any) -> Kernel:
    """The machine code itself, which takes its arguments to be of the types of its only signature.

    The dispatcher before it works out the type of every table at every call, which takes a quarter of a
    millisecond: longer than a slice of a small circuit, and all of it with the lock of the interpreter held.
    """
    from numba import config

    if config.DISABLE_JIT:
        plain: Kernel = compiled
        return plain
    (only,) = compiled.overloads.values()
    entry: Kernel = only.entry_point
    return entry


def step(solver: str) -> Kernel:
    """The step of a solver as a function of its own."""
    return _entry(_compiled(kinds().solvers[solver].step, "STEP"))


def method(solver: str) -> Any:
    """The step of a solver as the loop takes it: the only function pointer of a list, which is passed on at once."""
    return _pointers((kinds().solvers[solver].step,), "STEP")


def call(cell: str) -> Kernel:
    """The call of a network with memory as a function of its own."""
    return _entry(_compiled(kinds().cells[cell].advance, "CELL"))


def rates(found: Iterable[ContinuousKind]) -> Any:
    """Function pointers of neuron kinds that remember."""
    return _pointers((kind.rates for kind in found), "RATES")


def partials(found: Iterable[ContinuousKind]) -> Any:
    """Function pointers of their derivatives."""
    return _pointers((kind.partials for kind in found), "PARTIALS")


def output(found: Iterable[MemorylessKind]) -> Any:
    """Function pointers of neuron kinds without memory."""
    return _pointers((kind.output for kind in found), "OUTPUT")


def gradient(found: Iterable[MemorylessKind]) -> Any:
    """Function pointers of their derivatives."""
    return _pointers((kind.gradient for kind in found), "GRADIENT")


def accumulate(found: Iterable[SynapseKind | Gate]) -> Any:
    """Function pointers of synapse kinds, or of the gates that they share."""
    return _pointers((kind.accumulate for kind in found), "ACCUMULATE")


def slopes(found: Iterable[SynapseKind | Gate]) -> Any:
    """Function pointers of their derivatives."""
    return _pointers((kind.slopes for kind in found), "SLOPES")


def value(ids: Iterable[str]) -> Any:
    """Function pointers of stimulus kinds."""
    return _pointers((kinds().stimuli[i].value for i in ids), "VALUE")


def _pointers(functions: Iterable[Kernel], signature: str) -> Any:
    return _listed(tuple(functions), signature)


@lru_cache(maxsize=LISTS)
def _listed(functions: tuple[Kernel, ...], signature: str) -> Any:
    """The same list for the same functions: nobody writes to it, and to make one takes a millisecond."""
    from numba import config

    compiled = [_compiled(f, signature) for f in functions]
    if config.DISABLE_JIT:
        return compiled
    empty, append = _list_methods(signature)
    result = empty()
    for function in compiled:
        append(result, function)
    return result


@cache
def _list_methods(signature: str) -> tuple[Kernel, Kernel]:
    """What makes a list of function pointers, and what appends to it.

    A list that is built from Python has its methods compiled anew in every process, which takes most of a
    second for each shape of kernel; compiled from here they come from the cache, as the kernels do.
    """
    from numba import njit, typed, types

    from circuitsim.dynamics import signatures

    pointer = types.FunctionType(getattr(signatures, signature))
    pointers = types.ListType(pointer)

    def empty() -> Any:
        return typed.List.empty_list(pointer)

    def append(to: Any, function: Any) -> None:
        to.append(function)

    cached = {"cache": _options()["cache"]}
    return njit(pointers(), **cached)(empty), njit(types.void(pointers, pointer), **cached)(append)
