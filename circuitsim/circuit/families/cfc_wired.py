"""A CfC network over the layers of a wiring."""

from __future__ import annotations

from circuitsim.circuit.families import _cfc

FAMILY = _cfc.wired("cfc_wired")
