"""The work of a large circuit in pieces, for one thread or two.

Every other evaluation goes through each half from its end: what was looked at last is still in the cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.field import accumulated, rated
from circuitsim.dynamics.turns import (
    BACK,
    CLEAR,
    DONE,
    FIRST,
    HELPED,
    HOME,
    MANY,
    MINE,
    PIECE,
    RATES,
    SPAN,
    TASK,
    THEIRS,
    count,
    look,
    put,
    rest,
)

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats


def share(task: int, x: Floats, tables: Tables) -> None:
    """Do a task with the help of whoever is there: a block of synapses, or what `turns` names besides."""
    turns = tables.turns
    pieces = pieces_of(task, tables)
    theirs = pieces // 2 if look(turns, HELPED) else 0
    turns[MINE + FIRST], turns[MINE + MANY] = 0, pieces - theirs
    turns[THEIRS + FIRST], turns[THEIRS + MANY] = pieces - theirs, theirs
    turns[TASK] = task
    if task == CLEAR:  # with it each evaluation begins
        turns[BACK] = 1 - turns[BACK]
    put(turns, DONE, 0)
    put(turns, THEIRS, theirs)
    put(turns, MINE, pieces - theirs)
    take_pieces(MINE, x, tables)
    waited = 0
    while look(turns, DONE) < pieces:
        waited = rest(waited)


def assist(tables: Tables) -> None:
    """What a second thread does while another one advances: help with all that is shared out, until it is sent home."""
    turns, waited = tables.turns, 0
    while look(turns, HOME) == 0:
        if look(turns, THEIRS) > 0 or look(turns, MINE) > 0:
            take_pieces(THEIRS, tables.seen, tables)
            waited = 0
        else:
            waited = rest(waited)


def take_pieces(side: int, x: Floats, tables: Tables) -> None:
    """Do pieces of what is shared out until none is left, those of one side first."""
    turns = tables.turns
    for half in (side, MINE + THEIRS - side):
        left = count(turns, half, -1)
        while left > 0:
            first, many = look(turns, half + FIRST), look(turns, half + MANY)
            do_piece(first + (left - 1 if look(turns, BACK) else many - left), x, tables)
            count(turns, DONE, 1)
            left = count(turns, half, -1)


def pieces_of(task: int, tables: Tables) -> int:
    """How many pieces a task has."""
    if task == RATES:
        return len(tables.neurons)
    many, at_once = (tables.acc.shape[1], SPAN) if task == CLEAR else (int(tables.synapses[task, 2]), PIECE)
    return (many + at_once - 1) // at_once


def do_piece(piece: int, x: Floats, tables: Tables) -> None:
    """Do a piece of what is shared out."""
    task = look(tables.turns, TASK)
    if task == CLEAR:
        tables.acc[:, piece * SPAN : (piece + 1) * SPAN] = 0.0
    elif task == RATES:
        rated(piece, x, tables)
    else:
        begin = piece * PIECE
        accumulated(task, begin, min(begin + PIECE, tables.synapses[task, 2]), x, tables)
