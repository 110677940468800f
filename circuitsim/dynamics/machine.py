"""Machine code in this process: where it is loaded, and how Python calls it.

This needs llvmlite alone: a process whose kernels are all on disk never imports numba, which takes longer than all else
that a start does. Kernels take an array as numba hands it over, and the tables of a circuit as `ledger.py` lays them out.
"""

from __future__ import annotations

import ctypes
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from circuitsim.dynamics.tables import SORTS, place_of, words_of

if TYPE_CHECKING:
    from circuitsim.dynamics.code_store import Code

    Word = int | float

_WORDS: dict[str, list[Any]] = {
    "d": [ctypes.c_double],
    "i": [ctypes.c_int64],
    "t": [ctypes.c_int64],
    **{letter: [ctypes.c_int64] * (5 + 2 * sort.dimensions) for letter, sort in SORTS.items()},
}
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
    """A kernel that Python calls; it takes no arrays but those of the types that it was compiled for.

    Args:
        address: Where its code is.
        takes: A letter for each argument, as `code_store.Code` has them.
        gives: A letter for each result.
    """

    def __init__(self, address: int, takes: str, gives: str) -> None:
        self.address = address
        self._takes = [(letter, SORTS.get(letter), f"argument {k}") for k, letter in enumerate(takes)]
        self._names = [f"_{k}" for k in range(len(gives))]
        words = [word for letter in takes for word in _WORDS[letter]]
        places = (ctypes.c_void_p, ctypes.c_void_p)  # where its results go, and what it would raise
        self._function = ctypes.CFUNCTYPE(ctypes.c_int32, *places, *words)(address)
        fields = [(f"_{k}", *_WORDS[letter]) for k, letter in enumerate(gives or "i")]  # one for nothing, too
        self._result = type("Result", (ctypes.Structure,), {"_fields_": fields})

    def __call__(self, *arguments: Any) -> Any:
        """Call it; the lock of the interpreter is free meanwhile.

        Raises:
            TypeError: If an argument is not what it was compiled for.
        """
        words: list[Word] = []
        for (letter, sort, name), argument in zip(self._takes, arguments, strict=True):
            if sort is not None:
                words += [0, 0, *words_of(argument, sort, name)]  # it has no owner
            elif letter == "t":
                words.append(place_of(argument.block))
            elif letter == "d":
                words.append(float(argument))
            else:
                words.append(int(argument))
        result = self._result()
        if self._function(ctypes.addressof(result), None, *words):
            raise RuntimeError("a kernel failed")
        given = [getattr(result, name) for name in self._names]
        return given[0] if len(given) == 1 else tuple(given) or None
