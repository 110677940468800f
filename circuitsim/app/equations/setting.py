"""From an equation to boxes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from circuitsim.app.equations.box import NUMBER, UNIT, Bar, Box, Outline, beside, gap, group
from circuitsim.app.equations.face import face
from circuitsim.spec.notation import (
    Big,
    Bracket,
    Call,
    Cases,
    Clause,
    Condition,
    Differential,
    Fraction,
    Name,
    Number,
    Power,
    Product,
    Relation,
    Root,
    Sum,
    Value,
)

if TYPE_CHECKING:
    from circuitsim.app.equations.face import Face
    from circuitsim.spec.notation import Node

THIN, MEDIUM, THICK, QUAD = 0.17, 0.24, 0.30, 1.2  # gaps in parts of the size
NEVER, POOR, GOOD = range(3)  # whether a line may end before a piece
CLOSING = {"(": ")", "[": "]", "|": "|"}
OPERATORS = frozenset({"mod"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line.

    Attributes:
        box: What stands there.
        gap: Room before it unless it begins a line, px.
        breaks: Whether a line may end before it.
        indents: Whether following lines of the equation may begin behind it.
    """

    box: Box
    gap: float = 0.0
    breaks: int = NEVER
    indents: bool = False


def pieces(clause: Clause, f: Face) -> list[Piece]:
    """The parts of an equation between which its line may be broken."""
    found = _pieces(clause.body, f, GOOD)
    if clause.condition is not None:
        condition = beside(*_condition(clause.condition, f))
        found.append(Piece(condition, f.em(QUAD), GOOD))
    return found


def _pieces(node: Node, f: Face, breaks: int) -> list[Piece]:
    match node:
        case Relation(sides, signs):
            return _relation(sides, signs, f, breaks)
        case Sum(terms):
            return _sum(terms, f, breaks)
        case Product(factors):
            return _product(factors, f, min(breaks, POOR))
    return [Piece(box(node, f))]


def _relation(sides: tuple[Node, ...], signs: tuple[str, ...], f: Face, breaks: int) -> list[Piece]:
    found = _pieces(sides[0], f, NEVER)
    for place, (sign, side) in enumerate(zip(signs, sides[1:], strict=True)):
        found.append(Piece(f.text(sign), f.em(THICK), min(breaks, POOR) if place else NEVER))
        first, *rest = _pieces(side, f, breaks)
        found.append(Piece(first.box, f.em(THICK), NEVER, indents=True))
        found += rest
    return found


def _sum(terms: tuple[tuple[str, Node], ...], f: Face, breaks: int) -> list[Piece]:
    found: list[Piece] = []
    for place, (sign, term) in enumerate(terms):
        first, *rest = _pieces(term, f, breaks)
        if sign:
            between = f.em(MEDIUM) if place else f.em(0.06)
            joined = beside(f.text(sign), gap(between), first.box)
            first = Piece(joined, f.em(MEDIUM) if place else 0.0, breaks if place else NEVER)
        found += [first, *rest]
    return found


def _product(factors: tuple[Node, ...], f: Face, breaks: int) -> list[Piece]:
    found = [Piece(box(factors[0], f))]
    for before, factor in pairwise(factors):
        after_sum = isinstance(before, Big)
        if _needs_dot(before, factor):
            found[-1] = Piece(
                beside(found[-1].box, gap(f.em(THIN)), f.text("·")), found[-1].gap, found[-1].breaks
            )
        wide = MEDIUM if {before, factor} & {Name(o) for o in OPERATORS} else THIN
        found.append(Piece(box(factor, f), f.em(wide), NEVER if after_sum else breaks))
    return found


def _needs_dot(before: Node, after: Node) -> bool:
    """Whether two factors would run into each other."""
    if isinstance(before, Big) or any(isinstance(n, Name) and n.base in OPERATORS for n in (before, after)):
        return False
    if isinstance(after, Number | Value) or (isinstance(before, Value) and before.unit):
        return True
    words = [isinstance(n, Name) and len(n.base) > 1 for n in (before, after)]
    return any(words) or (isinstance(before, Value) and isinstance(after, Fraction | Call))


def box(node: Node, f: Face) -> Box:
    """A node as one box."""
    match node:
        case Number(text):
            return f.text(text)
        case Value(text, unit):
            return _value(text, unit, f)
        case Name():
            return _name(node, f)
        case Big():
            return _big(f)
        case Differential(sign, of):
            return beside(f.text(sign), box(of, f))
        case Relation() | Sum() | Product():
            return _line(_pieces(node, f, NEVER))
    return _built(node, f)


def _built(node: Node, f: Face) -> Box:
    match node:
        case Fraction(top, bottom):
            return _fraction(top, bottom, f)
        case Power(base, exponent):
            return _power(box(base, f), box(exponent, f.smaller()), f)
        case Root(of):
            return _root(box(of, f), f)
        case Bracket(open, inner):
            return _bracketed(open, box(inner, f), CLOSING[open], f)
        case Call(head, arguments):
            return _call(head, arguments, f)
        case Cases(rows):
            return _cases(rows, f)
    raise TypeError(node)


def _line(parts: list[Piece]) -> Box:
    boxes: list[Box] = []
    for place, piece in enumerate(parts):
        boxes += [gap(piece.gap), piece.box] if place and piece.gap else [piece.box]
    return boxes[0] if len(boxes) == 1 else beside(*boxes)


def _value(text: str, unit: str, f: Face) -> Box:
    if not unit:
        return f.text(text, ink=NUMBER)
    inverse = unit.removeprefix("1/")
    name: Box = f.text(inverse, ink=UNIT)
    if inverse != unit:
        small = f.smaller().text("−1", ink=UNIT)
        name = _power(name, small, f)
    return beside(f.text(text, ink=NUMBER), gap(f.em(THIN)), name)


def _name(name: Name, f: Face) -> Box:
    word = len(name.base) > 1
    base = f.text(name.base, italic=not word)
    if name.low is None:
        return base
    small = f.smaller()
    low = _low(name.low, small)
    drop = max(f.em(0.16), low.up - 0.8 * f.x_height)
    return group(
        (0.0, 0.0, base), (base.width + f.em(0.02), drop, low), width=base.width + low.width + f.em(0.06)
    )


def _low(node: Node, f: Face) -> Box:
    """A subscript: indices stand close together."""
    if isinstance(node, Product):
        return beside(*(box(factor, f) for factor in node.factors))
    if isinstance(node, Sum):
        return beside(
            *(part for sign, term in node.terms for part in ([f.text(sign)] if sign else []) + [box(term, f)])
        )
    return box(node, f)


def _big(f: Face) -> Box:
    large = face(1.35 * f.size)
    sign = large.text("Σ")
    drop = (sign.up - sign.down) / 2 - f.axis
    return group((0.0, drop, sign), width=sign.width)


def _fraction(top: Node, bottom: Node, f: Face) -> Box:
    inner = face(max(10.0, 0.88 * f.size)) if f.size > 12.0 else f
    above, below = box(top, inner), box(bottom, inner)
    air, side = f.em(0.16), f.em(0.10)
    width = max(above.width, below.width) + 2 * side
    bar = Bar(width, 0.0, 0.0, f.axis, f.weight)
    return group(
        (f.em(0.06), 0.0, bar),
        (f.em(0.06) + (width - above.width) / 2, -f.axis - air - above.down, above),
        (f.em(0.06) + (width - below.width) / 2, -f.axis + air + below.up, below),
        width=width + f.em(0.12),
    )


def _power(base: Box, exponent: Box, f: Face) -> Box:
    rise = max(0.62 * f.x_height + exponent.down, base.up - 0.55 * exponent.up, f.em(0.34))
    return group((0.0, 0.0, base), (base.width + f.em(0.04), -rise, exponent))


def _root(of: Box, f: Face) -> Box:
    up, down, hook, air = of.up + f.em(0.16), of.down + f.em(0.06), f.em(0.52), f.em(0.06)
    path = QPainterPath(QPointF(0.0, -0.45 * f.x_height))
    path.lineTo(0.24 * hook, -0.62 * f.x_height)
    path.lineTo(0.58 * hook, down)
    path.lineTo(hook, -up)
    path.lineTo(hook + of.width + air, -up)
    sign = Outline(hook + of.width + air, up + f.weight, down, path, f.weight)
    return group((0.0, 0.0, sign), (hook + air, 0.0, of), width=hook + of.width + 2 * air)


def _bracketed(opening: str, inner: Box, closing: str, f: Face) -> Box:
    up, down = inner.up + f.em(0.04), inner.down + f.em(0.04)
    air = f.em(0.06) if opening == "|" else f.em(0.02)
    return beside(f.stretched(opening, up, down), gap(air), inner, gap(air), f.stretched(closing, up, down))


def _call(head: Name, arguments: tuple[Node, ...], f: Face) -> Box:
    inside: list[Box] = []
    for place, argument in enumerate(arguments):
        inside += [f.text(","), gap(f.em(MEDIUM))] if place else []
        inside.append(box(argument, f))
    return beside(_name(head, f), gap(f.em(0.03)), _bracketed("(", beside(*inside), ")", f))


def _cases(rows: tuple[Clause, ...], f: Face) -> Box:
    values = [box(row.body, f) for row in rows]
    conditions = [beside(*_condition(row.condition, f)) if row.condition else gap(0.0) for row in rows]
    second = max(value.width for value in values) + f.em(QUAD)
    lead, y, parts = f.em(0.34), 0.0, []
    for place, (value, condition) in enumerate(zip(values, conditions, strict=True)):
        up, down = max(value.up, condition.up), max(value.down, condition.down)
        y += up + (lead if place else 0.0)
        parts += [(0.0, y, value), (second, y, condition)]
        y += down
    rise = y / 2 + f.axis
    body = group(*((dx, dy - rise, part) for dx, dy, part in parts))
    return beside(f.brace(body.up, body.down), gap(f.em(0.12)), body)


def _condition(condition: Condition, f: Face) -> list[Box]:
    word: Box = f.text(condition.word)
    if condition.of is None:
        return [word]
    return [word, gap(f.em(0.3)), box(condition.of, f)]
