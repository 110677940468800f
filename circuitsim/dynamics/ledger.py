"""The tables of a circuit as kernels see them: one block of memory; importing this imports numba.

A tuple of thirty arrays would be two hundred arguments at each call of a kernel, which take longer than a small circuit
does, to compile as well as to pass on. So a kernel takes the address of a block, in which each array stands as its number
of items, their size, its address, shape and strides, in the order of `Tables`. Nobody writes to the block while a
kernel runs, and LLVM is told so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel import models, register_default
from numba.core.imputils import impl_ret_borrowed
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, lower_getattr_generic

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = ir.IntType(64)
HEAD = 3  # words of an array before its shape


class Ledger(types.Type):  # type: ignore[misc]  # the library has no types
    """A block of arrays.

    Args:
        fields: Type of each array, in their order.
    """

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = dict(fields)
        self.places: dict[str, int] = {}
        place = 0
        for name, kind in fields.items():
            self.places[name] = place
            place += HEAD + 2 * kind.ndim
        super().__init__(name=f"Ledger({', '.join(f'{name}: {kind}' for name, kind in fields.items())})")


@register_default(Ledger)
class _LedgerModel(models.PrimitiveModel):  # type: ignore[misc]  # the library has no types
    def __init__(self, manager: Any, kind: Ledger) -> None:
        super().__init__(manager, kind, _WORD.as_pointer())


@infer_getattr
class _LedgerAttributes(AttributeTemplate):  # type: ignore[misc]  # the library has no types
    key = Ledger

    def generic_resolve(self, ledger: Ledger, name: str) -> Any:
        return ledger.fields.get(name)


def _array_of(context: Any, builder: Any, ledger: Ledger, block: Any, name: str) -> Any:
    """The array of a name, of no owner."""
    kind, place = ledger.fields[name], ledger.places[name]
    unchanging = builder.module.add_metadata([])

    def word(k: int) -> Any:
        found = builder.load(builder.gep(block, [_WORD(place + k)]))
        found.set_metadata("invariant.load", unchanging)
        return found

    model = context.data_model_manager[kind]
    data, owner, parent = (
        model.get_model(model.get_field_position(name)).get_value_type()
        for name in ("data", "meminfo", "parent")
    )
    sizes = [word(HEAD + k) for k in range(2 * kind.ndim)]
    parts = {
        "meminfo": cgutils.get_null_value(owner),
        "parent": cgutils.get_null_value(parent),
        "nitems": word(0),
        "itemsize": word(1),
        "data": builder.inttoptr(word(2), data),
        "shape": cgutils.pack_array(builder, sizes[: kind.ndim]),
        "strides": cgutils.pack_array(builder, sizes[kind.ndim :]),
    }
    array = ir.Constant(model.get_value_type(), ir.Undefined)
    for part, value in parts.items():
        array = model.set(builder, array, value, model.get_field_position(part))
    return impl_ret_borrowed(context, builder, kind, array)


lower_getattr_generic(Ledger)(_array_of)
