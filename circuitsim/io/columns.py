"""The columns of a trace: a variable and a name each, in one order for every format."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.engine.samples import Samples, Stamp

VARIABLES: Mapping[str, str] = {
    "v": "state of every neuron",
    "tau": "effective time constant of every neuron",
    "vinf": "state that every neuron is heading for",
    "clamp": "holding current of every neuron that is clamped",
    "gate": "gate of every unit of a network with memory",
    "input": "value of every input",
    "output": "value of every output",
}


@dataclass(frozen=True, slots=True)
class Block:
    """All columns of one variable.

    Attributes:
        variable: One of `VARIABLES`.
        names: Of its columns.
        values: float64[s, len(names)].
    """

    variable: str
    names: tuple[str, ...]
    values: NDArray[np.float64]


def parse_variables(text: str) -> tuple[str, ...]:
    """The variables in a list such as ``v,tau``, in the order of the columns.

    Raises:
        InputError: If one does not exist or there is none.
    """
    wanted = [word.strip() for word in text.split(",")]
    for word in wanted:
        if word not in VARIABLES:
            known = ", ".join(VARIABLES)
            raise InputError(Issue("--record", f"there is no variable {word!r}", f"use some of: {known}"))
    return tuple(v for v in VARIABLES if v in wanted)


def blocks(samples: Samples, variables: tuple[str, ...]) -> list[Block]:
    """The columns of some variables, in the order of the file."""
    everything = {
        "v": Block("v", samples.neuron_names, samples.v),
        "tau": Block("tau", samples.neuron_names, samples.tau),
        "vinf": Block("vinf", samples.neuron_names, samples.vinf),
        "clamp": Block("clamp", samples.clamped_names, samples.clamp),
        "gate": Block("gate", samples.unit_names, samples.gate),
        "input": Block("input", samples.input_names, samples.inputs),
        "output": Block("output", samples.output_names, samples.outputs),
    }
    return [everything[v] for v in VARIABLES if v in variables]


def header(samples: Samples, variables: tuple[str, ...]) -> list[str]:
    """Names of the columns: ``t``, then variable, underscore, name (``tau_AVAL``)."""
    return ["t", *(f"{b.variable}_{name}" for b in blocks(samples, variables) for name in b.names)]


def stamp_fields(stamp: Stamp) -> dict[str, Any]:
    """A stamp as it stands in files."""
    return {**asdict(stamp), "units": dict(stamp.units)}
