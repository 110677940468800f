"""What the masks of an LTC network say of its neurons: motor neurons come first, then command, then inter neurons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


def roles_of(mask: Mask, sensory: Mask, motors: int) -> tuple[Role, ...]:
    """Role of every neuron.

    Those that are not motor neurons are command and inter neurons if the wiring is that of a neural circuit policy:
    inputs reach inter neurons alone, these reach command neurons, and these reach each other and motor neurons
    (Lechner et al., Nature Machine Intelligence 2:642, 2020). In any other wiring they all are inter neurons.

    Args:
        mask: bool[n, n], which synapses there are, from row to column.
        sensory: bool[m, n], which synapses inputs have.
        motors: How many of the first neurons are motor neurons.
    """
    n = len(mask)
    border = _border(mask, sensory, motors)
    command = n if border is None else border
    names = [Role.MOTOR] * motors + [Role.INTER] * (n - motors)
    if border is not None:
        names[motors:command] = [Role.COMMAND] * (command - motors)
    return tuple(names)


def _border(mask: Mask, sensory: Mask, motors: int) -> int | None:
    """The first inter neuron, if the wiring is that of a neural circuit policy."""
    beyond = np.arange(len(mask)) >= motors
    acting = beyond & (mask[:, :motors].any(axis=1) | mask.any(axis=0))  # drives motor neurons, or is driven
    if not 0 < motors < len(mask) or not acting.any():
        return None
    border = int(np.flatnonzero(acting)[-1]) + 1
    fits = (
        not mask[:motors].any()  # motor neurons drive nothing
        and not sensory[:, :border].any()  # inputs reach inter neurons alone
        and border < len(mask)
    )
    return border if fits else None


def silent_first(mask: Mask) -> int:
    """How many of the first neurons drive no other: what motor neurons of a neural circuit policy have in common."""
    driving = (mask & ~np.eye(len(mask), dtype=np.bool_)).any(axis=1)
    return int(np.argmax(driving)) if driving.any() else len(mask)
