"""Load circuits from files and save them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    from circuitsim.circuit.circuit import Circuit


def load(path: str | PathLike[str], **options: Any) -> Circuit:
    """The circuit in a file: a circuit file, an edge list, or the weights of a network of ncps.

    Args:
        path: The file; the end of its name tells the format.
        **options: What `circuitsim convert` offers for the format, with ``_`` for ``-``: ``unfolds=12``.

    Raises:
        InputError: If it cannot be read or is not a legal circuit, or if an option does not exist or fit.
    """
    from circuitsim.io.dispatch import reader

    path = Path(path)
    kind = reader(path)
    return kind.read(path, kind.checked(options)).circuit


def loads(text: str) -> Circuit:
    """The circuit in a text, such as the content of a circuit file.

    Args:
        text: JSON.

    Raises:
        InputError: If it is not a legal circuit.
    """
    from circuitsim.io.circuits.circuit_json import loads as read

    return read(text.encode("utf-8", "surrogatepass"), Path("the text"))


def save(circuit: Circuit, path: str | PathLike[str], **options: Any) -> None:
    """Write a circuit to a file, as a whole or not at all.

    Args:
        circuit: The circuit.
        path: The file; its name should end in ``.circuit.json``, or in ``.safetensors`` for weights of ncps.
        **options: What `circuitsim convert` offers for the format, with ``_`` for ``-``: ``constraints="explicit"``.

    Raises:
        InputError: If the format cannot express the circuit or an option does not fit, or the file cannot be written;
            what was there before is untouched.
    """
    from circuitsim.io.dispatch import writer

    path = Path(path)
    kind = writer(path)
    assert kind.write is not None  # noqa: S101  (held by `writer`)
    kind.write(circuit, path, kind.checked(options, writing=True))
