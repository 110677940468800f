"""CfC network over the layers of an NCP wiring: no backbone, and masks that leave out what is not wired."""

from __future__ import annotations

from circuitsim.dynamics.cells import _declare

_HEADS = "g = φ(ff₁(z)),  q = φ(ff₂(z)),  r = σ(a(z) Δt + b(z)),  z = layer(u, h),  Δt = κ T"
_DEFAULT = (f"h ← (1 − r) g + r q,  {_HEADS}", "time gate r")
_NO_GATE = (f"h ← g + r q,  {_HEADS}", "time gate r")
_PURE = (
    "h ← A − A a e^(−Δt (|w_τ| + |a|)),  a = ff₁(z),  z = layer(u, h),  Δt = κ T",
    "decay exp(−Δt (|w_τ| + |a|))",
)

KIND = _declare.declared(
    "cfc_wired",
    "CfC network over layers",
    "CfC, wired",
    doc="Layers of an NCP wiring (inter, command, motor), one after the other within a call; each reads the new states of "
    "the layer before it and its own old ones. Take it for networks that were trained over a wiring.",
    avoid="Do not use it to read off a wiring: masks act on the candidates only, the gates read everything, each "
    "layer feeds back to all of itself, and signs of the wiring play no part.",
    equation=_DEFAULT[0],
    gate=_DEFAULT[1],
    file="wired_cfc_cell.py",
    parameters=(_declare.PERIOD, _declare.CLOCK, _declare.TIMESPAN, _declare.MODE, _declare.CANDIDATES),
    wired=True,
    forms=(_DEFAULT, _NO_GATE, _PURE),
)
