"""CfC network: two candidates for every unit, and a gate that leads from one to the other as time passes."""

from __future__ import annotations

from circuitsim.dynamics.cells import _declare
from circuitsim.dynamics.cells._kernel import DEFAULT

KIND = _declare.declared(
    "cfc",
    "CfC network",
    "CfC",
    doc="A closed-form continuous-time network: at every call each unit becomes a mixture of two candidates, and the "
    "time since the last call decides how far it has come from the first to the second. Take it for networks that were "
    "trained as CfC.",
    avoid="Do not use its gate as a time constant: the network solves no ODE, and between two calls nothing moves.",
    equation="h ← (1 − r) g + r q,  g = φ(ff₁(z)),  q = φ(ff₂(z)),  r = σ(a(z) Δt + b(z)),  "
    "z = backbone(u, h),  Δt = κ T",
    gate="time gate r",
    file="cfc_cell.py, mode default",
    parameters=(_declare.PERIOD, _declare.CLOCK, _declare.TIMESPAN, _declare.ACTIVATION, _declare.CANDIDATES),
    mode=DEFAULT,
)
