"""A CfC network without gate with a backbone."""

from __future__ import annotations

from circuitsim.circuit.families import _cfc

FAMILY = _cfc.dense("cfc_no_gate")
