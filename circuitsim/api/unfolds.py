"""What a network trained with ncps would do if it were integrated exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.api.run import signals, states_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from circuitsim.api.run import Initial, Inputs
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.unfolds import Unfolds


def unfolds(
    circuit: Circuit,
    duration: float | None = None,
    inputs: Inputs | None = None,
    initial: Initial | None = None,
    counts: Sequence[int] | None = None,
    progress: Callable[[float], bool] | None = None,
) -> Unfolds:
    """Compare the cell of ncps with its differential equation, for several numbers of substeps (unfolds).

    Args:
        circuit: The network; it is not changed.
        duration: Length of the run, in the circuit's unit of time.
        inputs: What takes the place of inputs, by name, as in `simulate`.
        initial: States at time 0, as in `simulate`.
        counts: Numbers of substeps; None takes 1 to 96.
        progress: Called with the fraction done; returns False to cancel.

    Raises:
        InputError: If an argument or a file does not fit.
        RunError: If a state diverges or the run is cancelled.
    """
    from circuitsim.engine.unfolds import COUNTS
    from circuitsim.engine.unfolds import unfolds as compare

    return compare(
        circuit, duration=duration, inputs=signals(circuit, inputs), initial=states_of(circuit, initial),
        counts=COUNTS if counts is None else counts, progress=progress,
    )  # fmt: skip
