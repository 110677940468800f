"""Equations broken into lines of a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.equations.box import beside, gap
from circuitsim.app.equations.setting import GOOD, POOR, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.equations.box import Box
    from circuitsim.app.equations.face import Face
    from circuitsim.app.equations.setting import Piece
    from circuitsim.spec.notation import Clause

INDENT = (
    1.6  # of lines that go on, in parts of the size, where those of the first line would be too far right
)
DEEP = 0.34  # of the width: so far right a line may still go on


def broken(clause: Clause, f: Face, width: float) -> list[Box]:
    """The lines of an equation; one of them is wider than asked for if it cannot be broken."""
    parts = pieces(clause, f)
    indent = _indent(parts, f, width)
    for breaks in (GOOD, POOR):
        lines = _filled(parts, breaks, width, indent)
        if all(_width(line) + (indent if k else 0.0) <= width for k, line in enumerate(lines)):
            break
    return [_joined(line, indent if k else 0.0) for k, line in enumerate(lines)]


def _indent(parts: Sequence[Piece], f: Face, width: float) -> float:
    """Where lines go on: below what follows the sign of the equation."""
    x = 0.0
    for piece in parts:
        if piece.indents:
            x += piece.gap
            break
        x += piece.gap + piece.box.width
    return x if x <= DEEP * width else f.em(INDENT)


def _filled(parts: Sequence[Piece], breaks: int, width: float, indent: float) -> list[list[Piece]]:
    """As much on each line as it takes; what must not be parted goes over together."""
    runs: list[list[Piece]] = []
    for piece in parts:
        if piece.breaks >= breaks or not runs:
            runs.append([piece])
        else:
            runs[-1].append(piece)
    lines = [runs[0]]
    for run in runs[1:]:
        room = width - (indent if len(lines) > 1 else 0.0)
        if _width([*lines[-1], *run]) <= room:
            lines[-1] = [*lines[-1], *run]
        else:
            lines.append(run)
    return lines


def _width(line: Sequence[Piece]) -> float:
    return sum(piece.box.width + (piece.gap if k else 0.0) for k, piece in enumerate(line))


def _joined(line: Sequence[Piece], indent: float) -> Box:
    boxes = [gap(indent)]
    for k, piece in enumerate(line):
        boxes += [gap(piece.gap if k else 0.0), piece.box]
    return beside(*boxes)
