"""The laboratories, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.api.run import number_of, signals, states_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.api.run import Initial, Inputs
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.result import Result


def analyse(
    circuit: Circuit,
    name: str,
    states: Initial | None = None,
    t: float = 0.0,
    inputs: Inputs | None = None,
    progress: Callable[[float], bool] | None = None,
    **options: object,
) -> Result:
    """Look at a circuit in one of the laboratories.

    Args:
        circuit: The circuit; it is not changed.
        name: Id of the analysis: ``bounds`` and others; `circuitsim analyse` lists them with their options.
        states: Present states, as the states at time 0 of `simulate`; a neuron that is not named is in its start state.
        t: The present instant, in the circuit's unit of time.
        inputs: What takes the place of inputs, by name, as in `simulate`.
        progress: Called with the fraction done; returns False to cancel.
        **options: What the analysis lets one choose, by name.

    Returns:
        Sentences in ``findings``, what is shown in ``pieces``, and the numbers by name: ``result["state_low"]``.

    Raises:
        InputError: If an argument or a file does not fit, or the analysis cannot be applied to the circuit.
        RunError: If a state diverges or the run is cancelled.
    """
    tables, given = signals(circuit, inputs), states_of(circuit, states)
    from circuitsim.analysis import analysis
    from circuitsim.analysis._declare import Question
    from circuitsim.engine.run import initial_states, with_inputs

    chosen = analysis(name)
    twin = with_inputs(circuit, tables or {})
    question = Question(
        twin,
        chosen.values(twin, options),
        None if given is None else initial_states(twin, given),
        number_of("the instant t", t),
        report=progress or (lambda _fraction: True),
    )
    return chosen.run(question)
