"""Kernels as addresses, and the calls of `calls.py` in compiled code; importing this imports numba.

numba has lists of functions of its own. To look into one is to count its users, with an instruction that locks the
memory: in a small circuit that took most of the time of a step.
"""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

from numba.core import cgutils
from numba.core.typing import signature
from numba.extending import lower_builtin, type_callable

from circuitsim.dynamics import calls, signatures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def register() -> None:
    """Let compiled kernels call others by address."""
    for call, shape in calls.SHAPES.items():
        called = getattr(signatures, shape)
        type_callable(call)(_typed(called))
        lower_builtin(call, *_arguments(called))(_lowered(called))


def _arguments(called: Any) -> tuple[Any, ...]:
    return signatures.ADDRESSES, signatures.PLACE, *called.args


def _typed(called: Any) -> Callable[[Any], Callable[..., Any]]:
    """How numba types a call: with the very arguments of the shape, to which it converts what it is given."""

    def signed(_functions: Any, _k: Any, *_given: Any) -> Any:
        return signature(called.return_type, *_arguments(called))

    typed: Any = signed
    names = (Parameter(f"given{k}", Parameter.POSITIONAL_OR_KEYWORD) for k in range(len(_arguments(called))))
    typed.pysig = Signature(list(names))  # so many: without it the given ones would be one tuple
    return lambda _context: typed


def _lowered(called: Any) -> Callable[..., Any]:
    def lower(context: Any, builder: Any, _signature: Any, given: Sequence[Any]) -> Any:
        functions, k, *arguments = given
        data = context.make_array(signatures.ADDRESSES)(context, builder, functions).data
        number = builder.load(builder.gep(data, [k]))
        shape = context.call_conv.get_function_type(called.return_type, called.args)
        function = builder.inttoptr(number, shape.as_pointer())
        status, result = context.call_conv.call_function(
            builder, function, called.return_type, called.args, arguments
        )
        with cgutils.if_unlikely(builder, status.is_error):
            context.call_conv.return_status_propagate(builder, status)
        return result

    return lower
