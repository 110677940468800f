"""Compile plain kernel functions to machine code; the only place that decorates them. Importing this imports numba."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from llvmlite import binding
from numba import njit, types
from numba.extending import register_jitable

from circuitsim.dynamics import adaptive as _adaptive
from circuitsim.dynamics import atomics, pointers, signatures, vectors
from circuitsim.dynamics import dense as _dense
from circuitsim.dynamics import derivatives as _derivatives
from circuitsim.dynamics import field as _field
from circuitsim.dynamics import functions as _functions
from circuitsim.dynamics import noise as _noise
from circuitsim.dynamics import sharing as _sharing
from circuitsim.dynamics import splines as _splines
from circuitsim.dynamics.cells import _kernel as _cell
from circuitsim.dynamics.cells import _ltc_kernel
from circuitsim.dynamics.code_store import Code

if TYPE_CHECKING:
    from collections.abc import Callable

_FAST = {"contract", "nsz", "arcp"}  # what keeps the same bits for any slicing and keeps NaN visible
_INSIDE = {
    "no_cfunc_wrapper": True,
    "no_cpython_wrapper": True,
}  # it is called by other kernels, or by `machine.py`
_ROUNDED = frozenset({"VALUE"})  # values jump where edges are, whose products and sums are rounded one by one
_SHARED = (
    _functions.copy,
    _functions.add,
    _functions.next_up,
    _functions.next_down,
    _functions.sigmoid,
    _functions.activation,
    _functions.sigmoid_slope,
    _functions.activation_slope,
    _splines.piece,
    _splines.spline,
    _splines.spline_slope,
    _field.field,
    _field.accumulated,
    _field.feed,
    _field.rated,
    _sharing.pieces_of,
    _sharing.do_piece,
    _sharing.take_pieces,
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


def prepare() -> None:
    """Do at once what the first kernel would wait for: let numba read all that it knows."""
    _register()
    njit("void()", **_INSIDE)(lambda: None)


def compiled(function: Callable[..., Any], shape: str) -> Code:
    """The machine code of a kernel of a shape that `signatures.py` names."""
    _register()
    made = njit(
        getattr(signatures, shape),
        nogil=True,
        error_model="numpy",
        fastmath=_FAST - {"contract"} if shape in _ROUNDED else _FAST,
        **_INSIDE,
        _nrt=False,  # nobody counts who uses an array: in a small circuit that was three quarters of a step
    )(function)
    (found,) = made.overloads.values()
    library, symbol = found.library, found.fndesc.llvm_func_name
    binary = library.serialize_using_object_code()[2][0]
    declared = [f.name for f in binding.parse_assembly(library.get_llvm_str()).functions if f.is_declaration]
    needs = tuple(name for name in declared if not name.startswith("llvm."))
    takes = "".join(map(_letter, found.signature.args))
    return Code(binary, symbol, takes, _letters(found.signature.return_type), needs)


def _letters(result: Any) -> str:
    """A letter for each number that a kernel gives."""
    if result == types.void:
        return ""
    return "".join(map(_letter, result)) if isinstance(result, types.BaseTuple) else _letter(result)


def _letter(kind: Any) -> str:
    """As `Code` has them."""
    arrays = {array: letter for letter, array in signatures.ARRAYS.items()}
    return {types.float64: "d", types.int64: "i", signatures.TABLES: "t", **arrays}[kind]


@cache
def _register() -> None:
    """Let kernels call each other, and take what is no Python in the places that `lanes`, `calls` and `turns` name."""
    for function in (*_SHARED, *_RANDOM):
        register_jitable(**_INSIDE)(function)
    pointers.register()
    vectors.register()
    atomics.register()
