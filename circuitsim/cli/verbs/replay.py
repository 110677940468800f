"""circuitsim replay: run the log of a live run again, bit by bit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.cli.part import declare_part, part_of
from circuitsim.cli.verb import Verb, named, positive

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _declare(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("log", metavar="LOG.run.json", help="a run saved from the window")
    add("--record", metavar="v,tau", help="variables to write, of v, tau, vinf, input, output (default: all)")
    add(
        "--every",
        type=positive,
        metavar="T",
        help="time between rows, a multiple of the step (default: every step)",
    )
    declare_part(parser)
    add("--out", required=True, type=named, metavar="FILE.csv|FILE.npz", help="where the traces are written")


def _run(values: Namespace) -> int:
    from circuitsim.api import replay
    from circuitsim.cli.progress import Progress
    from circuitsim.io.columns import VARIABLES, parse_variables
    from circuitsim.io.dispatch import trace_writer
    from circuitsim.spec import atomic

    out = Path(values.out)
    form = trace_writer(out)
    variables = tuple(VARIABLES) if values.record is None else parse_variables(values.record)
    atomic.check(*form.targets(out))
    with Progress() as progress:
        trace = replay(values.log, every=values.every, progress=progress)
    form.write(part_of(trace, values).samples, out, variables)
    return 0


VERB = Verb("replay", "run the log of a live run again, bit by bit, and write its traces", _declare, _run)
