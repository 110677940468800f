"""Kernels by what they are for: loaded from disk if they have been compiled before, else compiled on first use."""

from __future__ import annotations

import atexit
import errno
import hashlib
import os
import pickle
from functools import cache, lru_cache
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.dynamics import code_store, machine
from circuitsim.dynamics import derivatives as _derivatives
from circuitsim.dynamics import field as _field
from circuitsim.dynamics import sharing as _sharing
from circuitsim.spec.catalogue import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from circuitsim.dynamics.compile_process import Compiler
    from circuitsim.spec.gate import Gate
    from circuitsim.spec.kind import ContinuousKind, MemorylessKind, SynapseKind
    from circuitsim.spec.precision import Single

    Kernel = Callable[..., Any]
    Form = SynapseKind | Gate | Single

KEPT = 256  # tables of addresses


def plain() -> bool:
    """Whether nothing is to be compiled, as the variable of numba says: for looking into kernels, and for tests."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in {"", "0"}


def name_of(function: Kernel) -> str:
    """A name that no other kernel has: of those that one function makes, what they hold tells them apart."""
    held = [cell.cell_contents for cell in function.__closure__ or ()]
    digest = f"-{hashlib.sha256(pickle.dumps(held)).hexdigest()[:16]}" if held else ""
    return f"{function.__module__.removeprefix('circuitsim.dynamics.')}-{function.__name__}{digest}"


_folder = cache(code_store.folder)


def place() -> Path | None:
    """The folder of compiled kernels; None if nothing can be written there."""
    return _folder()


def kept(function: Kernel) -> bool:
    """Whether the code of a kernel is on disk."""
    folder = _folder()
    return folder is not None and code_store.load(folder, name_of(function)) is not None


def keep(function: Kernel, shape: str) -> None:
    """Have the code of a kernel on disk: compile it if it is not.

    Raises:
        OSError: If it cannot be kept there.
    """
    kernel(function, shape)
    if not kept(function):
        raise _refused.get(name_of(function)) or OSError(errno.EIO, os.strerror(errno.EIO))


_refused: dict[str, OSError] = {}  # why a kernel could not be kept, by its name


def _save(folder: Path, name: str, code: code_store.Code) -> None:
    """Keep the code of a kernel; where that cannot be, it is compiled again next time."""
    try:
        code_store.save(folder, name, code)
    except OSError as error:
        _refused[name] = error


def there(function: Kernel) -> bool:
    """Whether there is a file for the code of a kernel, be it whole or not."""
    folder = _folder()
    return folder is not None and code_store.file(folder, name_of(function)).exists()


_HERE = RLock()  # one thread compiles here at a time
_LOCK = RLock()  # of what follows
# two threads that ask for a kernel get the same one, and wait for no other one
_turns: dict[Kernel, RLock] = {}


def kernel(function: Kernel, shape: str) -> Kernel:
    """A kernel of a shape that `signatures.py` names, ready to be called."""
    return function if plain() else _in_turn(function, shape)


def _in_turn(function: Kernel, shape: str) -> machine.Entry:
    with _LOCK:
        turn = _turns.setdefault(function, RLock())
    with turn:
        return _entry(function, shape)


_compiler: Compiler | None = None


def compile_in_processes(*, begin: bool = False) -> None:
    """Let other processes compile from now on what is not on disk, so that this one is never held up.

    Args:
        begin: Start them now and not only when something is missing.
    """
    from circuitsim.dynamics.compile_process import Compiler

    global _compiler
    if _compiler is None:
        _compiler = Compiler()
        atexit.register(_compiler.close)
    if begin:
        _compiler.begin()


def foresee(solver: str) -> None:
    """Have the step of a solver compiled ahead, where other processes compile: who will ask for it asks for others first."""
    function = kinds().solvers[solver].step
    if _compiler is not None and not plain() and not kept(function):
        _compiler.foresee(function, "STEP")


@cache
def _entry(function: Kernel, shape: str) -> machine.Entry:
    folder, name = _folder(), name_of(function)
    code = code_store.load(folder, name) if folder is not None else None
    if code is None and folder is not None and _compiler is not None and _compiler.compile(function, shape):
        code = code_store.load(folder, name)
    address = machine.load(code) if code is not None else None
    if code is None or address is None:
        from circuitsim.dynamics.compiler import compiled

        with _HERE:
            code = compiled(function, shape)
        if folder is not None:
            _save(folder, name, code)
        address = machine.load(code)
        if address is None:
            raise RuntimeError(f"{name} calls functions that are not here: {', '.join(code.needs)}")
    return machine.Entry(address, code.takes, code.gives)


@cache
def advance() -> Kernel:
    """The loop over steps."""
    return kernel(_field.advance, "ADVANCE")


@cache
def assist() -> Kernel:
    """What a second thread does."""
    return kernel(_sharing.assist, "ASSIST")


@cache
def field() -> Kernel:
    """The right-hand side as a function of its own."""
    return kernel(_field.evaluate, "FIELD")


@cache
def derivatives() -> Kernel:
    """The derivatives of the right-hand side as a function of its own."""
    return kernel(_derivatives.derivatives, "DERIVATIVES")


def step(solver: str) -> Kernel:
    """The step of a solver as a function of its own."""
    return kernel(kinds().solvers[solver].step, "STEP")


def method(solver: str) -> Any:
    """The step of a solver as the loop takes it: the only one of a table."""
    return _pointers((kinds().solvers[solver].step,), "STEP")


def whole() -> Any:
    """The right-hand side as solvers take it: the only one of a table."""
    return _pointers((_field.evaluate,), "FIELD")


def share() -> Any:
    """What shares a block of synapses out among threads: the only one of a table."""
    return _pointers((_sharing.share,), "SHARE")


def call(cell: str) -> Kernel:
    """The call of a network with memory as a function of its own."""
    return kernel(kinds().cells[cell].advance, "CELL")


def rates(found: Iterable[ContinuousKind]) -> Any:
    """Addresses of neuron kinds that remember."""
    return _pointers((kind.rates for kind in found), "RATES")


def partials(found: Iterable[ContinuousKind]) -> Any:
    """Addresses of their derivatives."""
    return _pointers((kind.partials for kind in found), "PARTIALS")


def output(found: Iterable[MemorylessKind]) -> Any:
    """Addresses of neuron kinds without memory."""
    return _pointers((kind.output for kind in found), "OUTPUT")


def gradient(found: Iterable[MemorylessKind]) -> Any:
    """Addresses of their derivatives."""
    return _pointers((kind.gradient for kind in found), "GRADIENT")


def accumulate(found: Iterable[Form]) -> Any:
    """Addresses of synapse kinds, of the gates that they share, or of their forms in single precision."""
    return _pointers((kind.accumulate for kind in found), "ACCUMULATE")


def slopes(found: Iterable[Form]) -> Any:
    """Addresses of their derivatives."""
    return _pointers((kind.slopes for kind in found), "SLOPES")


def value(ids: Iterable[str]) -> Any:
    """Addresses of stimulus kinds."""
    return _pointers((kinds().stimuli[i].value for i in ids), "VALUE")


def _pointers(functions: Iterable[Kernel], shape: str) -> Any:
    return _listed(tuple(functions), shape)


@lru_cache(maxsize=KEPT)
def _listed(functions: tuple[Kernel, ...], shape: str) -> Any:
    """The same table for the same functions: nobody writes to it."""
    if plain():
        return list(functions)
    return np.array([_in_turn(function, shape).address for function in functions], dtype=np.int64)
