"""What a pickle of plain weights says, without Python's unpickler: nothing in it is called or imported.

Of the operations of a pickle only those are known that build texts, numbers, lists, dictionaries and references to
tensors. Three names are understood: ``collections.OrderedDict``, ``torch._utils._rebuild_tensor_v2`` and a storage
(``torch.FloatStorage`` and those of other number types); they are words here, not functions. Anything else is refused.

Source: the description of the operations in Python's ``pickletools``.
"""

from __future__ import annotations

import io
import pickletools
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ORDERED = "collections.OrderedDict"
REBUILD = "torch._utils._rebuild_tensor_v2"
STORAGES = {
    "torch.DoubleStorage": "f8", "torch.FloatStorage": "f4", "torch.HalfStorage": "f2", "torch.BFloat16Storage": "bf2",
    "torch.LongStorage": "i8", "torch.IntStorage": "i4", "torch.ShortStorage": "i2", "torch.CharStorage": "i1",
    "torch.ByteStorage": "u1", "torch.BoolStorage": "b1",
}  # fmt: skip
_DAMAGE = (
    ValueError, IndexError, KeyError, TypeError, OverflowError, UnicodeDecodeError,
    DeprecationWarning,  # where warnings are errors: of a backslash in a name, which no known one has
)  # fmt: skip
KNOWN = frozenset({ORDERED, REBUILD, *STORAGES})


class Refused(Exception):
    """A pickle holds more than plain weights; its text says what, as a clause."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of the known names."""

    name: str


@dataclass(frozen=True, slots=True)
class Storage:
    """Numbers that lie in another part of the file.

    Attributes:
        dtype: Of one number, as in `STORAGES`.
        key: Name of the part.
    """

    dtype: str
    key: str


@dataclass(frozen=True, slots=True)
class Tensor:
    """A view of a storage.

    Attributes:
        storage: Where its numbers are.
        offset: Of the first one.
        shape: Its shape.
        strides: From one number to the next along each axis.
    """

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def understood(data: bytes) -> Any:
    """What a pickle says: dictionaries, lists, tuples, texts, numbers and tensors.

    Raises:
        Refused: If it says anything else, or is damaged.
    """
    return Machine().read(io.BytesIO(data))


class Machine:
    """The stack and the memory of a pickle.

    Attributes:
        storages: Types of the storages that were named, by their keys.
    """

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}
        self.storages: dict[str, str] = {}

    def read(self, stream: IO[bytes]) -> Any:
        """What the next pickle of a stream says; afterwards the stream stands behind it.

        Raises:
            Refused: If it says anything but plain weights, or is damaged.
        """
        try:
            for operation, argument, _ in pickletools.genops(stream):
                if operation.name == "STOP":
                    return self.pop()
                act = _ACTS.get(operation.name)
                if act is None:
                    raise Refused(f"its pickle uses the operation {operation.name}")
                act(self, argument)
        except _DAMAGE as error:
            raise Refused("its pickle is damaged") from error
        raise Refused("its pickle is damaged")

    def pop(self) -> Any:
        """Take the last value; a mark is a border that nothing reaches across."""
        if self.marks and len(self.stack) <= self.marks[-1]:
            raise IndexError
        return self.stack.pop()

    def since_mark(self) -> list[Any]:
        """Take everything since the last mark."""
        at = self.marks.pop()
        values = self.stack[at:]
        del self.stack[at:]
        return values

    def push(self, value: Any) -> None:
        """Put a value on the stack."""
        self.stack.append(value)

    def last(self, kind: type) -> Any:
        """The last value, which must be of a class."""
        value = self.stack[-1]
        if type(value) is not kind:
            raise TypeError
        return value


def _word(machine: Machine, name: str) -> None:
    if name not in KNOWN:
        raise Refused(f"its pickle asks for {name[:80]!r}, which plain weights never need")
    machine.push(Word(name))


def _global(machine: Machine, argument: str) -> None:
    _word(machine, argument.replace(" ", ".", 1))


def _stack_global(machine: Machine, _argument: None) -> None:
    name, module = machine.pop(), machine.pop()
    if type(name) is not str or type(module) is not str:
        raise TypeError
    _word(machine, f"{module}.{name}")


def _reduce(machine: Machine, _argument: None) -> None:
    arguments, word = machine.pop(), machine.pop()
    if type(word) is not Word or type(arguments) is not tuple:
        raise TypeError
    if word.name == ORDERED and not arguments:
        machine.push({})
    elif word.name == REBUILD:
        machine.push(_tensor(*arguments[:4]))
    else:
        raise Refused(f"its pickle calls {word.name}")


def _tensor(storage: Any, offset: Any, shape: Any, strides: Any) -> Tensor:
    numbers = (offset, *shape, *strides)
    if type(storage) is not Storage or any(type(n) is not int or n < 0 for n in numbers):
        raise TypeError
    if type(shape) is not tuple or type(strides) is not tuple or len(shape) != len(strides):
        raise TypeError
    return Tensor(storage, offset, shape, strides)


def _persistent(machine: Machine, _argument: None) -> None:
    kind, word, key, *rest = machine.pop()
    if rest[2:] not in ([], [None]):  # a sequence may have storages that are parts of others
        raise Refused("one of its storages is a part of another")
    if kind != "storage" or type(word) is not Word or type(key) is not str:
        raise TypeError
    storage = Storage(STORAGES[word.name], key)
    if machine.storages.setdefault(key, storage.dtype) != storage.dtype:
        raise TypeError
    machine.push(storage)


def _build(machine: Machine, _argument: None) -> None:
    """Attributes of a state_dict are versions of modules, which say nothing of the numbers."""
    machine.pop()
    machine.last(dict)


def _set(machine: Machine, pairs: list[Any]) -> None:
    target = machine.last(dict)
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        if type(key) not in (str, int):
            raise TypeError
        target[key] = value


def _set_item(machine: Machine, _argument: None) -> None:
    value, key = machine.pop(), machine.pop()
    _set(machine, [key, value])


def _append(machine: Machine, _argument: None) -> None:
    value = machine.pop()
    machine.last(list).append(value)


def _appends(machine: Machine, _argument: None) -> None:
    values = machine.since_mark()
    machine.last(list).extend(values)


def _tuple(count: int) -> Callable[[Machine, Any], None]:
    def act(machine: Machine, _argument: None) -> None:
        values = [machine.pop() for _ in range(count)]
        machine.push(tuple(reversed(values)))

    return act


def _constant(value: Any) -> Callable[[Machine, Any], None]:
    return lambda machine, _argument: machine.push(value)


def _literal(machine: Machine, argument: Any) -> None:
    machine.push(argument)


def _nothing(_machine: Machine, _argument: Any) -> None:
    """Borders of frames and the number of the protocol say nothing."""


def _remember(machine: Machine, argument: int | None) -> None:
    machine.memo[len(machine.memo) if argument is None else argument] = machine.stack[-1]


_ACTS: dict[str, Callable[[Machine, Any], None]] = {
    **dict.fromkeys(("PROTO", "FRAME"), _nothing),
    **dict.fromkeys(
        ("BINUNICODE", "SHORT_BINUNICODE", "BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT"), _literal
    ),
    **dict.fromkeys(("BINPUT", "LONG_BINPUT", "MEMOIZE"), _remember),
    **dict.fromkeys(("BINGET", "LONG_BINGET"), lambda machine, at: machine.push(machine.memo[at])),
    "NONE": _constant(None),
    "NEWTRUE": _constant(value=True),
    "NEWFALSE": _constant(value=False),
    "EMPTY_TUPLE": _tuple(0),
    "TUPLE1": _tuple(1),
    "TUPLE2": _tuple(2),
    "TUPLE3": _tuple(3),
    "TUPLE": lambda machine, _: machine.push(tuple(machine.since_mark())),
    "EMPTY_LIST": lambda machine, _: machine.push([]),
    "EMPTY_DICT": lambda machine, _: machine.push({}),
    "MARK": lambda machine, _: machine.marks.append(len(machine.stack)),
    "APPEND": _append,
    "APPENDS": _appends,
    "SETITEM": _set_item,
    "SETITEMS": lambda machine, _: _set(machine, machine.since_mark()),
    "GLOBAL": _global,
    "STACK_GLOBAL": _stack_global,
    "REDUCE": _reduce,
    "BINPERSID": _persistent,
    "BUILD": _build,
}
