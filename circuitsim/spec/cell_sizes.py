"""How large a discrete network with memory is."""

from __future__ import annotations

from dataclasses import dataclass

MOST_LAYERS = 64  # of the backbone of a network with memory, and of its units


@dataclass(frozen=True, slots=True)
class CellSizes:
    """How large a network with memory is.

    Attributes:
        inputs: How many values it reads.
        layers: Units of each layer, in the order in which they are computed.
        backbone_layers: Dense layers before the units; 0 for none.
        backbone_units: Their width.
        mixed: True if a memory of the LSTM kind stands before it (mixed memory).
        projected: Rows of the dense map from its output to read-outs; 0 for none.
    """

    inputs: int
    layers: tuple[int, ...]
    backbone_layers: int = 1
    backbone_units: int = 128
    mixed: bool = False
    projected: int = 0
