"""CfC network without the second gate: what the gate lets through is added."""

from __future__ import annotations

from circuitsim.dynamics.cells import _declare
from circuitsim.dynamics.cells._kernel import NO_GATE

KIND = _declare.declared(
    "cfc_no_gate",
    "CfC network without gate",
    "CfC, no gate",
    doc="Like the CfC network, but the first candidate stays whole and the gate only adds of the second, so that units "
    "reach from -2 to 2. Take it for networks that were trained in the mode no_gate; its matrices are those of the CfC "
    "network.",
    avoid="Do not use it for a network that was trained with the gate: the numbers fit, the behaviour does not.",
    equation="h ← g + r q,  g = φ(ff₁(z)),  q = φ(ff₂(z)),  r = σ(a(z) Δt + b(z)),  z = backbone(u, h),  Δt = κ T",
    gate="time gate r",
    file="cfc_cell.py, mode no_gate",
    parameters=(_declare.PERIOD, _declare.CLOCK, _declare.TIMESPAN, _declare.ACTIVATION, _declare.CANDIDATES),
    mode=NO_GATE,
)
