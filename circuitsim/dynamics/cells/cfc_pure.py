"""CfC network in the pure mode: a decay towards A, shaped like the closed form of one LTC neuron."""

from __future__ import annotations

from circuitsim.dynamics.cells import _declare
from circuitsim.dynamics.cells._kernel import PURE

KIND = _declare.declared(
    "cfc_pure",
    "CfC network, pure",
    "CfC, pure",
    doc="Every unit comes closer to A the more time has passed; how fast, the network decides by a. Take it for networks "
    "that were trained in the mode pure.",
    avoid="Do not use it as equation 3 of the paper: a stands in the place of f, and absolute values keep the decay "
    "positive.",
    equation="h ← A − A a e^(−Δt (|w_τ| + |a|)),  a = ff₁(z),  z = backbone(u, h),  Δt = κ T",
    gate="decay exp(−Δt (|w_τ| + |a|))",
    file="cfc_cell.py, mode pure",
    parameters=(_declare.PERIOD, _declare.CLOCK, _declare.TIMESPAN, _declare.ACTIVATION),
    mode=PURE,
)
