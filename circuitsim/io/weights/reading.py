"""Read a file of weights as a circuit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from circuitsim.io.weights import npz, safetensors, torch_file
from circuitsim.io.weights.cfc import read_cfc
from circuitsim.io.weights.choices import Choices
from circuitsim.io.weights.ltc import read_ltc
from circuitsim.io.weights.network import LTC, Network, find
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from circuitsim.io.format import Options, Reading


def network_in(path: Path) -> Network:
    """The network of ncps in a file.

    Raises:
        InputError: If the file cannot be read, or does not hold exactly one such network.
    """
    return find(path, *_content(path))


def _content(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    name = path.name.lower()
    if name.endswith(".safetensors"):
        return safetensors.read(path)
    return (npz.read(path) if name.endswith(".npz") else torch_file.read(path)), {}


def read(path: Path, options: Options) -> Reading:
    """The circuit of a trained network, laid out, at rest, with sliders as inputs.

    Neurons are called n0, n1, ... in the order of ncps, inputs u0, u1, ..., read-outs y0, y1, ...

    Raises:
        InputError: If the file cannot be read or holds no network of ncps.
    """
    network = network_in(path)
    choices = Choices(options, network)
    reading = read_ltc(network, choices) if network.family == LTC else read_cfc(network, choices)
    apart = []
    if network.apart:
        apart.append(f"Left out, being no part of the network: {listed(network.apart, 4)}.")
    return replace(reading, report=(*reading.report, *choices.report(), *apart))
