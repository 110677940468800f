"""Machine code in this process: where it is loaded, and how Python calls it.

This needs llvmlite alone: a process whose kernels are all on disk never imports numba, which takes longer than all else
that a start does. Kernels take an array as numba hands it over, and the tables of a circuit as `ledger.py` lays them out.
"""

from __future__ import annotations

import ctypes
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from circuitsim.dynamics.store import Code
    from circuitsim.spec.bounds import Ints

    Word = int | float

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
        self._known: tuple[Any, Ints] = (None, np.zeros(0, dtype=np.int64))

    def __call__(self, *arguments: Any) -> Any:
        """Call it; the lock of the interpreter is free meanwhile."""
        words: list[Word] = []
        for argument in arguments:
            if isinstance(argument, tuple):
                block = self._block(argument)  # named here, so that it stays until the end of the call
                words.append(_place(block))
            elif isinstance(argument, np.ndarray):
                words += [0, 0, *_words(argument)]
            else:
                words.append(float(argument) if isinstance(argument, float) else int(argument))
        if self._function is None:
            self._function = _function(self.address, words)
        result = self._result()
        if self._function(ctypes.addressof(result), None, *words):
            raise RuntimeError("a kernel failed")
        return tuple(result) if isinstance(result, ctypes.Array) else result.value

    def _block(self, tables: tuple[Any, ...]) -> Ints:
        """The tables of a circuit as one block of memory, made once while they are asked for again and again."""
        known, block = self._known
        if known is not tables:
            block = np.array([word for array in tables for word in _words(array)], dtype=np.int64)
            self._known = tables, block
        return block


def _function(address: int, words: Sequence[Word]) -> Any:
    kinds = [ctypes.c_double if isinstance(word, float) else ctypes.c_int64 for word in words]
    return ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *kinds)(address)


def _words(array: NDArray[Any]) -> list[int]:
    """What kernels know of an array; the owner, which numba hands over before it, is none."""
    assert array.flags.c_contiguous  # noqa: S101  (they are compiled for those)
    return [array.size, array.itemsize, _place(array), *array.shape, *array.strides]


def _place(array: NDArray[Any]) -> int:
    place: int = array.__array_interface__["data"][0]
    return place
