"""The notation in which kinds declare their equations: plain text that reads well and can be set as mathematics.

* Letters side by side are one name: a single letter is a quantity, several are a word (``gain``) or a function (``sin``);
  a space multiplies. ``dv`` is a differential. A bracket right behind a name holds its arguments: ``u(t)``.
* A subscript is written with the letters made for it (``gₗ``, ``k₁``, ``tₖ₊₁``) or behind a low line (``v_pre``).
* ``a/b`` is a fraction of what stands directly before and behind, ``e^(−λ h)`` and ``r²`` are powers, ``√(2/τ)`` is a root.
* ``Σ`` sums the rest of the product; where there is nothing to distinguish it needs no index.
* ``{ a if t < t₀; b otherwise }`` tells cases apart. A condition begins with ``if``, ``for`` or ``while``.
* ``,`` and ``;`` end an equation and begin the next one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RELATIONS = frozenset("=←≤≥<>∈≈≠")
CONDITIONS = frozenset({"if", "for", "while"})
OTHERWISE = "otherwise"
_CLOSING = {"(": ")", "[": "]", "|": "|"}
_POWERS = {"²": "2", "³": "3"}
_LOW = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ∞", "0123456789+−aeoxhklmnpstijruv∞", strict=True))
_LETTER = "A-Za-zÀ-ɏα-ωΑ-ΡΤ-Ω"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?|∞)|(?P<name>[{_LETTER}]+)(?P<low>[{''.join(_LOW)}]+|_[{_LETTER}0-9]+)?"
    r"|(?P<sign>.)",
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that belongs to the equation."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A number that has been put in, with its unit."""

    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity, a function or a word, with its subscript."""

    base: str
    low: Node | None = None


@dataclass(frozen=True, slots=True)
class Big:
    """The sign of a sum over what follows."""


@dataclass(frozen=True, slots=True)
class Differential:
    """``dv`` or ``∂f``."""

    sign: str
    of: Node


@dataclass(frozen=True, slots=True)
class Fraction:
    """One above the other."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Power:
    """A base with an exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    of: Node


@dataclass(frozen=True, slots=True)
class Bracket:
    """Something in round or square brackets, or between bars."""

    open: str
    inner: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments."""

    head: Name
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors in their order."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms, each with the sign before it; the first one's is empty or a minus."""

    terms: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Sides, and what stands between each two."""

    sides: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """When something holds: a word, and what follows it unless the word says it all."""

    word: str
    of: Node | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """An equation, and the condition under which it holds."""

    body: Node
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """A value for each of several conditions."""

    rows: tuple[Clause, ...]


Node = (
    Number | Value | Name | Big | Differential | Fraction | Power | Root | Bracket | Call | Product | Sum | Relation | Cases
)  # fmt: skip


def equations(text: str) -> tuple[Clause, ...]:
    """Read equations.

    Raises:
        ValueError: If the text is not in the notation; with a clause that names the place.
    """
    return _Reader(text).clauses()


def name(symbol: str) -> Name:
    """Read a single name, for instance the symbol of a parameter.

    Raises:
        ValueError: If it is none.
    """
    (clause,) = equations(symbol)
    if not isinstance(clause.body, Name):
        raise ValueError(f"{symbol!r} is no name of the notation of equations")
    return clause.body


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    low: str
    spaced: bool
    at: int


def _tokens(text: str) -> list[_Token]:
    found, spaced = [], False
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text).replace("-", "−")):
        kind = match.lastgroup or ""
        if kind == "space":
            spaced = True
            continue
        kind = "name" if kind == "low" else kind
        found.append(_Token(kind, match[kind], match["low"] or "", spaced, match.start()))
        spaced = False
    return found


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self._text, self._tokens, self._at = text, _tokens(text), 0

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is(self, *texts: str) -> bool:
        token = self._peek()
        return token is not None and token.text in texts

    def _take(self) -> _Token:
        token = self._peek()
        if token is None:
            raise ValueError(f"the equation {self._text!r} ends too early")
        self._at += 1
        return token

    def _expect(self, text: str) -> None:
        token = self._take()
        if token.text != text:
            raise ValueError(f"expected {text!r} at character {token.at + 1} of the equation {self._text!r}")

    def clauses(self) -> tuple[Clause, ...]:
        """All equations up to the end."""
        found = [self._clause()]
        while self._is(",", ";"):
            self._take()
            found.append(self._clause())
        token = self._peek()
        if token is not None:
            raise ValueError(
                f"unexpected {token.text!r} at character {token.at + 1} of the equation {self._text!r}"
            )
        return tuple(found)

    def _clause(self) -> Clause:
        body = self._relation()
        if self._is(OTHERWISE):
            return Clause(body, Condition(self._take().text))
        if self._is(*CONDITIONS):
            return Clause(body, Condition(self._take().text, self._relation()))
        return Clause(body)

    def _relation(self) -> Node:
        sides, signs = [self._sum()], []
        while self._is(*RELATIONS):
            signs.append(self._take().text)
            sides.append(self._sum())
        return sides[0] if not signs else Relation(tuple(sides), tuple(signs))

    def _sum(self) -> Node:
        sign = self._take().text if self._is("−") else ""
        terms = [(sign, self._product())]
        while self._is("+", "−"):
            sign = self._take().text
            terms.append((sign, self._product()))
        return terms[0][1] if len(terms) == 1 and not sign else Sum(tuple(terms))

    def _product(self) -> Node:
        factors = [self._power()]
        while self._begins_factor():
            if self._is("/"):
                self._take()
                factors[-1] = Fraction(_bare(factors[-1]), _bare(self._power()))
            else:
                if self._is("·"):
                    self._take()
                factors.append(self._power())
        return factors[0] if len(factors) == 1 else Product(tuple(factors))

    def _begins_factor(self) -> bool:
        token = self._peek()
        if token is None or token.text in (*CONDITIONS, OTHERWISE):
            return False
        if token.text == "|":  # a bar that follows a space opens, another one closes
            return token.spaced
        return token.kind in ("name", "number") or token.text in "([{√Σ∂·/"

    def _power(self) -> Node:
        base = self._atom()
        token = self._peek()
        if token is not None and token.text in _POWERS:
            return Power(base, Number(_POWERS[self._take().text]))
        if self._is("^"):
            self._take()
            return Power(base, _bare(self._atom()))
        return base

    def _atom(self) -> Node:
        token = self._take()
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "name":
            return self._named(token)
        match token.text:
            case "Σ":
                return Big()
            case "√":
                return Root(_bare(self._atom()))
            case "∂":
                return Differential("∂", self._atom())
            case "{":
                return self._cases()
            case "(" | "[" | "|":
                inner = self._relation()
                self._expect(_CLOSING[token.text])
                return Bracket(token.text, inner)
        raise ValueError(
            f"unexpected {token.text!r} at character {token.at + 1} of the equation {self._text!r}"
        )

    def _named(self, token: _Token) -> Node:
        if len(token.text) == 2 and token.text[0] == "d":
            return Differential("d", Name(token.text[1], _low(token.low)))
        found = Name(token.text, _low(token.low))
        following = self._peek()
        if following is None or following.text != "(" or following.spaced:
            return found
        self._take()
        arguments = [self._relation()]
        while self._is(","):
            self._take()
            arguments.append(self._relation())
        self._expect(")")
        return Call(found, tuple(arguments))

    def _cases(self) -> Cases:
        rows = [self._clause()]
        while self._is(";"):
            self._take()
            rows.append(self._clause())
        self._expect("}")
        return Cases(tuple(rows))


def _bare(node: Node) -> Node:
    """Without round brackets that the setting makes needless."""
    return node.inner if isinstance(node, Bracket) and node.open == "(" else node


def _low(text: str) -> Node | None:
    if not text:
        return None
    if text.startswith("_"):
        return Number(text[1:]) if text[1:].isdigit() else Name(text[1:])
    spelled = "".join(f" {_LOW[c]}" if _LOW[c].isalpha() else _LOW[c] for c in text)
    (clause,) = equations(spelled)
    return clause.body


def names(of: Sequence[Clause] | Node) -> list[Name]:
    """Every name that occurs, in order and once."""
    found: dict[Name, None] = {}

    def visit(part: object) -> None:
        if isinstance(part, Name):
            found.setdefault(part)
        elif isinstance(part, tuple):
            for each in part:
                visit(each)
        elif isinstance(part, Differential | Root):
            visit(part.of)
        else:
            for slot in getattr(part, "__slots__", ()):
                visit(getattr(part, slot))

    visit(tuple(of) if not isinstance(of, Node) else of)
    return list(found)
