"""What a user can do to a circuit: one frozen class per verb."""

from circuitsim.circuit.edits.add import Add
from circuitsim.circuit.edits.alter import (
    Move,
    Rename,
    SetKind,
    SetKnots,
    SetLanes,
    SetParameter,
    SetPins,
    SetSettings,
    SetStart,
    SetTable,
    SetTraced,
)
from circuitsim.circuit.edits.delete import Delete
from circuitsim.circuit.edits.edit import Compound, Edit, Restore
from circuitsim.circuit.edits.mute import SetMuted
from circuitsim.circuit.edits.replace import Replace
from circuitsim.circuit.edits.revert import TakeNumbers

__all__ = [
    "Add", "Compound", "Delete", "Edit", "Move", "Rename", "Replace", "Restore", "SetKind", "SetKnots", "SetLanes",
    "SetMuted", "SetParameter", "SetPins", "SetSettings", "SetStart", "SetTable", "SetTraced", "TakeNumbers",
]  # fmt: skip
