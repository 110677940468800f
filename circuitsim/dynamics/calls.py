"""Calls of kernels by their place in a table of functions, one way for each shape of `signatures.py`.

These are the plain forms, whose tables are lists of functions. In compiled kernels `pointers.py` takes their place,
and tables are arrays of addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def _call() -> Callable[..., Any]:
    def call(functions: Any, k: int, *arguments: Any) -> Any:
        return functions[k](*arguments)

    return call


rates = _call()
partials = _call()
output = _call()
gradient = _call()
accumulate = _call()
slopes = _call()
value = _call()
step = _call()
share = _call()
field = _call()
SHAPES = {
    rates: "RATES",
    partials: "PARTIALS",
    output: "OUTPUT",
    gradient: "GRADIENT",
    accumulate: "ACCUMULATE",
    slopes: "SLOPES",
    value: "VALUE",
    step: "STEP",
    share: "SHARE",
    field: "FIELD",
}
