"""circuitsim unfolds: what a network trained with ncps would do if it were integrated exactly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb, counted, named, positive

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from circuitsim.engine.unfolds import Unfolds


def _declare(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", help="a circuit")
    add(
        "--input",
        metavar="CSV",
        help="column t, then one column per input; a row holds until the next row's time",
    )
    add("--initial", metavar="CSV", help="columns neuron and value: states at time 0")
    add(
        "--duration",
        type=positive,
        metavar="T",
        help="length of the run (default: as the solver ncps takes it)",
    )
    add(
        "--counts",
        type=counted,
        nargs="+",
        metavar="L",
        help="numbers of substeps (default: 1 2 3 6 12 24 48 96)",
    )
    add("--out", type=named, metavar="FILE.csv|FILE.npz", help="where the exact traces are written")


def _run(values: Namespace) -> int:
    from circuitsim.api import load, unfolds
    from circuitsim.cli.progress import Progress
    from circuitsim.io.columns import VARIABLES
    from circuitsim.io.dispatch import trace_writer
    from circuitsim.spec import atomic

    out = None if values.out is None else Path(values.out)
    if out is not None:
        atomic.check(*trace_writer(out).targets(out))
    options = {} if values.counts is None else {"counts": values.counts}
    with Progress() as progress:
        found = unfolds(
            load(values.file), duration=values.duration, inputs=values.input, initial=values.initial,
            progress=progress, **options,
        )  # fmt: skip
    if out is not None:
        trace_writer(out).write(found.exact, out, tuple(VARIABLES))
    print(table(found))
    return 0


def table(found: Unfolds) -> str:
    """The greatest differences from the exact solution, one line for each number of substeps."""
    lines = ["unfolds  states              outputs"]
    rows = zip(found.counts.tolist(), found.state_error, found.worst, found.output_error, strict=True)
    for count, state, worst, output in rows:
        mark = "*" if count == found.own else " "
        read = "-" if output != output else f"{output:.3g}"
        lines.append(f"{count:>6}{mark}  {state:<9.3g} {worst:<9} {read}")
    lines.append(
        f"* unfolds of this circuit; differences from its differential equation, solved by {ODE_TITLE}"
    )
    return "\n".join(lines)


ODE_TITLE = "Dormand-Prince 5(4)"

VERB = Verb(
    "unfolds",
    "compare the solver ncps with the differential equation, by its number of unfolds",
    _declare,
    _run,
)
