"""Numbers side by side in vector IR: what the loops of `vectors.py` are made of.

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
from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba.core import cgutils

if TYPE_CHECKING:
    from collections.abc import Sequence

BITS, WORD = ir.IntType(64), ir.IntType(32)


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
    def rounder(self) -> float:
        """A sum with it ends in n + bias, which is the exponent of 2^n."""
        return 1.5 * 2.0**self.mantissa + self.bias


DOUBLE = Form(
    ir.DoubleType(), BITS, "f64", 8, 52, 1023, 690.0,
    odd=(0.023094399453830353, 20.2016706494636, 1513.860750670445),
    even=(233.1777519752325, 4368.078795177389),  # 2^f is off by 2e-18 of itself
)  # fmt: skip
SINGLE = Form(
    ir.FloatType(), WORD, "f32", 4, 23, 127, 80.0,
    odd=(0.05770039811434402, 7.215027377249258),
    even=(20.818168445233052,),  # 2^f is off by 5e-9 of itself, a tenth of what rounding makes of it
)  # fmt: skip


class Lanewise:
    """Writes what so many lanes do, all of them the same.

    Args:
        builder: Where it is written.
        form: Precision.
        wide: How many lanes.
    """

    def __init__(self, builder: Any, form: Form, wide: int) -> None:
        self.builder, self.form, self.wide = builder, form, wide
        self.type = ir.VectorType(form.number, wide)
        self._places, self._bits = ir.VectorType(WORD, wide), ir.VectorType(form.bits, wide)

    def steps(self, begin: Any, end: Any, step: int) -> Any:
        """A loop over slots, one out of so many."""
        return cgutils.for_range_slice(self.builder, begin, end, BITS(step))

    def load(self, array: Any, k: Any) -> Any:
        """Numbers that follow one another, from place k on."""
        return self.builder.load(self._place(array, k), align=self.form.size)

    def store(self, values: Any, array: Any, k: Any) -> None:
        """Write numbers from place k on."""
        self.builder.store(values, self._place(array, k), align=self.form.size)

    def _place(self, array: Any, k: Any) -> Any:
        return self.builder.bitcast(self.builder.gep(array, [k]), self.type.as_pointer())

    def all(self, value: float) -> Any:
        """The same number in every lane."""
        return ir.Constant(self.type, [value] * self.wide)

    def gather(self, x: Any, pre: Any, k: Any) -> Any:
        """Numbers that stand anywhere; where x is of double precision, they are rounded to the form."""
        builder = self.builder
        result = ir.Constant(ir.VectorType(x.type.pointee, self.wide), ir.Undefined)
        for lane in range(self.wide):
            place = builder.load(builder.gep(pre, [builder.add(k, BITS(lane))]))
            value = builder.load(builder.gep(x, [builder.zext(place, BITS)]))
            result = builder.insert_element(result, value, WORD(lane))
        return result if result.type == self.type else builder.fptrunc(result, self.type)

    def alike(self, pre: Any, k: Any) -> Any:
        """Whether all slots from k on read the same number."""
        builder = self.builder
        first = builder.gep(pre, [k])
        places = builder.load(builder.bitcast(first, self._places.as_pointer()), align=WORD.width // 8)
        other = builder.icmp_unsigned("!=", places, self._repeated(builder.load(first), self._places))
        bits = ir.IntType(self.wide)
        return builder.icmp_unsigned("==", builder.bitcast(other, bits), bits(0))

    def repeat(self, x: Any, pre: Any, k: Any) -> Any:
        """The number that slot k reads, in every lane."""
        builder = self.builder
        place = builder.load(builder.gep(pre, [k]))
        return self._repeated(builder.load(builder.gep(x, [builder.zext(place, BITS)])), self.type)

    def _repeated(self, value: Any, to: Any) -> Any:
        none = ir.Constant(to, ir.Undefined)
        alone = self.builder.insert_element(none, value, WORD(0))
        return self.builder.shuffle_vector(alone, none, ir.Constant(self._places, [0] * self.wide))

    def fma(self, a: Any, b: Any, c: Any) -> Any:
        """Evaluate a b + c, rounded once where the processor can: the same everywhere in a process."""
        shape = ir.FunctionType(self.type, [self.type] * 3)
        name = f"llvm.fmuladd.v{self.wide}{self.form.name}"
        return self.builder.call(cgutils.get_or_insert_function(self.builder.module, shape, name), [a, b, c])

    def sigmoid(self, z: Any) -> Any:
        """The logistic function."""
        builder, form = self.builder, self.form
        low, high, scale = map(self.all, (-form.furthest, form.furthest, -math.log2(math.e)))
        z = builder.select(
            builder.fcmp_ordered("<", z, low), low, z
        )  # neither holds for NaN, which so goes on
        z = builder.select(builder.fcmp_ordered(">", z, high), high, z)
        rounded = self.fma(z, scale, self.all(form.rounder))
        whole = builder.fsub(rounded, self.all(form.rounder))
        rest = self.fma(z, scale, builder.fneg(whole))
        square = builder.fmul(rest, rest)
        even = self._polynomial(builder.fadd(square, self.all(form.even[0])), form.even[1:], square)
        odd = self._polynomial(self.all(form.odd[0]), form.odd[1:], square)
        over = self.fma(rest, odd, even)
        under = self.fma(builder.fneg(rest), odd, even)
        up = ir.Constant(self._bits, [form.mantissa] * self.wide)
        exponent = builder.bitcast(builder.shl(builder.bitcast(rounded, self._bits), up), self.type)
        return builder.fdiv(under, self.fma(over, exponent, under))

    def _polynomial(self, first: Any, others: Sequence[float], x: Any) -> Any:
        """Horner's scheme, from the coefficient of the highest power on."""
        value = first
        for coefficient in others:
            value = self.fma(value, x, self.all(coefficient))
        return value
