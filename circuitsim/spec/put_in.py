"""Numbers put into an equation in the place of its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.spec.notation import (
    Bracket,
    Call,
    Cases,
    Clause,
    Condition,
    Fraction,
    Name,
    Power,
    Product,
    Relation,
    Root,
    Sum,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.spec.notation import Node

MINUS = "−"
HANDS = "while"  # what a hand does is told, not counted


def put_in(equations: Sequence[Clause], values: Mapping[Name, Node]) -> tuple[Clause, ...]:
    """Equations with other nodes in the place of some names; negative numbers get brackets where they need them."""
    return tuple(_clause(clause, values) for clause in equations)


def _clause(clause: Clause, values: Mapping[Name, Node]) -> Clause:
    condition = clause.condition
    if condition is not None and condition.of is not None and condition.word != HANDS:
        condition = Condition(condition.word, _in(condition.of, values))
    return Clause(_in(clause.body, values), condition)


def _in(node: Node, values: Mapping[Name, Node]) -> Node:
    match node:
        case Name():
            return values.get(node, node)
        case Call(head, arguments):
            other = values.get(head, head)  # a function may have another name, but is no number
            return Call(other if isinstance(other, Name) else head, tuple(_in(a, values) for a in arguments))
        case Power(base, exponent):
            base = _in(base, values)
            return Power(Bracket("(", base) if isinstance(base, Value) else base, _in(exponent, values))
        case Product(factors):
            first, *rest = (_in(factor, values) for factor in factors)
            return Product((first, *(_guarded(factor) for factor in rest)))
        case Sum(terms):
            return Sum(tuple((sign, _term(sign, _in(term, values))) for sign, term in terms))
    return _in_parts(node, values)


def _in_parts(node: Node, values: Mapping[Name, Node]) -> Node:
    """Of what needs no brackets."""
    match node:
        case Fraction(top, bottom):
            return Fraction(_in(top, values), _in(bottom, values))
        case Root(of):
            return Root(_in(of, values))
        case Bracket(open, inner):
            return Bracket(open, _in(inner, values))
        case Relation(sides, signs):
            return Relation(tuple(_in(side, values) for side in sides), signs)
        case Cases(rows):
            return Cases(tuple(_clause(row, values) for row in rows))
    return node


def _guarded(node: Node) -> Node:
    negative = isinstance(node, Value) and node.text.startswith(MINUS)
    return Bracket("(", node) if negative else node


def _term(sign: str, node: Node) -> Node:
    """Behind a sign a term that begins with a negative number gets brackets around that number."""
    if not sign:
        return node
    if isinstance(node, Product):
        return Product((_guarded(node.factors[0]), *node.factors[1:]))
    return _guarded(node)
