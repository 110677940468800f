"""What a file of weights leaves open, and what its numbers let one guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.io.format import Question, Questions
from circuitsim.io.weights.cfc import is_pure
from circuitsim.io.weights.choices import Choices, joined
from circuitsim.io.weights.ltc import EXPLICIT, IMPLICIT, OUTPUT_MAP, likely_motors, negative
from circuitsim.io.weights.network import LTC
from circuitsim.io.weights.reading import network_in

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.io.weights.network import Network


def questions(path: Path) -> Questions:
    """What should be asked before the network in a file is read.

    Raises:
        InputError: If the file cannot be read or holds no network of ncps.
    """
    network = network_in(path)
    choices = Choices({}, network)
    asked = _of_ltc(network, choices) if network.family == LTC else _of_cfc(network, choices)
    return Questions(f"{network.family} network of ncps", asked)


def _of_ltc(network: Network, choices: Choices) -> tuple[Question, ...]:
    found = negative(network)
    usual = IMPLICIT if network.whole or found else EXPLICIT
    if found:
        hint = f"Numbers of {joined(found)} are negative, so they must be implicit."
    else:
        model = "LTC" if network.whole else "LTCCell"
        hint = f"No number is negative, so both are possible; {model} has {usual} ones unless told otherwise."
    return (
        Question("constraints", choices.take("constraints", usual), hint),
        Question("unfolds", choices.take("unfolds"), "ode_unfolds of the model; 6 unless told otherwise."),
        Question("epsilon", choices.take("epsilon")),
        *_of_motors(network, choices),
    )


def _of_motors(network: Network, choices: Choices) -> tuple[Question, ...]:
    """What only an output map tells."""
    if OUTPUT_MAP in network.arrays or "sparsity_mask" not in network.arrays:
        return ()
    likely = likely_motors(network)
    count = len(network.arrays["sparsity_mask"])
    hint = "There is no output map. "
    hint += (
        "Every neuron drives others." if likely == count else "So many of the first neurons drive no other."
    )
    return (Question("motors", choices.take("motors", likely), hint),)


def _of_cfc(network: Network, choices: Choices) -> tuple[Question, ...]:
    asked = []
    if not is_pure(network):
        hint = "The modes default and no_gate have the same arrays."
        asked.append(Question("cfc_mode", choices.take("cfc_mode"), hint))
        usual = "tf" if network.keras else "torch"
        hint = f"The names are those of {'TensorFlow or Keras' if network.keras else 'torch'}."
        asked.append(Question("time_sign", choices.take("time_sign", usual), hint))
    if "backbone.0.weight" in network.arrays:
        hint = "The weights do not tell it."
        asked.append(Question("activation", choices.take("activation"), hint))
    return tuple(asked)
