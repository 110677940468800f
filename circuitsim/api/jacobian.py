"""The Jacobian of a circuit, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from circuitsim.api.run import number_of, signals, states_of
from circuitsim.circuit.elements import Neuron

if TYPE_CHECKING:
    from circuitsim.api.run import Initial, Inputs
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.bounds import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Jacobian:
    """How every dx/dt of a circuit changes with every state and every input, at an instant.

    A neuron without memory has neither a state nor a dx/dt, so it has no row and no column; how it hands on what
    it hears is part of the derivatives.

    Attributes:
        t: The instant, in the circuit's unit of time.
        neurons: Names of the neurons that have a state: of the rows, and of the columns of `state`.
        inputs: Names of the inputs: of the columns of `input`.
        rate: float64[n], dx/dt, in units of the state per unit of time.
        state: float64[n, n], derivative of row i's dx/dt with respect to column j's state, per unit of time (times
            the unit of state i over that of state j where these differ). An array or a scipy.sparse.csr_array.
        input: float64[n, m], derivative of row i's dx/dt with respect to the value of input k, in units of the
            state per unit of time and per unit of the input. Of the same type.
    """

    t: float
    neurons: tuple[str, ...]
    inputs: tuple[str, ...]
    rate: Floats
    state: Any
    input: Any


def jacobian(
    circuit: Circuit,
    states: Initial | None = None,
    t: float = 0.0,
    inputs: Inputs | None = None,
    sparse: bool | None = None,
) -> Jacobian:
    """Differentiate dx/dt of a circuit with respect to its states and inputs, analytically.

    The matrices are A and C of the linearised circuit d(dx)/dt = A dx + C du (Friston et al., NeuroImage 19 (2003)
    1273, eq. 1, without the bilinear term). Where a nonlinearity has a kink, its slope is that of either side.

    Args:
        circuit: The circuit.
        states: States by name of the neuron, or the path of a CSV file with the columns ``neuron`` and ``value``;
            a neuron that is not named is in its start state.
        t: The instant at which the inputs are read, in the circuit's unit of time.
        inputs: What takes the place of inputs, by name, as in `simulate`.
        sparse: Whether the matrices are sparse; None makes them so from 500 neurons on.

    Raises:
        InputError: If an argument or a file does not fit.
    """
    tables, given = signals(circuit, inputs), states_of(circuit, states)
    from circuitsim.engine.jacobian import Linearizer
    from circuitsim.engine.run import initial_states, with_inputs

    twin = with_inputs(circuit, tables or {})
    linearizer = Linearizer(twin, sparse=sparse)
    found = linearizer.at(initial_states(twin, given or {}), number_of("the instant t", t))
    return Jacobian(
        found.t,
        tuple(twin.get(i, Neuron).name for i in linearizer.neuron_ids),
        tuple(i.name for i in twin.inputs),
        found.rate,
        found.state,
        found.input,
    )
