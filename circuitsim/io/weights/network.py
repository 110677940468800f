"""Find the network of ncps among the arrays of a file, whatever stands before its names.

Names are those of ncps 1.0.1 (torch): a cell (`LTCCell`, `CfCCell`, `WiredCfCCell`) alone, or `LTC` and `CfC` with
``rnn_cell.*`` and, beside it, ``lstm.*`` (mixed memory) and ``fc.*`` (projection). Names of TensorFlow and Keras are
turned into these: ``/`` for ``.``, ``:0`` at the end, ``backbone0/kernel``, ``ff1_weight``, ``time_a/kernel``; a kernel is
the transpose of a weight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.kind import Shape

LTC, CFC = "LTC", "CfC"
CELL = "rnn_cell."
BESIDE = {LTC: ("lstm.",), CFC: ("lstm.", "fc.")}
_ANCHOR = re.compile(
    r"(?P<prefix>|.*\.)(?:(?P<ltc>gleak|vleak|cm|sensory_(?:w|mu|sigma|erev))"
    r"|(?:ff[12]|time_[ab])\.(?:weight|bias))"
)
_LAYER = re.compile(r"(?<![^.])layer_\d+\.\Z")
_KERAS = re.compile(
    r"(?P<prefix>|.*?\.)(?:(?P<backbone>(?:sequential(?:_\d+)?\.)?backbone_?(?P<k>\d+)\.(?P<part>kernel|bias))"
    r"|(?P<head>ff[12])_(?P<sort>weight|kernel|bias)|(?P<dense>\w+)\.kernel)"
)
_BACKBONE = re.compile(r"backbone\.(\d+)\.(weight|bias)")
_OTHERS = re.compile(r"(?:.*\.)?(?:weight_[ih]h(?:_l\d+)?(?:_reverse)?|recurrent_kernel)")


@dataclass(frozen=True, slots=True)
class Network:
    """A network of ncps as a file holds it.

    Attributes:
        path: The file.
        family: `LTC` or `CFC`.
        whole: False if the cell was saved alone.
        keras: True if its names are those of TensorFlow or Keras.
        arrays: float64, by the names within the cell (``gleak``, ``layer_0.ff1.weight``) and beside it (``fc.bias``).
        keys: The same names as they stand in the file.
        apart: Names in the file that belong to no network.
        metadata: What else the file tells.
    """

    path: Path
    family: str
    whole: bool
    keras: bool
    arrays: dict[str, Floats]
    keys: dict[str, str]
    apart: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def shapes(self) -> dict[str, Shape]:
        """Shapes of its arrays, by name."""
        return {name: array.shape for name, array in self.arrays.items()}

    @property
    def stored(self) -> int:
        """How many numbers it has."""
        return sum(array.size for array in self.arrays.values())

    def wrong(self, name: str, problem: str, remedy: str = "take an intact copy") -> InputError:
        """The sentence for an array that cannot be used."""
        prefix = next((k.removesuffix(n) for n, k in self.keys.items() if k.endswith(n)), "")
        return InputError(Issue(f"{self.path}, {self.keys.get(name, prefix + name)}", problem, remedy))

    def expect(self, shapes: Mapping[str, Shape], optional: Iterable[str] = ()) -> None:
        """Require these arrays in these shapes and no others.

        Raises:
            InputError: If one is missing, has another shape or is not expected.
        """
        kind = f"{'an LTC' if self.family == LTC else 'a CfC'} network of these sizes"
        for name, shape in shapes.items():
            if name not in self.arrays and name not in optional:
                remedy = "save the whole state_dict"
                raise self.wrong(name, f"this array is missing, which {kind} has", remedy)
            found = self.arrays[name].shape if name in self.arrays else shape
            if found != shape:
                raise self.wrong(name, f"its shape is {_times(found)} instead of {_times(shape)}")
        for name in self.arrays:
            if name not in shapes:
                raise self.wrong(name, f"{kind} has no such array", "save a plain network of ncps")


def _times(shape: Shape) -> str:
    return " × ".join(map(str, shape)) or "a single number"


def find(path: Path, stored: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> Network:
    """The only network among the arrays of a file.

    Raises:
        InputError: If there is none or more than one, or a number in it cannot be used.
    """
    named, turned = _named(path, stored)
    found = {_LAYER.sub("", m["prefix"]): bool(m["ltc"]) for m in map(_ANCHOR.fullmatch, named) if m}
    if len(found) != 1:
        raise InputError(Issue(str(path), *_other(sorted(found), named)))
    memory = next((key for key in named if key.rpartition(".")[2] == "recurrent_kernel"), None)
    if memory is not None:
        problem = "a mixed memory of TensorFlow or Keras feeds the cell with its output instead of the input"
        raise InputError(
            Issue(f"{path}, {named[memory][0]}", problem, "train it without mixed_memory or with torch")
        )
    ((prefix, is_ltc),) = found.items()
    family = LTC if is_ltc else CFC
    whole = prefix == CELL or prefix.endswith(f".{CELL}")
    outer = prefix.removesuffix(CELL) if whole else prefix
    own = {key.removeprefix(prefix): key for key in named if key.startswith(prefix)}
    if not whole and not prefix:  # everything begins with nothing
        own = {name: key for name, key in own.items() if _belongs(name)}
    beside = tuple(outer + name for name in BESIDE[family])
    own |= {key.removeprefix(outer): key for key in named if key.startswith(beside)}
    numbers = _numbered(own)
    keys = {name: named[key][0] for name, key in numbers.items()}
    arrays = {name: _floats(path, keys[name], named[key][1]) for name, key in numbers.items()}
    mine = set(keys.values())
    return Network(
        path, family, whole, bool(turned & set(own.values())), arrays, keys,
        tuple(key for key in stored if key not in mine), metadata,
    )  # fmt: skip


def _belongs(name: str) -> bool:
    """Whether a name without a prefix can be part of a cell: nothing of a cell is nested more deeply."""
    return "." not in name or name.startswith(("ff", "time_", "backbone.", "layer_"))


def _named(
    path: Path, stored: Mapping[str, NDArray[Any]]
) -> tuple[dict[str, tuple[str, NDArray[Any]]], set[str]]:
    """Names as in torch, each with the name in the file and the array; and which of them came from Keras."""
    result: dict[str, tuple[str, NDArray[Any]]] = {}
    turned = set()
    for key, array in stored.items():
        name = re.sub(r":\d+\Z", "", key).replace("/", ".")
        match = _KERAS.fullmatch(name)
        transposed = False
        if match:
            name, transposed = _torch_name(match)
            turned.add(name)
        if name in result:
            problem = f"{key} and {result[name][0]} name the same array"
            raise InputError(Issue(str(path), problem, "keep one of the two"))
        result[name] = (key, array.T if transposed else array)
    return result, turned


def _torch_name(match: re.Match[str]) -> tuple[str, bool]:
    """A name of Keras as torch has it, and whether its array is the transpose."""
    if match["backbone"]:
        part = "bias" if match["part"] == "bias" else "weight"
        return f"{match['prefix']}backbone.{match['k']}.{part}", part == "weight"
    if match["head"]:
        part = "bias" if match["sort"] == "bias" else "weight"
        return f"{match['prefix']}{match['head']}.{part}", part == "weight"
    return f"{match['prefix']}{match['dense']}.weight", True


def _numbered(own: Mapping[str, str]) -> dict[str, str]:
    """Layers of the backbone counted from 0; torch counts what lies between them too."""
    numbers = sorted({int(m[1]) for m in map(_BACKBONE.fullmatch, own) if m})
    place = {str(number): k for k, number in enumerate(numbers)}
    return {_BACKBONE.sub(lambda m: f"backbone.{place[m[1]]}.{m[2]}", name): key for name, key in own.items()}


def _floats(path: Path, key: str, array: NDArray[Any]) -> Floats:
    if array.dtype.kind not in "fiub":
        problem = f"its numbers are of the type {array.dtype}"
        raise InputError(Issue(f"{path}, {key}", problem, "save real numbers"))
    result: Floats = np.array(array, dtype=np.float64, order="C")
    bad = np.argwhere(~np.isfinite(result))
    if len(bad):
        place = ", ".join(map(str, bad[0]))
        problem = f"{len(bad)} of its numbers are not finite, the first at [{place}]"
        raise InputError(Issue(f"{path}, {key}", problem, "take weights from before the training diverged"))
    return result


def _other(prefixes: list[str], named: Iterable[str]) -> tuple[str, str]:
    """Problem and remedy for a file that does not hold exactly one network."""
    if prefixes:
        shown = listed([p.rstrip(".") or "the names without a prefix" for p in prefixes])
        return f"it holds {len(prefixes)} networks of ncps ({shown})", "save the state_dict of one of them"
    if any(map(_OTHERS.fullmatch, named)):
        problem = "these are weights of an LSTM, GRU or simple RNN, not of an LTC or CfC network of ncps"
        return problem, "choose another file"
    shown = listed(sorted(named), 4)
    found = f"only {shown}" if shown else "and no array at all"
    return f"no LTC or CfC network of ncps is in it, {found}", "save the state_dict of such a network"
