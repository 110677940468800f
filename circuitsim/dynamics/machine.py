"""Machine code in this process: where it is loaded, and how Python calls it.

This needs llvmlite alone: a process whose kernels are all on disk never imports numba, which takes longer than all else
that a start does. Kernels take their arguments as numba hands them over: an array as its owner, which is none here,
sizes, address, shape and strides, a tuple as what it holds.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.dynamics.store import Code

    Word = int | float

ALIASES = {"numba_nextafter": "nextafter"}  # what numba calls functions of the C library
RESULTS: dict[str, Any] = {"VALUE": ctypes.c_double, "ADVANCE": ctypes.c_int64 * 3}
_LOCK = Lock()


def load(code: Code) -> int | None:
    """Where the code of a kernel stands from now on; None if something that it calls is not known here."""
    from llvmlite import binding

    with _LOCK:
        engine = _engine()
        if not all(binding.address_of_symbol(name) for name in code.needs):
            return None
        engine.add_object_file(binding.ObjectFileRef.from_data(code.binary))
        engine.finalize_object()
        address: int = engine.get_function_address(code.symbol)
    return address or None


@cache
def _engine() -> Any:
    """LLVM's loader of machine code; it lives as long as the process."""
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    machine = binding.Target.from_default_triple().create_target_machine(jit=True)
    library = ctypes.CDLL(ctypes.util.find_library("m") or ctypes.util.find_library("c"))
    for name, known in ALIASES.items():
        binding.add_symbol(name, ctypes.cast(getattr(library, known), ctypes.c_void_p).value)
    return binding.create_mcjit_compiler(binding.parse_assembly(""), machine)


class Entry:
    """A kernel that Python calls; it takes its arguments to be of the types that it was compiled for.

    Args:
        address: Where its code is.
        shape: Its shape, as `signatures.py` calls it.
    """

    def __init__(self, address: int, shape: str) -> None:
        self.address = address
        self._result = RESULTS.get(shape, ctypes.c_void_p)  # a place for nothing
        self._function: Any = None
        self._tables: tuple[Any, list[Word]] = (None, [])

    def __call__(self, *arguments: Any) -> Any:
        """Call it; the lock of the interpreter is free meanwhile."""
        words: list[Word] = []
        for argument in arguments:
            words += self._words_of(argument) if isinstance(argument, tuple) else _words(argument)
        if self._function is None:
            self._function = _function(self.address, words)
        result = self._result()
        if self._function(ctypes.addressof(result), None, *words):
            raise RuntimeError("a kernel failed")
        return tuple(result) if isinstance(result, ctypes.Array) else result.value

    def _words_of(self, tables: tuple[Any, ...]) -> list[Word]:
        """Those of the tables of a circuit, which are hundreds, and the same again and again."""
        known, words = self._tables
        if known is not tables:
            words = [word for array in tables for word in _words(array)]
            self._tables = tables, words
        return words


def _function(address: int, words: Sequence[Word]) -> Any:
    kinds = [ctypes.c_double if isinstance(word, float) else ctypes.c_int64 for word in words]
    return ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *kinds)(address)


def _words(argument: Any) -> list[Word]:
    """An argument as numba hands it over."""
    if isinstance(argument, np.ndarray):
        assert argument.flags.c_contiguous  # noqa: S101  (it was compiled for those)
        place: int = argument.__array_interface__["data"][0]
        return [0, 0, argument.size, argument.itemsize, place, *argument.shape, *argument.strides]
    return [float(argument) if isinstance(argument, float) else int(argument)]
