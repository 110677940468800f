"""The loops of `lanes.py` in vector IR; importing this imports numba.

A loop does what it does for eight lanes. Where the logistic function keeps many numbers at hand and an instruction takes
four of them at most, it does it for the first four and then for the others: half as many registers are needed, and
none is put aside in memory.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from llvmlite import binding, ir
from numba import types
from numba.core import cgutils
from numba.extending import lower_builtin, register_jitable, type_callable

from circuitsim.dynamics import lanes
from circuitsim.dynamics.lanewise import BITS, DOUBLE, SINGLE, WORD, Lanewise
from circuitsim.dynamics.tables import LANES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Emit = Callable[..., None]

_REGISTER = (
    LANES if binding.get_host_cpu_features().get("avx512f") else LANES // 2
)  # numbers of double precision


def register() -> None:
    """Let compiled kernels take the vector form of each loop, or the plain one where LLVM does not know the IR."""
    known = usable()
    for function, emit in _FORMS.items():
        if known:
            type_callable(function)(_typed(function))
            lower_builtin(function, types.VarArg(types.Any))(_lowered(emit))
        else:
            register_jitable(function)


def usable() -> bool:
    """Whether this LLVM takes the IR, tried on the longest of the loops."""
    try:
        module = ir.Module()
        pointers = [ir.PointerType(WORD), *[ir.PointerType(DOUBLE.number)] * 7]
        shape = ir.FunctionType(ir.VoidType(), [BITS, BITS, *pointers, BITS])
        function = ir.Function(module, shape, "probe")
        builder = ir.IRBuilder(function.append_basic_block())
        _add_gated(builder, *function.args)
        builder.ret_void()
        binding.parse_assembly(str(module)).verify()
    except (AttributeError, NotImplementedError, RuntimeError, TypeError, ValueError):
        return False
    return True


def _typed(function: Callable[..., None]) -> Any:
    """How numba types a call: with the arguments of the function, and without a result."""

    @wraps(function)
    def nothing(*_arguments: Any) -> Any:
        return types.void

    return lambda _context: nothing


def _lowered(emit: Emit) -> Any:
    """How numba lowers a call: arrays become pointers to their first element."""

    def lower(context: Any, builder: Any, signature: Any, arguments: Sequence[Any]) -> Any:
        plain = [
            context.make_array(kind)(context, builder, value).data if isinstance(kind, types.Array) else value
            for kind, value in zip(signature.args, arguments, strict=True)
        ]
        emit(builder, *plain)
        return context.get_dummy_value()

    return lower


def _add_gated(
    builder: Any, begin: Any, end: Any, pre: Any, slope: Any, shift: Any, g: Any, ge: Any, x: Any,
    sum_g: Any, sum_ge: Any, at: Any,
) -> None:  # fmt: skip
    some = Lanewise(builder, DOUBLE, _REGISTER)
    for first, last, place in _parts(some, begin, end, at):
        total_g, total_ge = _Sum(some, sum_g, place), _Sum(some, sum_ge, place)
        _gated(some, first, last, (pre, slope, shift, g, ge, x), total_g, total_ge)
        total_g.store()
        total_ge.store()


def _parts(some: Lanewise, *places: Any) -> Iterator[tuple[Any, ...]]:
    """The places of the first lanes, then those of the others."""
    for part in range(0, LANES, some.wide):
        yield tuple(some.builder.add(place, BITS(part)) for place in places)


def _add_single(
    builder: Any,
    begin: Any,
    end: Any,
    pre: Any,
    q: Any,
    length: Any,
    x: Any,
    sum_g: Any,
    sum_ge: Any,
    at: Any,
) -> None:
    every = Lanewise(builder, SINGLE, LANES)
    first = builder.bitcast(q, SINGLE.number.as_pointer())
    slope, shift, g, ge = (builder.gep(first, [builder.mul(length, BITS(row))]) for row in range(4))
    total_g, total_ge = _SingleSum(every, sum_g, at), _SingleSum(every, sum_ge, at)
    _gated(every, begin, end, (pre, slope, shift, g, ge, x), total_g, total_ge)
    total_g.store()
    total_ge.store()


def _gated(some: Lanewise, begin: Any, end: Any, arrays: Any, total_g: _Sum, total_ge: _Sum) -> None:
    pre, slope, shift, g, ge, x = arrays
    with some.steps(begin, end, LANES) as (k, _):
        s = _opened(some, k, pre, slope, shift, x)
        total_g.add(some.load(g, k), s)
        total_ge.add(some.load(ge, k), s)


def _opened(some: Lanewise, k: Any, pre: Any, slope: Any, shift: Any, x: Any) -> Any:
    """The logistic function of slope x[pre] - shift."""
    shifted = some.builder.fneg(some.load(shift, k))
    return some.sigmoid(some.fma(some.load(slope, k), some.gather(x, pre, k), shifted))


def _add_weighted(builder: Any, begin: Any, end: Any, pre: Any, w: Any, x: Any, total: Any, at: Any) -> None:
    every = Lanewise(builder, DOUBLE, LANES)
    result = _Sum(every, total, at)
    with every.steps(begin, end, LANES) as (k, _):
        weights = every.load(w, k)
        with builder.if_else(every.alike(pre, k)) as (alike, apart):
            with alike:  # an input drives many neurons at once
                result.add(weights, every.repeat(x, pre, k))
            with apart:
                result.add(weights, every.gather(x, pre, k))
    result.store()


def _open_gates(builder: Any, gates: Any, pre: Any, slope: Any, shift: Any, x: Any, to: Any) -> None:
    some = Lanewise(builder, DOUBLE, _REGISTER)
    with some.steps(BITS(0), gates, some.wide) as (k, _):
        some.store(_opened(some, k, pre, slope, shift, x), to, k)


def _add_shared(
    builder: Any, begin: Any, end: Any, gate: Any, g: Any, ge: Any, s: Any, sum_g: Any, sum_ge: Any, at: Any
) -> None:
    every = Lanewise(builder, DOUBLE, LANES)
    total_g, total_ge = _Sum(every, sum_g, at), _Sum(every, sum_ge, at)
    with every.steps(begin, end, LANES) as (k, _):
        opened = every.gather(s, gate, k)
        total_g.add(every.load(g, k), opened)
        total_ge.add(every.load(ge, k), opened)
    total_g.store()
    total_ge.store()


_FORMS: dict[Callable[..., None], Emit] = {
    lanes.add_gated: _add_gated,
    lanes.add_single: _add_single,
    lanes.add_weighted: _add_weighted,
    lanes.open_gates: _open_gates,
    lanes.add_shared: _add_shared,
}


class _Sum:
    """Sums of some lanes, in a register while a loop adds to them."""

    def __init__(self, some: Lanewise, array: Any, at: Any) -> None:
        self._some, self._array, self._at = some, array, at
        self._value = cgutils.alloca_once_value(some.builder, self._begin())

    def add(self, a: Any, b: Any) -> None:
        """Add a times b."""
        builder = self._some.builder
        builder.store(self._some.fma(a, b, builder.load(self._value)), self._value)

    def store(self) -> None:
        """Write the sums back."""
        self._some.store(self._end(), self._array, self._at)

    def _begin(self) -> Any:
        return self._some.load(self._array, self._at)

    def _end(self) -> Any:
        return self._some.builder.load(self._value)


class _SingleSum(_Sum):
    """The same in single precision, added to what is there in double at the end."""

    def store(self) -> None:
        """Add the sums to the array."""
        there = Lanewise(self._some.builder, DOUBLE, LANES)
        grown = self._some.builder.fpext(self._end(), there.type)
        there.store(self._some.builder.fadd(there.load(self._array, self._at), grown), self._array, self._at)

    def _begin(self) -> Any:
        return self._some.all(0.0)
