"""The page of the laboratories, made from their declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.cli.results import limits
from circuitsim.spec.size import Size
from circuitsim.spec.words import a

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.analysis import Analysis
    from circuitsim.analysis._declare import Option

HEAD = """# Laboratories

Each looks at a circuit as it is drawn: behind a tab of the scope (Analyse, or Alt and its number), as
`circuitsim analyse FILE ID [--set name=value]... [--out result.json|fig.svg|fig.png]`, and in Python as
`cs.analyse(circuit, "ID", name=value)`. All of them run without an option; each part that takes a moment follows the run.
The theory behind them, with their pictures: [from standard to liquid networks](theory.md). Made by `circuitsim docs`.
"""


def laboratories_page(found: Mapping[str, Analysis]) -> str:
    """The page in Markdown."""
    return "\n".join([HEAD, *map(_section, found.values())])


def _section(analysis: Analysis) -> str:
    lines = [
        f"## {analysis.title} (`{analysis.id}`)",
        "",
        analysis.doc,
        "",
        *(f"* {line}" for line in limits(analysis)),
        f"* Follows the run by itself: {_followed(analysis)}.",
        "",
        "| option | meaning | values | default |",
        "|---|---|---|---|",
        *map(_row, analysis.options),
        "",
    ]
    return "\n".join(lines)


def _followed(analysis: Analysis) -> str:
    usual = {option.name: option.default for option in analysis.options if isinstance(option, Size)}
    follows = [part.follows(usual) for part in analysis.parts]
    if all(follows):
        return "yes, where an answer takes a moment; else it is computed when it is opened or asked again"
    if any(follows):
        return "what is drawn beside the run does; the rest is computed when it is opened or asked again"
    return "no, it is computed when it is opened or asked again"


def _row(option: Option) -> str:
    if isinstance(option, Size):
        default = option.choices[int(option.default)] if option.choices else f"{option.default:g}"
        return f"| `{option.name}` | {option.doc} | {option.range} | {default} |"
    return f"| `{option.name}` | {option.doc} | the name of {a(option.among)} | {option.every} |"
