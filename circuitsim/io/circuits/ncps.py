"""Weights of networks that were trained with ncps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.io.format import CircuitFormat, Options, Questions, Reading
from circuitsim.io.weights.choices import OPTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.circuit.circuit import Circuit


def read(path: Path, options: Options) -> Reading:
    """Read an LTC or CfC network of ncps as a circuit; see `circuitsim.io.weights`.

    Raises:
        InputError: If the file cannot be read or holds no such network.
    """
    from circuitsim.io.weights.reading import read as read_weights

    return read_weights(path, options)


def write(circuit: Circuit, path: Path, options: Options) -> tuple[str, ...]:
    """Write the weights of a circuit that ncps can express.

    Raises:
        InputError: If it cannot, or the file cannot be written.
    """
    from circuitsim.io.weights.export import write as write_weights

    return write_weights(circuit, path, options)


def ask(path: Path) -> Questions:
    """What a file of weights does not tell.

    Raises:
        InputError: If the file cannot be read or holds no such network.
    """
    from circuitsim.io.weights.questions import questions

    return questions(path)


FORMAT = CircuitFormat(
    id="ncps",
    title="Weights of ncps",
    suffixes=(".safetensors", ".pt", ".pth", ".ckpt", ".npz"),
    read=read,
    write=write,
    options=OPTIONS,
    written=(".safetensors",),
    write_options=("constraints",),
    ask=ask,
)
