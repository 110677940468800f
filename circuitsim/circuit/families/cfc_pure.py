"""A pure CfC network with a backbone."""

from __future__ import annotations

from circuitsim.circuit.families import _cfc

FAMILY = _cfc.dense("cfc_pure")
