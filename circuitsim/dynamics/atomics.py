"""The counts of `turns.py` in instructions that threads may mix; importing this imports numba."""

from __future__ import annotations

import os
import platform
from functools import wraps
from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import lower_builtin, type_callable

from circuitsim.dynamics import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE = 1_000  # moments after which somebody else may need the processor more
_WORD, _BYTES = ir.IntType(64), 8
_X86: tuple[str, list[Any]] = ("llvm.x86.sse2.pause", [])
_ARM: tuple[str, list[Any]] = ("llvm.aarch64.hint", [ir.IntType(32)(1)])
_PAUSES = {
    "x86_64": _X86,
    "amd64": _X86,
    "aarch64": _ARM,
    "arm64": _ARM,
}  # what tells a processor that it waits for another


def register() -> None:
    """Let compiled kernels take these forms."""
    for function, result, lower in (
        (turns.look, types.int64, _look),
        (turns.put, types.void, _put),
        (turns.count, types.int64, _count),
        (turns.rest, types.int64, _rest),
    ):
        type_callable(function)(_typed(function, result))
        lower_builtin(function, types.VarArg(types.Any))(lower)


def _typed(function: Any, result: Any) -> Any:
    @wraps(function)
    def typed(*_arguments: Any) -> Any:
        return result

    return lambda _context: typed


def _place(context: Any, builder: Any, signature: Any, arguments: Sequence[Any]) -> Any:
    counts = context.make_array(signature.args[0])(context, builder, arguments[0])
    return builder.gep(counts.data, [arguments[1]])


def _look(context: Any, builder: Any, signature: Any, arguments: Sequence[Any]) -> Any:
    return builder.load_atomic(_place(context, builder, signature, arguments), "acquire", _BYTES)


def _put(context: Any, builder: Any, signature: Any, arguments: Sequence[Any]) -> Any:
    builder.store_atomic(arguments[2], _place(context, builder, signature, arguments), "release", _BYTES)
    return context.get_dummy_value()


def _count(context: Any, builder: Any, signature: Any, arguments: Sequence[Any]) -> Any:
    return builder.atomic_rmw("add", _place(context, builder, signature, arguments), arguments[2], "acq_rel")


def _rest(_context: Any, builder: Any, _signature: Any, arguments: Sequence[Any]) -> Any:
    waited = builder.add(arguments[0], _WORD(1))
    found = _PAUSES.get(platform.machine().lower())
    if found is not None:
        name, hint = found
        _call(builder, name, ir.VoidType(), hint)
    if hasattr(os, "sched_yield"):
        with builder.if_then(builder.icmp_signed(">", waited, _WORD(PATIENCE)), likely=False):
            _call(builder, "sched_yield", ir.IntType(32), [])
    return waited


def _call(builder: Any, name: str, result: Any, arguments: Sequence[Any]) -> None:
    shape = ir.FunctionType(result, [argument.type for argument in arguments])
    builder.call(cgutils.get_or_insert_function(builder.module, shape, name), arguments)
