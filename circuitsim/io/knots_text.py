"""Knots as a text of two columns, as spreadsheets and CSV files hold them."""

from __future__ import annotations

import re

from circuitsim.spec.curve import Knots
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import plain_number

WHERE = "the clipboard"
_BETWEEN = re.compile(r"\s*[,;\t]\s*|\s+")


def as_text(knots: Knots) -> str:
    """One knot a line, x before y, with a tab between them."""
    return "".join(f"{x!r}\t{y!r}\n" for x, y in zip(knots.x, knots.y, strict=True))


def from_text(text: str) -> Knots:
    """The knots in a text of one knot a line: x and y, with a comma, semicolon, tab or space between them.

    A first line without numbers is a header; lines may stand in any order.

    Raises:
        InputError: If a line is not two numbers.
    """
    found: list[tuple[float, float]] = []
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            x, y = (plain_number(part) for part in _BETWEEN.split(line))
        except ValueError:
            if not found and not re.search(r"\d", line):
                continue
            problem = f"{line[:40]!r} is not two numbers"
            raise InputError(Issue(f"{WHERE}, line {number}", problem, "give x and y of a knot")) from None
        found.append((x, y))
    found.sort()
    return Knots(tuple(x for x, _ in found), tuple(y for _, y in found))
