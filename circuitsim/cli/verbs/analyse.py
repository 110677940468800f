"""circuitsim analyse: look at a circuit in one of the laboratories."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb, finite, named
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import a

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from circuitsim.analysis import Analysis
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.result import Result

FIGURES = (".svg", ".png")


@dataclass(frozen=True, slots=True)
class Analysed:
    """A circuit and what was found.

    Attributes:
        circuit: The circuit.
        analysis: The laboratory.
        result: What was found in it.
    """

    circuit: Circuit
    analysis: Analysis
    result: Result


def _declare(parser: ArgumentParser) -> None:
    from circuitsim.analysis import analyses

    parser.formatter_class = RawDescriptionHelpFormatter
    parser.add_argument("file", metavar="FILE", help="a circuit")
    parser.add_argument("analysis", metavar="ID", help=f"the laboratory: {', '.join(analyses())}")
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        dest="options",
        help="choose an option (again for more)",
    )
    parser.add_argument("--initial", metavar="CSV", help="present states, with the columns neuron and value")
    parser.add_argument("--at", metavar="T", type=finite, default=0.0, help="the present instant (default 0)")
    parser.add_argument(
        "--input", metavar="CSV", help="what takes the place of inputs, with a column t and one for each"
    )
    parser.add_argument(
        "--out", type=named, metavar="FILE.json|FILE.svg|FILE.png", help="where the result is written"
    )
    parser.epilog = "\n\n".join(map(_described, analyses().values()))


def _described(analysis: Analysis) -> str:
    """A laboratory, how far it holds, and its options."""
    from circuitsim.cli.results import limits
    from circuitsim.spec.size import Size

    lines = [f"{analysis.id}: {analysis.doc}", *(f"  {line}" for line in limits(analysis)), "  Options:"]
    for option in analysis.options:
        what = (
            option.range
            if isinstance(option, Size)
            else f"the name of {a(option.among)}, or nothing for {option.every}"
        )
        lines.append(f"    {option.name}: {option.doc} Give {what}.")
    return "\n".join(map(_wrapped, lines))


def _wrapped(line: str) -> str:
    """A line as wide as the screen; what does not fit goes on below, further in."""
    from shutil import get_terminal_size
    from textwrap import fill

    inside = " " * (len(line) - len(line.lstrip()) + 4)
    return fill(line, get_terminal_size().columns - 2, subsequent_indent=inside, break_long_words=False)


def _run(values: Namespace) -> int:
    from circuitsim.cli.results import told
    from circuitsim.engine.samples import circuit_hash
    from circuitsim.io.results import result_json
    from circuitsim.spec.atomic import write_bytes

    out = target(values)
    found = analysed(values)
    if out is not None:
        options = found.analysis.values(found.circuit, _options(values))
        write_bytes(
            out, result_json(found.result, _about(found.analysis), options, circuit_hash(found.circuit))
        )
    print(told(found.analysis, found.result))
    return 0


def _about(analysis: Analysis) -> dict[str, str]:
    """What a file with a result says of the laboratory."""
    return {
        "analysis": analysis.id,
        "shows": analysis.doc,
        "holds": analysis.holds,
        "avoid": analysis.avoid,
        "reference": analysis.reference,
    }


def target(values: Namespace) -> Path | None:
    """Where the result is to be written.

    Raises:
        InputError: If it cannot be written there.
    """
    from circuitsim.spec import atomic

    if values.out is None:
        return None
    out = Path(values.out)
    if out.suffix.lower() not in (".json", *FIGURES):
        problem = f"its name ends in {out.suffix}" if out.suffix else "its name has no ending"
        raise InputError(
            Issue(str(out), problem, "a result is written to a file ending in .json, .svg or .png")
        )
    atomic.check(out)
    return out


def analysed(values: Namespace) -> Analysed:
    """Do what the command line says.

    Raises:
        InputError: If an argument does not fit.
        RunError: If a run diverges.
    """
    from circuitsim.analysis import analysis
    from circuitsim.api import analyse, load
    from circuitsim.cli.progress import Progress

    chosen = analysis(values.analysis)
    circuit = load(values.file)
    given = _options(values)
    with Progress() as progress:
        result = analyse(
            circuit,
            chosen.id,
            states=values.initial,
            t=values.at,
            inputs=values.input,
            progress=progress,
            **given,
        )
    return Analysed(circuit, chosen, result)


def _options(values: Namespace) -> dict[str, object]:
    result: dict[str, object] = {}
    for text in values.options:
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError(Issue("--set", f"{text!r} has no =", "write it like name=value"))
        result[name.strip()] = value.strip()
    return result


VERB = Verb("analyse", "look at a circuit in one of the laboratories", _declare, _run)
