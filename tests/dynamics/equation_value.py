"""What an equation in the notation of declarations comes to: an independent reading of it, for tests."""

from __future__ import annotations

import math

from circuitsim.spec.notation import (
    Big,
    Bracket,
    Call,
    Cases,
    Fraction,
    Name,
    Number,
    Power,
    Product,
    Relation,
    Root,
    Sum,
    name,
)

FUNCTIONS = {
    "sin": math.sin, "tanh": math.tanh, "sigmoid": lambda z: 1.0 / (1.0 + math.exp(-z)),
    "σ": lambda z: 1.0 / (1.0 + math.exp(-z)), "relu": lambda z: max(z, 0.0),
    "hardtanh": lambda z: min(1.0, max(-1.0, z)),
}  # fmt: skip
HOLDS = {
    "=": math.isclose, "≤": lambda a, b: a <= b, "<": lambda a, b: a < b,
    "≥": lambda a, b: a >= b, ">": lambda a, b: a > b,
}  # fmt: skip


def worth(node, known):
    """The number that a node stands for; `known` gives names, ``Σ`` the value of each sum in its order."""
    match node:
        case Number(text):
            return float(text)
        case Name("π") | Name("e"):
            return {"π": math.pi, "e": math.e}[node.base]
        case Name():
            return known[node]
        case Product(factors):
            return product(factors, known)
        case Sum(terms):
            return sum((-1.0 if sign == "−" else 1.0) * worth(term, known) for sign, term in terms)
        case Call(head, arguments):
            said = known.get(head, head.base)
            function = said if callable(said) else FUNCTIONS[said if isinstance(said, str) else head.base]
            return function(*(worth(argument, known) for argument in arguments))
        case Cases(rows):
            return next(worth(row.body, known) for row in rows if holds(row.condition, known))
    return built(node, known)


def built(node, known):
    match node:
        case Bracket(open, inner):
            return abs(worth(inner, known)) if open == "|" else worth(inner, known)
        case Fraction(top, bottom):
            return worth(top, known) / worth(bottom, known)
        case Power(base, exponent):
            return worth(base, known) ** worth(exponent, known)
        case Root(of):
            return math.sqrt(worth(of, known))
    raise AssertionError(node)


def product(factors, known):
    if any(isinstance(factor, Big) for factor in factors):
        return known["Σ"]
    if len(factors) == 3 and factors[1] == name("mod"):
        return math.fmod(worth(factors[0], known), worth(factors[2], known))
    return math.prod(worth(factor, known) for factor in factors)


def holds(condition, known):
    """Whether a condition is fulfilled."""
    if condition is None or condition.word == "otherwise":
        return True
    if not isinstance(condition.of, Relation):
        return bool(known[condition.of])
    values = [worth(side, known) for side in condition.of.sides]
    pairs = zip(condition.of.signs, values, values[1:], strict=False)
    return all(HOLDS[sign](left, right) for sign, left, right in pairs)
