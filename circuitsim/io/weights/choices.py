"""What a file of weights does not tell: what was given, what the file happens to say, and what ncps takes by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from circuitsim.io.format import Option
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.io.weights.network import Network

PREFIX = "circuitsim."  # of what circuitsim writes into the metadata of a file
ACTIVATIONS = ("lecun_tanh", "tanh", "relu", "silu", "gelu")
MODES = ("default", "no_gate", "pure")


def unfolds(text: str) -> int:
    """A number of unfolds that the solver takes."""
    return int(_number("unfolds", text))


def epsilon(text: str) -> float:
    """An epsilon that the solver takes."""
    return _number("epsilon", text)


def motors(text: str) -> int:
    """A number of neurons above 0."""
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{text!r} is not a whole number above 0")
    return int(text)


def _number(name: str, text: str) -> float:
    """A number of the solver, within the bounds that it declares."""
    from circuitsim.spec.catalogue import kinds

    try:
        value = plain_number(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number") from None
    parameter = kinds().solvers["ncps"].parameter(name)
    problem = None if parameter is None else parameter.check(value)
    if problem is not None:
        raise ValueError(problem)
    return value


OPTIONS = (
    Option("unfolds", unfolds, 6, "L", "steps of the solver in a call of an LTC network (ode_unfolds)"),
    Option(
        "constraints", str, "implicit", "MODE",
        "what keeps w, cm and gleak of an LTC network positive: a softplus, or nothing (implicit_param_constraints)",
        ("implicit", "explicit"),
    ),
    Option("epsilon", epsilon, 1e-8, "E", "what an LTC network adds to the denominator"),
    Option(
        "motors", motors, None, "N",
        "how many of the first neurons are motor neurons, for an LTC network without an output map (output_dim of the wiring)",
    ),
    Option("cfc_mode", str, "default", "MODE", "the mode of a CfC network", MODES),
    Option("activation", str, "lecun_tanh", "ID", "the activation of the backbone of a CfC network", ACTIVATIONS),
    Option(
        "time_sign", str, "torch", "SIGN",
        "the sign of time_a of a CfC network: tf negates it, for weights of TensorFlow or Keras", ("torch", "tf"),
    ),
)  # fmt: skip
_BY_NAME = {option.name: option for option in OPTIONS}


class Choices:
    """What is taken for each option of a file, and which of it was assumed.

    Attributes:
        given: Values by the names of options, of those that were given.
    """

    def __init__(self, given: Mapping[str, Any], network: Network) -> None:
        self.given, self._network = given, network
        self._taken: list[str] = []
        self._assumed: list[tuple[str, str]] = []
        self._betrayed: list[str] = []

    def take(self, name: str, usual: Any = None, words: str = "") -> Any:
        """The value of an option: as given, else as the file tells, else the usual one, which is noted.

        Args:
            name: Of the option.
            usual: What ncps takes for such a network; None for the default.
            words: How to name it in a sentence; empty for its name and value.
        """
        self._taken.append(name)
        if name in self.given:
            return self.given[name]
        option = _BY_NAME[name]
        told = self._network.metadata.get(PREFIX + name)
        if told is not None:
            return self._parsed(option, told)
        value = option.default if usual is None else usual
        self._assumed.append((words or f"{_plain(name)} {value}", name))
        return value

    def betray(self, name: str, sentence: str) -> None:
        """Note that the numbers tell an option, and how."""
        self._taken.append(name)
        self._betrayed.append(sentence)

    def _parsed(self, option: Option, text: str) -> Any:
        try:
            value = option.parse(text)
        except ValueError as error:
            raise self._strange(option.name, text) from error
        if option.choices and value not in option.choices:
            raise self._strange(option.name, text)
        return value

    def _strange(self, name: str, text: str) -> InputError:
        problem = f"its metadata tells {text!r} for {name}"
        return InputError(Issue(str(self._network.path), problem, f"give --{_plain(name)}"))

    def report(self) -> list[str]:
        """Sentences about what was assumed, and about what was given without need."""
        sentences = list(self._betrayed)
        if self._assumed:
            values = joined([words for words, _ in self._assumed])
            flags = joined([f"--{_plain(name)}" for _, name in self._assumed])
            sentences.append(f"Not in the file, so taken as in ncps: {values} ({flags}).")
        idle = [name for name in self.given if name not in self._taken]
        if idle:
            words = joined([_plain(name) for name in idle])
            sentences.append(f"Of no use for this network and left aside: {words}.")
        return sentences


def _plain(name: str) -> str:
    return name.replace("_", "-")


def joined(words: Sequence[str]) -> str:
    """Words as a sentence lists them."""
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]
