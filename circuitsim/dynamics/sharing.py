"""A block of synapses whose chunks are shared out among threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.field import accumulated
from circuitsim.dynamics.functions import copy
from circuitsim.dynamics.turns import BLOCK, DONE, HOME, LEFT, PIECE, count, look, put, rest

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def share(k: int, x: Floats, tables: Tables) -> None:
    """Let a whole block of synapses add to the channels, with the help of whoever is there."""
    turns = tables.turns
    copy(x, tables.seen)
    pieces = (tables.synapses[k, 2] + PIECE - 1) // PIECE
    put(turns, DONE, 0)
    put(turns, BLOCK, k)
    put(turns, LEFT, pieces)
    take_pieces(tables)
    waited = 0
    while look(turns, DONE) < pieces:
        waited = rest(waited)


def take_pieces(tables: Tables) -> None:
    """Do pieces of the block that is shared out until none is left."""
    turns = tables.turns
    piece = count(turns, LEFT, -1)
    while piece > 0:
        k = look(turns, BLOCK)
        begin = (piece - 1) * PIECE
        accumulated(k, begin, min(begin + PIECE, tables.synapses[k, 2]), tables.seen, tables)
        count(turns, DONE, 1)
        piece = count(turns, LEFT, -1)


def assist(tables: Tables) -> None:
    """What a second thread does while another one advances: help with every block that is shared out, until it is sent home."""
    turns, waited = tables.turns, 0
    while look(turns, HOME) == 0:
        if look(turns, LEFT) > 0:
            take_pieces(tables)
            waited = 0
        else:
            waited = rest(waited)
