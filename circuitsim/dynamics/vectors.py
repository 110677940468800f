"""The loops of `lanes.py` in vector IR, eight lanes an instruction; importing this imports numba.

The IR names no processor: LLVM makes AVX-512, AVX2, SSE or NEON of it. Presynaptic values are loaded one by one, which
is faster than the gather instruction of the processors that have one.

The logistic function is 1 / (1 + 2^y) with y = -z log2 e. Added to a number whose last place is 1, y is rounded to its
nearest whole number n, and the bits of that sum, moved up, are those of 2^n. What is left, f = y - n within [-1/2, 1/2],
is taken from the very z that was rounded, so that it has no error of its own. As tanh is odd, 2^f is (p + f q) / (p - f q)
with p and q in f^2, so that one division serves both: the function is (p - f q) / (p - f q + 2^n (p + f q)).
No lane branches, infinity saturates and NaN stays NaN. In single precision it is the same with fewer powers of f.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from llvmlite import binding, ir
from numba import types
from numba.core import cgutils
from numba.extending import lower_builtin, register_jitable, type_callable

from circuitsim.dynamics import lanes
from circuitsim.dynamics.tables import LANES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Emit = Callable[..., None]

_BITS, _WORD = ir.IntType(64), ir.IntType(32)


@dataclass(frozen=True, slots=True)
class Form:
    """A precision: what its numbers are, and the ratio that makes 2^f of f.

    tanh(f ln2 / 2) / f is about odd(f^2) / even(f^2) on [-1/2, 1/2]: the ratio that meets it in the Chebyshev points of
    f^2 on [0, 1/4], as many as it has coefficients.

    Attributes:
        number: A number in IR.
        bits: A whole number of that size.
        name: What the functions of LLVM call it.
        size: Bytes.
        mantissa: Bits behind the point.
        bias: Of the exponent.
        furthest: |z| beyond which the function is as good as 0 or 1.
        odd: Coefficients, highest power first.
        even: The same behind a power with the factor 1.
    """

    number: Any
    bits: Any
    name: str
    size: int
    mantissa: int
    bias: int
    furthest: float
    odd: tuple[float, ...]
    even: tuple[float, ...]

    @property
    def lanes(self) -> Any:
        """Eight numbers."""
        return ir.VectorType(self.number, LANES)

    @property
    def rounder(self) -> float:
        """A sum with it ends in n + bias, which is the exponent of 2^n."""
        return 1.5 * 2.0**self.mantissa + self.bias


DOUBLE = Form(
    ir.DoubleType(), _BITS, "f64", 8, 52, 1023, 690.0,
    odd=(0.023094399453830353, 20.2016706494636, 1513.860750670445),
    even=(233.1777519752325, 4368.078795177389),  # 2^f is off by 2e-18 of itself
)  # fmt: skip
SINGLE = Form(
    ir.FloatType(), _WORD, "f32", 4, 23, 127, 80.0,
    odd=(0.05770039811434402, 7.215027377249258),
    even=(20.818168445233052,),  # 2^f is off by 5e-9 of itself, a tenth of what rounding makes of it
)  # fmt: skip


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
        pointers = [ir.PointerType(_WORD), *[ir.PointerType(DOUBLE.number)] * 7]
        shape = ir.FunctionType(ir.VoidType(), [_BITS, _BITS, *pointers, _BITS])
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
    total_g, total_ge = _Sum(builder, sum_g, at), _Sum(builder, sum_ge, at)
    _gated(builder, begin, end, (pre, slope, shift, g, ge, x), total_g, total_ge)
    total_g.store()
    total_ge.store()


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
    first = builder.bitcast(q, SINGLE.number.as_pointer())
    slope, shift, g, ge = (builder.gep(first, [builder.mul(length, _BITS(row))]) for row in range(4))
    total_g, total_ge = _SingleSum(builder, sum_g, at), _SingleSum(builder, sum_ge, at)
    _gated(builder, begin, end, (pre, slope, shift, g, ge, x), total_g, total_ge)
    total_g.store()
    total_ge.store()


def _gated(builder: Any, begin: Any, end: Any, arrays: Any, total_g: _Sum, total_ge: _Sum) -> None:
    pre, slope, shift, g, ge, x = arrays
    with cgutils.for_range_slice(builder, begin, end, _BITS(LANES)) as (k, _):
        s = _opened(builder, k, pre, slope, shift, x)
        total_g.add(_load(builder, g, k), s)
        total_ge.add(_load(builder, ge, k), s)


def _add_weighted(builder: Any, begin: Any, end: Any, pre: Any, w: Any, x: Any, total: Any, at: Any) -> None:
    result = _Sum(builder, total, at)
    with cgutils.for_range_slice(builder, begin, end, _BITS(LANES)) as (k, _):
        result.add(_load(builder, w, k), _gather(builder, x, pre, k))
    result.store()


def _open_gates(builder: Any, gates: Any, pre: Any, slope: Any, shift: Any, x: Any, to: Any) -> None:
    with cgutils.for_range_slice(builder, _BITS(0), gates, _BITS(LANES)) as (k, _):
        s = _opened(builder, k, pre, slope, shift, x)
        builder.store(s, _place(builder, to, k), align=DOUBLE.size)


def _add_shared(
    builder: Any, begin: Any, end: Any, gate: Any, g: Any, ge: Any, s: Any, sum_g: Any, sum_ge: Any, at: Any
) -> None:
    total_g, total_ge = _Sum(builder, sum_g, at), _Sum(builder, sum_ge, at)
    with cgutils.for_range_slice(builder, begin, end, _BITS(LANES)) as (k, _):
        opened = _gather(builder, s, gate, k)
        total_g.add(_load(builder, g, k), opened)
        total_ge.add(_load(builder, ge, k), opened)
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
    """Sums of eight lanes, in a register while a loop adds to them."""

    def __init__(self, builder: Any, array: Any, at: Any) -> None:
        self._builder, self._array, self._at = builder, array, at
        self._value = cgutils.alloca_once_value(builder, self._begin())

    def add(self, a: Any, b: Any) -> None:
        """Add a times b."""
        builder = self._builder
        builder.store(_fma(builder, a, b, builder.load(self._value)), self._value)

    def store(self) -> None:
        """Write the sums back."""
        builder = self._builder
        builder.store(self._end(), _place(builder, self._array, self._at), align=DOUBLE.size)

    def _begin(self) -> Any:
        return _load(self._builder, self._array, self._at)

    def _end(self) -> Any:
        return self._builder.load(self._value)


class _SingleSum(_Sum):
    """The same in single precision, added to what is there in double at the end."""

    def _begin(self) -> Any:
        return _all(SINGLE, 0.0)

    def _end(self) -> Any:
        builder = self._builder
        return builder.fadd(super()._begin(), builder.fpext(super()._end(), DOUBLE.lanes))


def _form(number: Any) -> Form:
    """The precision of a number in IR."""
    return SINGLE if number == SINGLE.number else DOUBLE


def _place(builder: Any, array: Any, k: Any) -> Any:
    return builder.bitcast(builder.gep(array, [k]), _form(array.type.pointee).lanes.as_pointer())


def _load(builder: Any, array: Any, k: Any) -> Any:
    """Eight numbers that follow one another."""
    return builder.load(_place(builder, array, k), align=_form(array.type.pointee).size)


def _gather(builder: Any, x: Any, pre: Any, k: Any) -> Any:
    """Eight numbers that stand anywhere."""
    result = ir.Constant(DOUBLE.lanes, ir.Undefined)
    for lane in range(LANES):
        place = builder.load(builder.gep(pre, [builder.add(k, _BITS(lane))]))
        value = builder.load(builder.gep(x, [builder.zext(place, _BITS)]))
        result = builder.insert_element(result, value, _WORD(lane))
    return result


def _fma(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """Evaluate a b + c, rounded once where the processor can: the same everywhere in a process."""
    shape, name = ir.FunctionType(a.type, [a.type] * 3), _form(a.type.element).name
    function = cgutils.get_or_insert_function(builder.module, shape, f"llvm.fmuladd.v{LANES}{name}")
    return builder.call(function, [a, b, c])


def _opened(builder: Any, k: Any, pre: Any, slope: Any, shift: Any, x: Any) -> Any:
    """The logistic function of slope x[pre] - shift, in the precision of slope and shift."""
    form, values = _form(slope.type.pointee), _gather(builder, x, pre, k)
    if form is SINGLE:
        values = builder.fptrunc(values, form.lanes)
    shifted = builder.fneg(_load(builder, shift, k))
    return _sigmoid(builder, form, _fma(builder, _load(builder, slope, k), values, shifted))


def _all(form: Form, value: float) -> Any:
    return ir.Constant(form.lanes, [value] * LANES)


def _polynomial(builder: Any, form: Form, first: Any, others: Sequence[float], x: Any) -> Any:
    """Horner's scheme, from the coefficient of the highest power on."""
    value = first
    for coefficient in others:
        value = _fma(builder, value, x, _all(form, coefficient))
    return value


def _sigmoid(builder: Any, form: Form, z: Any) -> Any:
    low, high, scale = (_all(form, value) for value in (-form.furthest, form.furthest, -math.log2(math.e)))
    z = builder.select(builder.fcmp_ordered("<", z, low), low, z)  # neither holds for NaN, which so goes on
    z = builder.select(builder.fcmp_ordered(">", z, high), high, z)
    rounded = _fma(builder, z, scale, _all(form, form.rounder))
    whole = builder.fsub(rounded, _all(form, form.rounder))
    rest = _fma(builder, z, scale, builder.fneg(whole))
    square = builder.fmul(rest, rest)
    even = _polynomial(builder, form, builder.fadd(square, _all(form, form.even[0])), form.even[1:], square)
    odd = _polynomial(builder, form, _all(form, form.odd[0]), form.odd[1:], square)
    over = _fma(builder, rest, odd, even)
    under = _fma(builder, builder.fneg(rest), odd, even)
    bits = ir.VectorType(form.bits, LANES)
    up = ir.Constant(bits, [form.mantissa] * LANES)
    exponent = builder.bitcast(builder.shl(builder.bitcast(rounded, bits), up), form.lanes)
    return builder.fdiv(under, _fma(builder, over, exponent, under))
