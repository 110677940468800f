"""A result as text: sentences, tables and small matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.spec.result import Diagram, Interval, Level, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from circuitsim.analysis import Analysis
    from circuitsim.spec.result import Matrix, Result, Value

MARKS = {Level.NOTE: "-", Level.GOOD: "+", Level.WARNING: "!", Level.ALARM: "!!"}
MOST = 12  # columns of a matrix that is printed


def limits(analysis: Analysis) -> Iterator[str]:
    """For which kinds a laboratory holds, when not to believe it, and where it comes from, a line each."""
    yield f"For which kinds: {analysis.holds}"
    yield f"With care: {analysis.avoid}"
    yield f"Source: {analysis.reference}."


def told(analysis: Analysis, result: Result) -> str:
    """What a laboratory shows and how far it holds, and everything of a result that fits a text."""
    parts = ["\n".join([f"{analysis.title}. {analysis.doc}", *limits(analysis)])]
    parts.append("\n".join(f"{MARKS[f.level]:>2} {f.text}" for f in result.findings))
    for piece in result.pieces:
        if isinstance(piece, Table):
            parts.append(_table(piece))
        elif isinstance(piece, Diagram):
            names = ", ".join(course.name for course in piece.courses)
            parts.append(f"{piece.title}: {names} (drawn with --out FILE.svg)")
        else:
            parts.append(_matrix(piece))
    return "\n\n".join(part for part in parts if part)


def _table(piece: Table) -> str:
    heads = [f"{c.title} {c.unit}".strip() for c in piece.columns]
    lines = _aligned([heads, *([_text(value) for value in row] for row in piece.rows)])
    return f"{piece.title}\n{lines}"


def _matrix(piece: Matrix) -> str:
    if piece.remark and not piece.values.any():
        return f"{piece.title}: {piece.remark}"
    unit = f", {piece.unit}" if piece.unit else ""
    title = f"{piece.title}{unit}: {piece.doc}"
    rows, columns = len(piece.rows), len(piece.columns)
    if not rows or not columns or columns > MOST:
        return f"{title} ({rows} x {columns}; its numbers are in --out FILE.json)"
    lines = [
        [name, *(f"{v:.4g}" for v in row)]
        for name, row in zip(piece.rows, piece.values.tolist(), strict=True)
    ]
    return f"{title}\n{_aligned([['', *piece.columns], *lines])}"


def _text(value: Value) -> str:
    if isinstance(value, Interval):
        seen = "" if value.seen_low != value.seen_low else f" ({value.seen_low:.3g} to {value.seen_high:.3g})"
        return f"{value.low:.3g} to {value.high:.3g}{seen}"
    return f"{value:.4g}" if isinstance(value, float) else value


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[k]) for line in lines) for k in range(len(lines[0]))]
    return "\n".join(
        "  ".join(f"{t:<{w}}" for t, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )
