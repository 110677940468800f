"""The Python front door: circuits, files, runs and their traces."""

from circuitsim.api.analyse import analyse
from circuitsim.api.columns import Columns
from circuitsim.api.files import load, loads, save
from circuitsim.api.jacobian import Jacobian, jacobian
from circuitsim.api.lesion import Lesion, lesion
from circuitsim.api.network import network
from circuitsim.api.run import replay, replays, simulate
from circuitsim.api.trace import ElementTrace, Trace
from circuitsim.api.unfolds import unfolds
from circuitsim.circuit.circuit import Circuit

__all__ = [
    "Circuit",
    "Columns",
    "ElementTrace",
    "Jacobian",
    "Lesion",
    "Trace",
    "analyse",
    "jacobian",
    "lesion",
    "load",
    "loads",
    "network",
    "replay",
    "replays",
    "save",
    "simulate",
    "unfolds",
]
