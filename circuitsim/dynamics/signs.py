"""What the signs of equations stand for, besides parameters: those that whole families of kinds share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.spec.kind import CellKind, NeuronKind, Sign, SolverKind, StimulusKind, SynapseKind
from circuitsim.spec.notation import equations, name, names
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.spec.kind import Declaration
    from circuitsim.spec.notation import Name

_D = Dimension
KNOWN = frozenset(
    {"e", "π", "exp", "sin", "cos", "tanh", "sigmoid", "mod", "max", "min"}
)  # everybody knows these
SHARED: dict[type[Declaration], tuple[Sign, ...]] = {
    NeuronKind: (
        Sign("v", "membrane potential", _D.POTENTIAL),
        Sign("v_pre", "membrane potential of a presynaptic neuron", _D.POTENTIAL),
        Sign("x", "state", _D.POTENTIAL),
        Sign("x_pre", "state of a presynaptic neuron, or value of an input"),
        Sign("I", "current from inputs", _D.CURRENT),
        Sign("w", "weight of a synapse"),
        Sign("f", "what the nonlinearity makes of the summed drive"),
        Sign("g", "conductance of a chemical synapse", _D.CONDUCTANCE),
        Sign("s", "slope of a chemical synapse", _D.SLOPE),
        Sign("m", "midpoint of a chemical synapse", _D.POTENTIAL),
        Sign("E", "reversal potential of a chemical synapse", _D.POTENTIAL),
        Sign("ĝ", "conductance of an electrical synapse", _D.CONDUCTANCE),
        Sign("σ", "logistic function: σ(z) = 1 / (1 + e^(−z))"),
        Sign("τ", "time constant", _D.TIME),
        Sign("t", "time", _D.TIME),
    ),
    SynapseKind: (
        Sign("I", "current into the postsynaptic neuron", _D.CURRENT),
        Sign("v_pre", "membrane potential of the presynaptic neuron, or value of an input", _D.POTENTIAL),
        Sign("v_post", "membrane potential of the postsynaptic neuron", _D.POTENTIAL),
        Sign("x_pre", "state of the presynaptic neuron, or value of an input"),
        Sign("u", "value of the input"),
        Sign("drive", "what adds to the argument of f in the postsynaptic neuron"),
        Sign("σ", "logistic function: σ(z) = 1 / (1 + e^(−z))"),
    ),
    StimulusKind: (
        Sign("u", "value of the input"),
        Sign("t", "time", _D.TIME),
        Sign("k", "number of the sample, from 0"),
    ),
    CellKind: (
        Sign("h", "states of the units"),
        Sign("u", "what the network reads"),
        Sign("z", "what the dense layers before the units make of what is read and of the states"),
        Sign("backbone", "dense layers with the activation; the identity where there are none"),
        Sign("layer", "what the layer before it has become, or what is read, beside its own states"),
        Sign("ff₁", "dense map to the first candidate"),
        Sign("ff₂", "dense map to the second candidate"),
        Sign("g", "first candidate"),
        Sign("q", "second candidate"),
        Sign("r", "time gate"),
        Sign("a", "dense map that the gate multiplies with the time; in the pure mode the first candidate"),
        Sign("b", "dense map to the bias of the gate"),
        Sign("A", "what a unit comes closer to, one number for each"),
        Sign("w_τ", "rate at which it does so by itself, one number for each"),
        Sign(
            "Δt",
            "elapsed time that a call is told: κ times the period, or κ times the time between two samples",
        ),
        Sign("σ", "logistic function: σ(z) = 1 / (1 + e^(−z))"),
    ),
    SolverKind: (
        Sign("x", "states; dx/dt = f(t, x) = b − λ x"),
        Sign("t", "time", _D.TIME),
        Sign("h", "step", _D.TIME),
        Sign("f", "what the neurons say their states do"),
        Sign("b", "drive of a neuron"),
        Sign("λ", "decay of a neuron, the inverse of its time constant"),
    ),
}


def meanings(kind: Declaration) -> dict[Name, Sign]:
    """What every name of the equation of a kind stands for unless it is a parameter, in order of appearance.

    A name that nobody explains is left out.
    """
    shared = (sign for family, signs in SHARED.items() if isinstance(kind, family) for sign in signs)
    known = {name(sign.symbol): sign for sign in (*shared, *kind.signs)}
    own = {name(p.symbol) for p in kind.parameters}
    found = names(equations(kind.equation))
    return {each: known[each] for each in found if each in known and each not in own}


def unexplained(kind: Declaration) -> list[Name]:
    """Names of the equation of a kind of which nobody says what they stand for."""
    said = {*meanings(kind), *(name(p.symbol) for p in kind.parameters)}
    return [each for each in names(equations(kind.equation)) if each not in said and each.base not in KNOWN]
